"""Dates as they come from spreadsheets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from linli.lib.cells import clean
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop


class Precision(StrEnum):
    """How much of a date was given."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date read from a cell; with month precision `day` is the first of the month."""

    day: date
    precision: Precision


_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL = (date(1910, 1, 1) - _EPOCH).days  # numbers below look like years, not like dates
_SERIALS_AHEAD = 50 * 366
_CLOCK = r"(?:[T ]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_PARTS = re.compile(r"([0-9]+)([-/.])([0-9]{1,2})(?:\2([0-9]{1,2})" + _CLOCK + ")?")
_WORDS = re.compile(r"([0-9]+)年([0-9]{1,2})月(?:([0-9]{1,2})[日号]?" + _CLOCK + ")?")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")

_EMPTY = gettext_noop("The date is empty. Please write it as 2021-07-09.")
_UNREADABLE = gettext_noop('"%(value)s" cannot be read as a date. Please write it as 2021-07-09 (or 2021-07).')
_SHORT_YEAR = gettext_noop('The year of "%(value)s" does not have four digits. Please write it as 2021-07-09.')
_IMPOSSIBLE = gettext_noop('There is no such day as "%(value)s". Please check year, month and day.')


def read_date(value: object, today: date) -> ReadDate:
    """Read a cell as a date: a date or datetime, an Excel serial number, or one of the usual texts.

    Serial numbers are of the 1900 system, from 1910 to about 50 years after `today`. Texts: 2021-07-09, 2021/7/9,
    2021.7.9, 2021年7月9日, 20210709, also as a number, in any width, a clock time after them ignored; without
    the day the first of the month is given, with month precision. Whether a day lies in the future is not judged.
    Refuses `date.empty`, `date.short_year`, `date.impossible`, `date.unreadable`.
    """
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return ReadDate(_possible(day, day.isoformat()), Precision.DAY)
    if isinstance(value, float) and value.is_integer() and value > 10_000_000:
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and _is_serial(value, today):
        return ReadDate(_EPOCH + timedelta(days=int(value)), Precision.DAY)
    text = clean("" if value is None else str(value)).replace("\u2013", "-")
    if not text:
        raise Refusal("date.empty", _EMPTY)
    if re.fullmatch("[0-9]{5}", text) and _is_serial(int(text), today):
        return ReadDate(_EPOCH + timedelta(days=int(text)), Precision.DAY)
    if isinstance(value, float):  # 2021.1 may have been 2021.10
        raise Refusal("date.unreadable", _UNREADABLE, value=text)
    return _read_text(text)


def _is_serial(number: float, today: date) -> bool:
    return _FIRST_SERIAL <= number <= (today - _EPOCH).days + _SERIALS_AHEAD


def _read_text(text: str) -> ReadDate:
    """Read a clean text that is not a serial number."""
    tight = re.sub(r" ?([-/.年月日号]) ?", r"\1", text)
    if match := _PARTS.fullmatch(tight):
        year, _, month, day = match.groups()
    elif match := _WORDS.fullmatch(tight) or _COMPACT.fullmatch(tight):
        year, month, day = match.groups()
    else:
        raise Refusal("date.unreadable", _UNREADABLE, value=text)
    if len(year) != 4:
        raise Refusal("date.short_year", _SHORT_YEAR, value=text)
    try:
        read = date(int(year), int(month), int(day or 1))
    except ValueError:
        raise Refusal("date.impossible", _IMPOSSIBLE, value=text) from None
    return ReadDate(_possible(read, text), Precision.DAY if day else Precision.MONTH)


def _possible(day: date, text: str) -> date:
    """Return `day`, written as `text`, where it lies in a year that people and bodies can have."""
    if not 1900 <= day.year < 2200:
        raise Refusal("date.impossible", _IMPOSSIBLE, value=text)
    return day
