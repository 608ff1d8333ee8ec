"""One member as a row of a roster says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from linli.members.policy.columns import COLUMNS

FIELDS = tuple(column.field for column in COLUMNS if column.field != "organisation_code")
"""The facts of a row, in the order of the sheet; the organisation is its code."""


@dataclass(slots=True)
class RosterRow:
    """A member. Empty text, None or () where the sheet says nothing; values are those of `policy.kinds`.

    `organisation` and `member_class` are codes; `posts` are titles. `sheet` and `line` (1-based) say where the row
    stands and do not count when rows are compared. No code changes a row; it is not frozen, because that would make
    the making of 100,000 rows three times as long.
    """

    number: str
    name: str
    sex: str
    born_on: date | None
    education: str
    joined_on: date | None
    full_on: date | None
    stage: str
    member_class: str
    organisation: str
    phone: str
    posts: tuple[str, ...]
    post_since: date | None
    sheet: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
