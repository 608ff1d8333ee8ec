"""Reads of what is due of members: away, out of touch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.rulebook import Finding, broken
from linli.members.models import Applicant, Member, MemberStanding
from linli.members.policy import mobile
from linli.members.policy.kinds import Standing
from linli.members.queries import people
from linli.organisations import queries as organisations
from linli.rules import queries as rules

AWAY = (Standing.MOBILE, Standing.LOST)


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to be done about a member, an applicant, or (neither) about several at one place."""

    finding: Finding
    member: Member | None = None
    applicant: Applicant | None = None


def numbers(codes: tuple[str, ...], actor: Actor, permission: Permission, day: date) -> dict[str, int]:
    """Return the rule values `codes` that hold where `permission` reaches."""
    return rules.values(codes, organisations.rule_places_of(actor, permission, day), day)


def standing(actor: Actor, permission: Permission, number: str, pk: int, day: date) -> MemberStanding:
    """Return one standing of a member in reach; 404 where there is none."""
    reached = people.members(actor, permission, day).filter(number=number)
    found = MemberStanding.objects.filter(member__in=reached, pk=pk).select_related("member").first()
    if found is None:
        raise Http404
    return found


def matters(actor: Actor, permission: Permission, day: date) -> list[Matter]:
    """Return what L1, L3, L4 and L5 say of the members in reach on `day`, person by person, then place by place."""
    given = numbers(mobile.NUMBERS, actor, permission, day)
    reached = people.members(actor, permission, day)
    away = MemberStanding.objects.on(day).filter(kind__in=AWAY, member__in=reached).select_related("member")
    heard = away.annotate(heard_on=Max("member__contacts__on", filter=Q(member__contacts__on__lte=day)))
    found, places = [], Counter[str]()
    for each in heard.order_by("member__name_key", "member__number", "kind"):
        facts = mobile.Away(
            kind=Standing(each.kind),
            since=each.valid_from,
            certified=bool(each.document),
            heard_on=each.heard_on,
            day=day,
            numbers=given,
        )
        found += [Matter(finding, each.member) for finding in broken(mobile.AWAY, facts)]
        if each.kind == Standing.MOBILE and each.where:
            places[each.where] += 1
    gathered = [mobile.Gathered(where, count, given) for where, count in sorted(places.items())]
    return found + [Matter(finding) for facts in gathered for finding in broken((mobile.L4,), facts)]
