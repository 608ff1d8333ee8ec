"""Reads of persons who are in the register twice: who may be, and what making one of two records would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import combinations
from typing import Any

from django.db.models import Count, Q, QuerySet

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.members.models import CheckIn, Classification, Member, Membership, MemberStanding, Post
from linli.members.policy.merging import FACTS, Fact, Span, facts, left_free, one_person
from linli.members.queries.classified import Stand, stands
from linli.members.queries.people import found, listed, members, posts_lost

type Row = Membership | Classification | Post | MemberStanding | CheckIn
DATED: tuple[tuple[type[Row], tuple[str, ...]], ...] = (
    (Membership, ()),
    (Classification, ()),
    (Post, ("body_id", "title")),
    (MemberStanding, ("kind",)),
    (CheckIn, ("body_id",)),
)
"""What holds of a member between dates, and the fields by which two rows say the same."""


@dataclass(frozen=True, slots=True)
class Passing:
    """A row of the other record and the days for which it passes over; without any it goes."""

    row: Any
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Joining:
    """What making one of two records does on a day."""

    kept: Stand
    other: Stand
    facts: tuple[Fact, ...]
    rows: tuple[Passing, ...]

    @property
    def same_person(self) -> bool:
        """Whether the two may be one person."""
        return one_person(_known(self.kept.member), _known(self.other.member))

    @property
    def units(self) -> list[Passing]:
        """The other's units."""
        return self._of(Membership)

    @property
    def posts(self) -> list[Passing]:
        """The other's posts."""
        return self._of(Post)

    @property
    def standings(self) -> list[Passing]:
        """The other's standings."""
        return self._of(MemberStanding)

    @property
    def check_ins(self) -> list[Passing]:
        """The other's check-ins."""
        return self._of(CheckIn)

    def _of(self, table: type[Row]) -> list[Passing]:
        return [each for each in self.rows if isinstance(each.row, table)]

    @property
    def mark(self) -> str:
        """A text that differs as soon as the plan does: what is done must be what was shown."""
        rows = [(type(each.row).__name__, each.row.pk, each.spans) for each in self.rows]
        people = [(each.member.pk, each.member.user_id) for each in (self.kept, self.other)]
        return sha256(repr((people, self.facts, rows)).encode()).hexdigest()[:16]


def joining(kept: Member, other: Member, day: date) -> Joining:
    """Return what making `other` one with `kept` on `day` does; some ten queries."""
    both = {stand.member.pk: stand for stand in stands(Member.objects.filter(pk__in=[kept.pk, other.pk]), day)}
    stays, goes = both[kept.pk], both[other.pk]
    rows = tuple(_passing(stays, goes, day))
    return Joining(stays, goes, tuple(facts(_known(stays.member), _known(goes.member))), rows)


def _known(member: Member) -> dict[str, object]:
    return {field: getattr(member, field) for field in FACTS}


def _passing(kept: Stand, other: Stand, day: date) -> Iterator[Passing]:
    moves = kept.units and other.units and kept.units != other.units
    lost = set(posts_lost(other.member, other.units, kept.units[0], day)) if moves else set()
    for table, fields in DATED:
        own: dict[tuple[object, ...], list[Span]] = defaultdict(list)
        for row in table.objects.filter(member=kept.member):
            own[tuple(getattr(row, field) for field in fields)].append((row.valid_from, row.valid_to))
        for row in table.objects.filter(member=other.member).order_by("valid_from", "pk"):
            spans = left_free(
                _span(row, day if row in lost else None), own[tuple(getattr(row, field) for field in fields)]
            )
            # A slip counts once: of a check-in no second piece is made.
            yield Passing(row, tuple(spans[:1] if table is CheckIn else spans))


def _span(row: Row, ends: date | None) -> Span:
    """Return the days of a row; a post that would be lost by a move to the lasting unit `ends` on the day."""
    return row.valid_from, row.valid_to if ends is None else max(ends, row.valid_from)


def person(actor: Actor, permission: Permission, number: str, day: date) -> Member | None:
    """Return the member with `number` whose unit on `day`, or last one, is in reach; None where there is none."""
    meant = stands(Member.objects.filter(number=number.strip(), same_as=None), day)
    return next((stand.member for stand in meant if stand.last and stand.within(actor.reach(permission))), None)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person; `sure`: the birthday is the same as well as the name."""

    one: Any
    two: Any
    sure: bool


def pairs(actor: Actor, permission: Permission, day: date) -> list[Pair]:
    """Return those in reach on `day` who share the name, and not two different birthdays; the sure ones first."""
    reached = found(actor, permission, None, day)
    twice = reached.order_by().values("name").annotate(times=Count("pk")).filter(times__gt=1).values("name")
    same: dict[str, list[Member]] = defaultdict(list)
    for each in listed(reached.filter(name__in=twice), day):
        same[each.name].append(each)
    made = [
        Pair(one, two, sure=one.born_on is not None and one.born_on == two.born_on)
        for people in same.values()
        for one, two in combinations(people, 2)
        if one.born_on is None or two.born_on is None or one.born_on == two.born_on
    ]
    return sorted(made, key=lambda pair: not pair.sure)


def persons_of(members: Sequence[int]) -> dict[int, int]:
    """Return the lasting record by each record of the persons `members`, themselves included; one query."""
    seconds = Member.objects.filter(same_as__in=members).values_list("pk", "same_as")
    return {pk: pk for pk in members} | {pk: lasting for pk, lasting in seconds if lasting}


def lasting(actor: Actor, permission: Permission, number: str, day: date) -> Member | None:
    """Return the person in reach whose second number this is; None where there is none."""
    return members(actor, permission, day).filter(others__number=number).first()


def persons(pk: int) -> QuerySet[Member]:
    """Return the records of one person: the lasting one, and those that were made one with it."""
    return Member.objects.filter(Q(pk=pk) | Q(same_as=pk)).order_by("pk")
