"""Reads for pages that show things of several apps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.home.policy.personal import HOLDINGS, Holding
from linli.home.policy.sorts import SORTS, Sort
from linli.lib.paths import covers
from linli.members.models import Consent, Member, Membership
from linli.members.policy.kinds import Purpose
from linli.organisations import queries as organisations
from linli.places import queries as places
from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Switch:
    """One purpose and whether the member agrees to it."""

    purpose: Purpose
    given: bool


def member_of(actor: Actor) -> Member:
    """Return the member that `actor` is; 404 where it is none."""
    found = Member.objects.select_related("member_class").filter(pk=actor.member_id or 0).first()
    if found is None:
        raise Http404
    return found


def unit_of(member: Member, today: date) -> Membership | None:
    """Return the unit to which `member` belongs today."""
    return Membership.objects.on(today).filter(member=member).select_related("body").first()


def switches(member: Member) -> list[Switch]:
    """Return every purpose of consent, each on its own."""
    given = set(Consent.objects.filter(member=member, withdrawn_at=None).values_list("purpose", flat=True))
    return [Switch(purpose, purpose.value in given) for purpose in Purpose]


def settled_places(actor: Actor, today: date) -> list[Place]:
    """Return the topmost places at which `actor` sets rules."""
    paths = organisations.place_paths(actor, Permission.RULE_EDIT, today)
    return list(Place.objects.filter(path__in=paths).order_by("path"))


def settled_place(actor: Actor, code: str, today: date) -> Place:
    """Return the place with `code` where `actor` sets rules; 404 elsewhere."""
    found = places.by_code(code)
    reach = organisations.place_paths(actor, Permission.RULE_EDIT, today)
    if found is None or not any(covers(path, found.path) for path in reach):
        raise Http404
    return found


# What is kept about one member, found by the register of personal data.


def kept(member: Member) -> list[tuple[Sort, int]]:
    """Return each sort of which something is kept about `member`, with the number of records."""
    found: Counter[str] = Counter()
    for label, holding in _of_members().items():
        count = _rows(label, holding, member).count()
        for sort in set(holding.fields.values()) - {""}:
            found[sort] += count
    return [(sort, found[code]) for code, sort in SORTS.items() if found[code]]


def everything(member: Member) -> dict[str, list[dict[str, Any]]]:
    """Return every record kept about `member`: model → rows of the fields that say something about a person."""
    given = {}
    for label, holding in _of_members().items():
        names = [name for name, sort in holding.fields.items() if sort]
        given[label] = list(_rows(label, holding, member).values(*names))
    return {label: rows for label, rows in given.items() if rows}


def _of_members() -> dict[str, Holding]:
    return {label: holding for label, holding in HOLDINGS.items() if holding.member}


def _rows(label: str, holding: Holding, member: Member) -> QuerySet[Model]:
    lookup = "pk" if holding.member == "self" else holding.member
    return QuerySet(apps.get_model(label)).filter(**{lookup: member.pk}).order_by("pk")
