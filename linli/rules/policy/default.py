"""What a default of a number that a subdistrict may change says."""

from __future__ import annotations

from dataclasses import dataclass

from linli.lib.words import gettext_noop

HOURS, WORKING_DAYS, DAYS = gettext_noop("hours"), gettext_noop("working days"), gettext_noop("days")
MONTHS = gettext_noop("months")
MEMBERS, UNITS = gettext_noop("members"), gettext_noop("units")
TIMES = gettext_noop("times")
HOUSEHOLDS = gettext_noop("households")
PERCENT, YEARS = gettext_noop("percent"), gettext_noop("years")


@dataclass(frozen=True, slots=True)
class Default:
    """A number with its words, its unit (a msgid), its bounds and where it comes from."""

    value: int
    words: str
    unit: str
    source: str
    least: int = 1
    most: int = 365
