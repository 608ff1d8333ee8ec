"""Who is due at what on a day: the table of `policy.due`, asked of the database. The only place that decides it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Count, Prefetch, Q, QuerySet

from linli.lib.spans import months_after
from linli.members.models import Member, Membership, MemberStanding
from linli.members.policy.due import EXCLUDES, VOTING, Occasion, Verdict, judge
from linli.members.policy.kinds import Stage, Standing
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.rules import queries as rules
from linli.store.statements import prepared
from linli.store.validity import holds_on


def due_members(body: Body, day: date, occasion: Occasion = Occasion.LIFE) -> QuerySet[Member]:
    """Return who of `body` and the bodies below it, as they stood on `day`, is due at `occasion`, by name."""
    return _due(body.pk, day, _away_since(body, day), occasion=occasion)


def due_list(body: Body, day: date, occasion: Occasion = Occasion.LIFE) -> list[Member]:
    """Return what `due_members` returns as a list: for rolls, which ask all day, by a statement compiled once."""
    return _LISTS[occasion](body.pk, day, _away_since(body, day))


def _due(body: int, day: date, since: date, *, occasion: Occasion) -> QuerySet[Member]:
    belonging = Member.objects.filter(pk__in=_units(body, day).values("member"))
    return _kept(belonging, _bearing(day, since), day, occasion).order_by("name_key", "number")


_LISTS = {occasion: prepared(partial(_due, occasion=occasion)) for occasion in Occasion}


def counted(day: date) -> QuerySet[Membership]:
    """Return the memberships of `day`, of all units, that count for the size of their unit."""
    kept = _kept(Member.objects.all(), MemberStanding.objects.on(day), day, Occasion.COUNT)
    return Membership.objects.on(day).filter(member__in=kept)


def sizes(day: date) -> tuple[Counter[int], Counter[int]]:
    """Return by the key of a unit how many members count for it on `day`, and how many of them are full members."""
    everybody = counted(day).order_by()
    full = everybody.filter(member__in=Member.objects.filter(_stage_on(day, Occasion.VOTE)))
    members, voters = (dict(rows.values_list("body").annotate(Count("pk"))) for rows in (everybody, full))
    return Counter(members), Counter(voters)


def _kept(
    members: QuerySet[Member], standings: QuerySet[MemberStanding], day: date, occasion: Occasion
) -> QuerySet[Member]:
    """Return those of `members` whom neither the stage of `day` nor one of `standings` keeps out of `occasion`."""
    excluded = standings.filter(kind__in=[kind.value for kind in EXCLUDES[occasion]])
    return members.filter(_stage_on(day, occasion)).exclude(pk__in=excluded.values("member"))


@dataclass(frozen=True, slots=True)
class DueLine:
    """A member of a unit on a day, and whether due, and why."""

    member: Member
    unit: Body
    verdict: Verdict


def explained(body: Body, day: date, occasion: Occasion) -> list[DueLine]:
    """Return every member of `body` and below on `day` with the verdict, by name: the due list with its reasons."""
    standings: dict[int, set[Standing]] = defaultdict(set)
    for member, kind in _bearing(day, _away_since(body, day)).values_list("member_id", "kind"):
        standings[member].add(Standing(kind))
    unit = Prefetch("memberships", Membership.objects.on(day).select_related("body"), to_attr="unit_then")
    people = Member.objects.filter(pk__in=_units(body, day).values("member")).prefetch_related(unit)
    return [
        DueLine(one, one.unit_then[0].body, judge(stage_on(one, day), standings[one.pk], occasion))
        for one in people.order_by("name_key", "number")
    ]


def stage_on(member: Member, day: date) -> Stage | None:
    """Return the stage of `member` on `day` by the dates of joining and of becoming full; None before joining."""
    if member.joined_on is not None and member.joined_on > day:
        return None
    if member.full_on is not None:
        return Stage.FULL if member.full_on <= day else Stage.PROBATIONARY
    return Stage(member.stage)


def _stage_on(day: date, occasion: Occasion) -> Q:
    """Return `stage_on` as a condition: a member by then, and at a vote one with voting right."""
    joined = Q(joined_on=None) | Q(joined_on__lte=day)
    if occasion is not Occasion.VOTE:
        return joined
    return joined & (Q(full_on__lte=day) | Q(full_on=None, stage__in=[stage.value for stage in VOTING]))


def stage_is(stage: Stage, day: date) -> Q:
    """Return `stage_on` as a condition on those who had joined by `day`."""
    if stage is Stage.FULL:
        return Q(full_on__lte=day) | Q(full_on=None, stage=stage.value)
    return Q(full_on__gt=day) | Q(full_on=None, stage=stage.value)


def _units(body: Body | int, day: date) -> QuerySet[Membership]:
    return Membership.objects.on(day).filter(organisations.below_on(body, day, "body"))


def _away_since(body: Body, day: date) -> date:
    """Return the day since which who is mobile counts as away on `day`: the months of the rule before it."""
    return months_after(day, -rules.value("member.mobile_months", organisations.rule_places(body, day), day))


def _bearing(day: date, since: date) -> QuerySet[MemberStanding]:
    """Return the standings that bear on being due on `day`: a mobile member's only where away since `since`."""
    away = Q(kind=Standing.MOBILE, valid_from__gt=since)
    return MemberStanding.objects.filter(holds_on(day)).exclude(away)
