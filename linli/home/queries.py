"""Reads for pages that show things of several apps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
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
