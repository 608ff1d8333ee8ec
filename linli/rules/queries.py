"""Reads: the value of a rule on a day at a place, and the working calendar."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from linli.lib.workdays import WorkCalendar
from linli.rules.models import RuleValue, SpecialDay
from linli.rules.policy.defaults import DEFAULTS


def value(code: str, place_codes: Sequence[str], day: date) -> int:
    """Return the value of `code` on `day` at the last of `place_codes` (root first) that has one.

    Falls back to the value for everywhere, then to the default. Raises KeyError for an unknown code.
    """
    return values([code], place_codes, day)[code]


def values(codes: Collection[str], place_codes: Sequence[str], day: date) -> dict[str, int]:
    """Return what `value` returns for each of `codes`, with one query."""
    rows = RuleValue.objects.on(day).filter(code__in=codes, place_code__in=["", *place_codes])
    found = {(code, place): value for code, place, value in rows.values_list("code", "place_code", "value")}
    order = [*reversed(place_codes), ""]
    return {
        code: next((found[code, place] for place in order if (code, place) in found), DEFAULTS[code].value)
        for code in codes
    }


def calendar() -> WorkCalendar:
    """Return the working calendar: the week, but for the days that the settings name."""
    exceptions = dict(SpecialDay.objects.values_list("day", "working"))
    return WorkCalendar(exceptions, frozenset(day.year for day in exceptions))
