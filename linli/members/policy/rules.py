"""Rules between the facts of one member."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.files.policy.package import address
from linli.files.policy.problems import Problem, Severity
from linli.lib.words import gettext_noop
from linli.members.policy.rows import RosterRow

ADULT_YEARS = 18
"""A member is at least 18 years old when joining (《中国共产党章程》, art. 1)."""
PROBATION_YEARS = 1
"""Probation lasts one year (《中国共产党章程》, art. 7)."""

TOO_YOUNG = gettext_noop("Joined on %(joined)s, before the 18th birthday (born on %(born)s). Correct one of the dates.")
JOINED_LATER = gettext_noop("The date of joining %(joined)s lies in the future. Correct it.")
FULL_LATER = gettext_noop("The date %(full)s of full membership lies in the future. Correct it, or empty the cell.")
FULL_BEFORE = gettext_noop("Full member on %(full)s, before joining on %(joined)s. Correct one of the dates.")
FULL_SOON = gettext_noop(
    "Full member on %(full)s, less than a year after joining on %(joined)s. Please check the dates."
)
STILL_PROBATIONARY = gettext_noop("Full member since %(full)s, and yet called probationary. Correct one of the two.")
POST_LATER = gettext_noop("In post since %(post)s, which lies in the future. Correct it, or empty the cell.")
NO_JOINING = gettext_noop("The date of joining is missing. Please write it.")
Places = Mapping[str, Mapping[str, int]]
"""Sheet → field → 0-based column."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule over one row: where `broken(row, today)`, `message` is said at the first of `fields` that is a column."""

    code: str
    message: str
    fields: tuple[str, ...]
    broken: Callable[[RosterRow, date], bool]
    severity: Severity = Severity.ERROR


def years_after(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 1 March where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _too_young(row: RosterRow, _: date) -> bool:
    return bool(row.born_on and row.joined_on and row.joined_on < years_after(row.born_on, ADULT_YEARS))


def _joined_later(row: RosterRow, today: date) -> bool:
    return bool(row.joined_on and row.joined_on > today)


def _full_later(row: RosterRow, today: date) -> bool:
    return bool(row.full_on and row.full_on > today and row.stage != "probationary")


def _full_before(row: RosterRow, _: date) -> bool:
    return bool(row.joined_on and row.full_on and row.full_on < row.joined_on)


def _post_later(row: RosterRow, today: date) -> bool:
    return bool(row.post_since and row.post_since > today)


def _full_soon(row: RosterRow, _: date) -> bool:
    return bool(
        row.joined_on and row.full_on and row.joined_on <= row.full_on < years_after(row.joined_on, PROBATION_YEARS)
    )


def _still_probationary(row: RosterRow, today: date) -> bool:
    return bool(row.stage == "probationary" and row.full_on and row.full_on <= today)


RULES = (
    Rule("roster.joined_too_young", TOO_YOUNG, ("joined_on",), _too_young),
    Rule("roster.joined_later", JOINED_LATER, ("joined_on",), _joined_later),
    Rule("roster.full_later", FULL_LATER, ("full_on",), _full_later),
    Rule("roster.full_before_joining", FULL_BEFORE, ("full_on",), _full_before),
    Rule("roster.post_later", POST_LATER, ("post_since",), _post_later),
    Rule("roster.full_too_soon", FULL_SOON, ("full_on",), _full_soon, Severity.WARNING),
    Rule("roster.stage_contradicts", STILL_PROBATIONARY, ("stage", "full_on"), _still_probationary),
)


def check_rows(rows: Sequence[RosterRow], places: Places, today: date) -> Iterator[Problem]:
    """Yield the broken `RULES` of each row, in the order of the rows."""
    for row in rows:
        for rule in RULES if _is_doubtful(row, today) else ():
            if rule.broken(row, today):
                values = {"born": row.born_on, "joined": row.joined_on, "full": row.full_on, "post": row.post_since}
                yield Problem(
                    row.sheet, cell_of(row, places, *rule.fields), rule.code, rule.message, values, rule.severity
                )


def _is_doubtful(row: RosterRow, today: date) -> bool:
    """Say quickly whether any rule can be broken at all; most rows of a roster are fine by far."""
    born, joined, full = row.born_on, row.joined_on, row.full_on
    if row.stage == "probationary" or (full and full > today) or (row.post_since and row.post_since > today):
        return True
    if joined is None:
        return False
    if joined > today or (born and joined.year - born.year <= ADULT_YEARS):
        return True
    if full is None or full.year - joined.year > PROBATION_YEARS:
        return False
    return full.year - joined.year < PROBATION_YEARS or (full.month, full.day) < (joined.month, joined.day)


def stage_of(row: RosterRow, today: date) -> str:
    """Return the stage of a row, worked out where the cell is empty: probation lasts a year from joining."""
    if row.stage:
        return row.stage
    probation = row.full_on is None and row.joined_on and today < years_after(row.joined_on, PROBATION_YEARS)
    return "probationary" if probation else "full"


def cell_of(row: RosterRow, places: Places, *fields: str) -> str:
    """Return the A1 address of the first of `fields` that the row's sheet has as a column."""
    columns = places[row.sheet]
    return next(address(row.line - 1, columns[field]) for field in fields if field in columns)
