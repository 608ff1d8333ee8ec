"""Every moment of the demonstration counts back from one day; no clock is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from linli.lib.clock import CHINA
from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.lib.words import gettext_noop

EARLIEST, LATEST = date(2010, 1, 1), date(2099, 12, 31)
PAST_MONTHS = 12


def parse_day(text: str) -> date:
    """Read `YYYY-MM-DD`. Refused: what is no day, or a day outside 2010–2099."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not EARLIEST <= day <= LATEST:
        raise Refusal(
            "as-of",
            gettext_noop("--as-of %(text)s is not a day between 2010 and 2099; write it like 2026-03-18."),
            text=text,
        )
    return day


def years_before(day: date, years: int) -> date:
    """Return the same day `years` earlier; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age(born_on: date, day: date) -> int:
    """Return the completed years of age on `day`."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the moment of `day` in China."""
    return datetime.combine(day, time(hour, minute), CHINA)


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar of one demonstration; nothing in the data has happened after `moment`."""

    as_of: date

    @property
    def moment(self) -> datetime:
        """The beginning of the as-of day."""
        return at(self.as_of, 0)

    @property
    def founded(self) -> date:
        """The day from which places, bodies and units hold."""
        return date(self.as_of.year - 6, 1, 1)

    @property
    def elected(self) -> date:
        """The day on which the present committees took office (the article's 换届)."""
        return self.months[0].first - timedelta(days=30)

    @property
    def months(self) -> tuple[Month, ...]:
        """The twelve whole months before the month of the as-of day, oldest first."""
        found = [Month.of(self.as_of).previous]
        while len(found) < PAST_MONTHS:
            found.append(found[-1].previous)
        return tuple(reversed(found))

    @property
    def start(self) -> datetime:
        """The morning on which the register was set up, before the first of the months."""
        return at(self.elected, 8)
