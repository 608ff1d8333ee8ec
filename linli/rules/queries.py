"""Reads: the value of a rule on a day at a place, and the working calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from linli.lib.workdays import WorkCalendar
from linli.rules.models import RuleValue, SpecialDay
from linli.rules.policy.defaults import DEFAULTS


def value(code: str, place_codes: Sequence[str], day: date) -> int:
    """Return the value of `code` on `day` at the last of `place_codes` (root first) that has one.

    Falls back to the value for everywhere, then to the default. Raises KeyError for an unknown code.
    """
    default = DEFAULTS[code].value
    found = dict(
        RuleValue.objects.on(day)
        .filter(code=code, place_code__in=["", *place_codes])
        .values_list("place_code", "value")
    )
    return next((found[place] for place in [*reversed(place_codes), ""] if place in found), default)


def calendar() -> WorkCalendar:
    """Return the working calendar: the week, but for the days that the settings name."""
    exceptions = dict(SpecialDay.objects.values_list("day", "working"))
    return WorkCalendar(exceptions, frozenset(day.year for day in exceptions))
