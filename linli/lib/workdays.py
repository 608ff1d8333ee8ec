"""Working days of China and the end of a span of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from linli.lib.clock import CHINA, local_date

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday, but for the exceptions of the State Council's yearly notice.

    `exceptions` says for a day whether it is a working day: False on holidays and bridging days,
    True on make-up Saturdays and Sundays. `known_years` are the years whose notice is entered.
    """

    exceptions: Mapping[date, bool]
    known_years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Say whether `day` is a working day."""
        return self.exceptions.get(day, day.weekday() < 5)

    def add(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, which is not counted; `day` itself for 0.

        Raises ValueError for a negative n.
        """
        if n < 0:
            raise ValueError(n)
        while n:
            day += _DAY
            n -= self.is_working(day)
        return day

    def count(self, a: date, b: date) -> int:
        """Return the number of working days after `a` up to and with `b`; negative when `b` lies before `a`."""
        if b < a:
            return -self.count(b, a)
        return sum(self.is_working(a + _DAY * offset) for offset in range(1, (b - a).days + 1))

    def provisional(self, day: date) -> bool:
        """Say whether the notice for the year of `day` is still missing, so that a count may change."""
        return day.year not in self.known_years


class Unit(StrEnum):
    """What a span is counted in."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: hours by the clock, or working days. Raises ValueError when negative."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(self.amount)


def due(start: datetime, span: Span, calendar: WorkCalendar) -> datetime:
    """Return the moment, in China time, at which `span` from the aware `start` ends.

    Hours run by the clock, nights and holidays included. Working days end with the last second
    (23:59:59 in China) of the n-th working day after the day of the start, which is not counted
    (as in 民法典 art. 201). Raises ValueError for a naive `start`.
    """
    if start.tzinfo is None:
        raise ValueError("the start has no time zone")
    if span.unit is Unit.HOURS:
        return (start.astimezone(UTC) + timedelta(hours=span.amount)).astimezone(CHINA)
    return datetime.combine(calendar.add(local_date(start), span.amount), time(23, 59, 59), CHINA)
