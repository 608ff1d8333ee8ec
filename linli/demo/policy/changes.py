"""How the tree of the demonstration came to be what it is: what was renamed, moved and merged, by which document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.demo.policy.days import Days

FORMER_NAMES = {"RL-J2-ZB": "润龙安置区党支部", "YX-LY-ZB": "银杏社区第三党支部"}
"""Code of a branch → its first name."""
FORMER_PARENTS = {"TX-PT-ZB": "ML-ZZ"}
"""Code of a branch → the body that it stood below first."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A branch that is no more: where it stood and served, into which it was merged, with how many members."""

    code: str
    name: str
    above: str
    place: str
    into: str
    members: int


MERGED = Merged("YM-SGB-ZB", "松果苑北区党支部", "YM-ZZ", "YM-SG", "YM-SG-ZB", 7)


def on(days: Days, years: int, month: int, day: int) -> date:
    """Return the day of a change, `years` after the founding."""
    return date(days.founded.year + years, month, day)


def merged_on(days: Days) -> date:
    """Return the first day without `MERGED`."""
    return on(days, 3, 1, 20)


def document(day: date, number: int) -> str:
    """Return the number of a document of the working committee."""
    return f"梅街党发〔{day.year}〕{number}号"
