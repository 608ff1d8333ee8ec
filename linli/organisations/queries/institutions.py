"""Reads of institutions, duties and budgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.paths import prefixes
from linli.organisations.models import Body, BudgetLine, Duty, Institution, InstitutionVersion
from linli.organisations.policy.institutions import DutyState, Group
from linli.organisations.queries.tree import below
from linli.store.validity import holds_on

SEE, EDIT = Permission.ORGANISATION_VIEW, Permission.INSTITUTION_EDIT


def _held(day: date) -> Prefetch[str]:
    return Prefetch("versions", InstitutionVersion.objects.on(day), to_attr="held")


def institutions(actor: Actor, day: date) -> QuerySet[Institution]:
    """Return the institutions of bodies in reach, by body; `held` has the version that holds on `day`, if any."""
    reached = below(actor.reach(SEE), "body__path")
    found = Institution.objects.filter(reached).select_related("body").prefetch_related(_held(day))
    return found.order_by("body__path", "title")


def binding(actor: Actor, day: date) -> list[Institution]:
    """Return the public institutions that hold on `day` of the bodies above those in reach, from the root down."""
    reach = actor.reach(SEE)
    above = {path for own in reach for path in prefixes(own)}
    found = Institution.objects.filter(holds_on(day, "versions__"), public=True, body__path__in=above)
    return list(found.exclude(below(reach, "body__path")).select_related("body").order_by("body__path", "title"))


def institution(actor: Actor, permission: Permission, pk: int) -> Institution:
    """Return the institution `pk` of a body within reach of `permission`, with its versions; 404 otherwise."""
    reached = below(actor.reach(permission), "body__path")
    found = Institution.objects.filter(reached, pk=pk).select_related("body").prefetch_related("versions").first()
    if found is None:
        raise Http404
    return found


def duties(actor: Actor, permission: Permission) -> QuerySet[Duty]:
    """Return the duties of bodies within reach of `permission`, the open ones first, then by day."""
    reached = below(actor.reach(permission), "body__path")
    return Duty.objects.filter(reached).select_related("body", "institution")


def open_duties(actor: Actor, permission: Permission = EDIT) -> QuerySet[Duty]:
    """Return the duties that have not ended, by day."""
    return duties(actor, permission).filter(state=DutyState.OPEN)


def duty(actor: Actor, permission: Permission, pk: int) -> Duty:
    """Return the duty `pk` within reach; 404 otherwise."""
    found = duties(actor, permission).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def budget(actor: Actor, permission: Permission, year: int) -> QuerySet[BudgetLine]:
    """Return the budget lines of `year` of bodies within reach, by body."""
    reached = below(actor.reach(permission), "body__path")
    return BudgetLine.objects.filter(reached, year=year).select_related("body").order_by("body__path", "title")


def editable(actor: Actor, day: date) -> QuerySet[Body]:
    """Return the living bodies whose institutions `actor` keeps."""
    return Body.objects.filter(holds_on(day), below(actor.reach(EDIT))).order_by("path")


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody reads of a body: institutions by group that hold, published budget lines."""

    body: Body
    groups: tuple[tuple[Group, tuple[Institution, ...]], ...]
    lines: tuple[BudgetLine, ...]


def published(day: date) -> list[Published]:
    """Return the public institutions that hold on `day` and the published budget lines, by body; four queries."""
    texts = Institution.objects.filter(holds_on(day, "versions__"), public=True)
    texts = texts.select_related("body").prefetch_related(_held(day)).order_by("title")
    lines = BudgetLine.objects.exclude(published_on=None).select_related("body")
    found = list(texts), list(lines)
    bodies = {row.body_id: row.body for rows in found for row in rows}
    return [
        Published(body, _groups([row for row in found[0] if row.body_id == key]), _of(found[1], key))
        for key, body in sorted(bodies.items(), key=lambda pair: pair[1].path)
    ]


def _groups(rows: Sequence[Institution]) -> tuple[tuple[Group, tuple[Institution, ...]], ...]:
    return tuple((group, mine) for group in Group if (mine := tuple(row for row in rows if row.group == group)))


def _of(lines: Sequence[BudgetLine], body: int) -> tuple[BudgetLine, ...]:
    return tuple(line for line in lines if line.body_id == body)


def published_institution(pk: int, day: date) -> tuple[Institution, InstitutionVersion]:
    """Return a public institution and the version that holds on `day`; 404 where there is none."""
    found = Institution.objects.filter(pk=pk, public=True).select_related("body").first()
    version = InstitutionVersion.objects.on(day).filter(institution=found).first() if found else None
    if found is None or version is None:
        raise Http404
    return found, version
