"""Counting a year of ledger lines: caps are applied here, never when a line is written.

Lines count in the order in which they were booked. What a cap cuts off stays visible as the difference
between a line's amount and what it counts. All amounts are tenths of a point, exact integers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linli.lib.month import Month
from linli.points.policy.kinds import CapPeriod


@dataclass(frozen=True, slots=True)
class Line:
    """A ledger line: its identity, cap group (code of an indicator), amount, month, what it reverses."""

    entry: int
    group: str
    tenths: int
    month: Month
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


def _period(month: Month, period: CapPeriod) -> int:
    return {CapPeriod.MONTH: month.month, CapPeriod.QUARTER: month.quarter, CapPeriod.YEAR: 0}[period]


def count_year(lines: Sequence[Line], sheet: Sheet) -> Counted:
    """Count the lines of one member in one calendar year.

    A line counts at most the room left under each cap of its group and, for an award, under the cap of all
    awards together. A reversing line takes away exactly what the reversed line counted, and frees its room; one
    whose line stands in another year counts nothing, because that year is over.
    """
    used: dict[tuple[str, CapPeriod, int, bool], int] = {}
    counted: dict[int, int] = {}
    origin: dict[int, Line] = {}
    bonus = 0
    for line in sorted(lines, key=lambda item: (item.month, item.entry)):
        source = origin.get(line.reverses) if line.reverses is not None else None
        if line.reverses is not None and source is None:
            amount = 0
        elif source is not None:
            amount = -counted[source.entry]
            _use(used, source, amount, sheet, award=source.tenths > 0)
            bonus += amount if source.tenths > 0 else 0
        else:
            amount = _room(used, line, sheet, bonus)
            _use(used, line, amount, sheet, award=line.tenths > 0)
            bonus += max(amount, 0)
        counted[line.entry] = amount
        origin[line.entry] = line
    return Counted(counted, max(sheet.floor, sheet.base + sum(counted.values())))


def _room(used: Mapping[tuple[str, CapPeriod, int, bool], int], line: Line, sheet: Sheet, bonus: int) -> int:
    award = line.tenths > 0
    size = abs(line.tenths)
    for period, cap in sheet.caps.get(line.group, {}).items():
        taken = used.get((line.group, period, _period(line.month, period), award), 0)
        size = min(size, max(cap - taken, 0))
    if award:
        return min(size, max(sheet.bonus_cap - bonus, 0))
    return -size


def _use(
    used: dict[tuple[str, CapPeriod, int, bool], int], line: Line, amount: int, sheet: Sheet, *, award: bool
) -> None:
    change = amount if award else -amount
    for period in sheet.caps.get(line.group, {}):
        place = (line.group, period, _period(line.month, period), award)
        used[place] = used.get(place, 0) + change
