"""Counting a year of ledger lines: caps are applied here, never when a line is written.

Lines count in the order in which they were booked. What a cap cuts off stays visible as the difference
between a line's amount and what it counts. All amounts are tenths of a point, exact integers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from linli.points.policy.kinds import CapPeriod


class Line(NamedTuple):
    """A ledger line: its identity, cap group (code of an indicator), amount, month (1–12), what it reverses."""

    entry: int
    group: str
    tenths: int
    month: int
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What counting needs of an indicator sheet; caps by group, as positive tenths per period."""

    base: int
    floor: int
    bonus_cap: int
    caps: Mapping[str, Mapping[CapPeriod, int]]


@dataclass(frozen=True, slots=True)
class Counted:
    """What each line counts (by entry), and the total of the year with base and floor."""

    lines: Mapping[int, int]
    total: int


type _Place = tuple[str, int, bool]
"""What is capped together: a group, a span of the year, awards or deductions."""


def count_year(lines: Sequence[Line], sheet: Sheet) -> Counted:
    """Count the lines of one member in one calendar year.

    A line counts at most the room left under each cap of its group and, for an award, under the cap of all
    awards together. A reversing line takes away exactly what the reversed line counted, and frees its room; one
    whose line stands in another year counts nothing, because that year is over.
    """
    used: dict[_Place, int] = {}
    counted: dict[int, int] = {}
    origin: dict[int, Line] = {}
    bonus = 0
    for line in sorted(lines, key=attrgetter("month", "entry")):
        source = line if line.reverses is None else origin.get(line.reverses)
        award, caps = (source.tenths > 0, _caps(source, sheet)) if source else (False, [])
        if source is line:
            size = _room(used, abs(line.tenths), caps)
            amount = min(size, sheet.bonus_cap - bonus) if award else -size
        else:
            amount = -counted[source.entry] if source else 0
        for place, _cap in caps:
            used[place] = used.get(place, 0) + (amount if award else -amount)
        bonus += amount if award else 0
        counted[line.entry] = amount
        origin[line.entry] = line
    return Counted(counted, max(sheet.floor, sheet.base + sum(counted.values())))


def _caps(line: Line, sheet: Sheet) -> list[tuple[_Place, int]]:
    """Return the places in which the line takes room, and how much each has."""
    caps = sheet.caps.get(line.group)
    if not caps:
        return []
    return [((line.group, _span(line.month, period), line.tenths > 0), cap) for period, cap in caps.items()]


def _span(month: int, period: CapPeriod) -> int:
    """Return the span of the year that holds the month: 0 the year, 1–12 a month, 13–16 a quarter."""
    if period is CapPeriod.MONTH:
        return month
    return 12 + (month + 2) // 3 if period is CapPeriod.QUARTER else 0


def _room(used: Mapping[_Place, int], size: int, caps: Sequence[tuple[_Place, int]]) -> int:
    """Return how much of `size` has room under every cap."""
    for place, cap in caps:
        size = min(size, max(cap - used.get(place, 0), 0))
    return size
