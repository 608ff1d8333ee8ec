"""Reads: the value of a rule on a day at a place, and the working calendar."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import Q, QuerySet

from linli.lib.workdays import WorkCalendar
from linli.rules.models import RuleValue, SpecialDay
from linli.rules.policy.default import Default
from linli.rules.policy.defaults import DEFAULTS
from linli.store.statements import prepared


def value(code: str, place_codes: Sequence[str], day: date) -> int:
    """Return the value of `code` on `day` at the last of `place_codes` (root first) that has one.

    Falls back to the value for everywhere, then to the default. Raises KeyError for an unknown code.
    """
    return values([code], place_codes, day)[code]


def values(codes: Collection[str], place_codes: Sequence[str], day: date) -> dict[str, int]:
    """Return what `value` returns for each of `codes`, with one query."""
    return values_of_each(codes, {None: place_codes}, day)[None]


def values_of_each[K](codes: Collection[str], places: Mapping[K, Sequence[str]], day: date) -> dict[K, dict[str, int]]:
    """Return what `values` returns for the place codes of each of `places`, with one query."""
    asked = list(dict.fromkeys(["", *chain.from_iterable(places.values())]))
    found = {(code, place): value for code, place, value in _values(list(codes), asked, day)}

    def nearest(code: str, place_codes: Sequence[str]) -> int:
        order = [*reversed(place_codes), ""]
        return next((found[code, place] for place in order if (code, place) in found), DEFAULTS[code].value)

    return {key: {code: nearest(code, line) for code in codes} for key, line in places.items()}


@prepared
def _values(codes: Sequence[str], place_codes: Sequence[str], day: date) -> QuerySet[RuleValue, tuple[str, str, int]]:
    rows = RuleValue.objects.on(day).filter(code__in=codes, place_code__in=place_codes)
    return rows.values_list("code", "place_code", "value")


def calendar() -> WorkCalendar:
    """Return the working calendar: the week, but for the days that the settings name.

    A year is known when it has days and none of them is provisional.
    """
    rows = _special_days()
    guessed = {day.year for day, _working, provisional in rows if provisional}
    known = frozenset(day.year for day, _working, _provisional in rows) - guessed
    return WorkCalendar({day: working for day, working, _provisional in rows}, known)


@prepared
def _special_days() -> QuerySet[SpecialDay, tuple[date, bool, bool]]:
    return SpecialDay.objects.values_list("day", "working", "provisional")


@dataclass(frozen=True, slots=True)
class Setting:
    """A rule as the settings page shows it: the value that holds, where it comes from, what comes next."""

    code: str
    default: Default
    value: int
    source: str
    """In words; empty: the source of the default."""
    since: date | None
    coming: tuple[tuple[date, int], ...]


def settings_of(place_codes: Sequence[str], day: date) -> list[Setting]:
    """Return every rule as it holds on `day` at the last of `place_codes` (root first), and what is to come there."""
    wanted = RuleValue.objects.filter(place_code__in=["", *place_codes]).order_by("valid_from")
    holding: dict[tuple[str, str], RuleValue] = {}
    coming: dict[str, list[tuple[date, int]]] = {}
    for row in wanted.filter(Q(valid_to=None) | Q(valid_to__gt=day)):
        if row.valid_from <= day:
            holding[row.code, row.place_code] = row
        elif row.place_code == place_codes[-1]:
            coming.setdefault(row.code, []).append((row.valid_from, row.value))
    return [
        _setting(code, [holding.get((code, place)) for place in [*reversed(place_codes), ""]], coming.get(code, []))
        for code in DEFAULTS
    ]


def _setting(code: str, nearest_first: list[RuleValue | None], coming: list[tuple[date, int]]) -> Setting:
    default = DEFAULTS[code]
    row = next((row for row in nearest_first if row), None)
    if row is None:
        return Setting(code, default, default.value, "", None, tuple(coming))
    return Setting(code, default, row.value, row.source, row.valid_from, tuple(coming))


def days(year: int) -> list[SpecialDay]:
    """Return the days of `year` that differ from the week, in order."""
    return list(SpecialDay.objects.filter(day__year=year).order_by("day"))
