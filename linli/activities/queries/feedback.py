"""Feedback to the home units of members who checked in (双报到): what confirmed rolls and deeds of a quarter say.

No figure is typed: days and titles come from the rolls, points from the ledger. Members who did not agree that their
home unit hears of them (PIPL art. 23) are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from linli.activities.models import Attendance
from linli.activities.policy.states import Presence, State
from linli.lib.clock import CHINA, local_date
from linli.lib.quarter import Quarter
from linli.members.models import CheckIn
from linli.members.queries import checkins, duplicates
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.points import queries as points
from linli.rules import queries as rules

INDICATOR = "SHUANG"
ROLL = "activity:"
"""Begins the sources of what a roll earned: it stands on the roll already."""
LEAST = "member.check_in_least"


@dataclass(frozen=True, slots=True)
class Done:
    """One thing a member did: the day, what it was, of which kind, and the tenths of a point that it earned."""

    day: date
    title: str
    kind: str
    tenths: int | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """What a home unit hears of one check-in."""

    check_in: CheckIn
    agreed: bool
    rows: tuple[Done, ...]
    """Of the quarter, in the order of time."""
    half: int
    """How often in the half-year up to the end of the quarter."""
    least: int

    @property
    def tenths(self) -> int:
        """The tenths of a point of the quarter."""
        return sum(row.tenths or 0 for row in self.rows)


def slips(body: Body, quarter: Quarter) -> list[Slip]:
    """Return the slip of every check-in at `body` in `quarter`, by name; a fixed number of queries.

    Counted is what happened at the community and below while the check-in held.
    """
    held = list(checkins.held_between(body, quarter.first, quarter.after))
    person = duplicates.persons_of([each.member_id for each in held])
    done: dict[int, list[Done]] = defaultdict(list)
    for member, rows in _done(body, [*person], quarter.half, quarter.after).items():
        done[person[member]] += rows
    least = rules.value(LEAST, organisations.rule_places(body, quarter.first), quarter.first)
    return [_slip(each, done[each.member_id], quarter, least) for each in held]


def _slip(found: CheckIn, done: Iterable[Done], quarter: Quarter, least: int) -> Slip:
    agreed: bool = found.agreed  # type: ignore[attr-defined]  # from `held_between`
    until = found.valid_to or date.max
    own = sorted((row for row in done if found.valid_from <= row.day < until), key=lambda row: (row.day, row.title))
    rows = tuple(row for row in own if row.day >= quarter.first)
    return Slip(found, agreed, rows, len(own), least)


def _done(body: Body, members: Sequence[int], first: date, after: date) -> dict[int, list[Done]]:
    """Return by the key of each member what confirmed rolls and deeds say, from `first` until before `after`."""
    done: dict[int, list[Done]] = defaultdict(list)
    deeds = points.deeds_of(members, INDICATOR, first, after)
    earned = {(deed.member, deed.source): deed.tenths for deed in deeds}
    for line in _lines(body, members, first, after):
        found = line.activity
        tenths = earned.get((line.member_id, found.ref))
        done[line.member_id].append(Done(local_date(found.starts_at), found.title, found.kind.name, tenths))
    for deed in deeds:
        if not deed.source.startswith(ROLL):
            done[deed.member].append(Done(deed.on, deed.note or deed.name, deed.name, deed.tenths))
    return done


def _lines(body: Body, members: Sequence[int], first: date, after: date) -> Iterable[Attendance]:
    start, end = (datetime.combine(day, time(), CHINA) for day in (first, after))
    found = Attendance.objects.filter(
        member__in=members,
        presence=Presence.PRESENT,
        activity__state=State.CONFIRMED,
        activity__starts_at__gte=start,
        activity__starts_at__lt=end,
        activity__body__path__startswith=body.path,
    )
    return found.select_related("activity__kind")
