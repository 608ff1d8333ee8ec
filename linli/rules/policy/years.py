"""The working calendar of a year, as the package `holidays` has it: official notice, or the law alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from holidays.countries.china import China, ChinaStaticHolidays

MAKE_UP = "调休上班"
"""Name of a make-up working day: a fact of the calendar, kept in the words of the notice."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day that differs from the week."""

    day: date
    working: bool
    name: str


def official(year: int) -> bool:
    """Tell whether the State Council's notice for `year` is known to the package."""
    return year in ChinaStaticHolidays.special_public_holidays


def days_of(year: int) -> list[Day]:
    """Return the holidays and make-up working days of `year`, in order.

    Where the notice is not known: the holidays of the law (国务院令第795号) without bridging and make-up days.
    """
    found = China(years=year, language="zh_CN")  # type: ignore[no-untyped-call]
    days = [Day(day, working=False, name=name[:60]) for day, name in found.items() if day.year == year]
    days += [Day(day, working=True, name=MAKE_UP) for day in found.weekend_workdays if day.year == year]
    return sorted(days, key=lambda entry: entry.day)
