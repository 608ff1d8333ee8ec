"""Members that stand twice in one roster."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from linli.files.policy.problems import Problem, Severity
from linli.lib.words import gettext_noop
from linli.members.policy.rows import RosterRow
from linli.members.policy.rules import Places, cell_of

SAME_NUMBER = gettext_noop(
    "The member number %(number)s stands already in %(first)s. Give each member one number and row."
)
SAME_PERSON = gettext_noop(
    "%(name)s, born on %(born)s, stands already in %(first)s. Delete one row if it is one person."
)


def check_twins(rows: Sequence[RosterRow], places: Places) -> Iterator[Problem]:
    """Yield an error for each number that comes again, a warning for each name that comes again with its birthday."""
    numbers = [row.number for row in rows]
    for row, first in _again(rows, numbers):
        values: dict[str, object] = {"number": row.number, "first": _place(first, places, "number")}
        yield Problem(row.sheet, cell_of(row, places, "number"), "roster.number_twice", SAME_NUMBER, values)
    people = [(row.name, row.born_on) if row.name and row.born_on else None for row in rows]
    for row, first in _again(rows, people):
        if not row.number or row.number != first.number:
            values = {"name": row.name, "born": row.born_on, "first": _place(first, places, "name")}
            cell = cell_of(row, places, "name")
            yield Problem(row.sheet, cell, "roster.person_twice", SAME_PERSON, values, Severity.WARNING)


def _again(rows: Sequence[RosterRow], keys: Sequence[Hashable]) -> Iterator[tuple[RosterRow, RosterRow]]:
    """Yield (row, first row with the same key) for each key that comes again; empty keys never do."""
    first: dict[Hashable, RosterRow] = dict(zip(reversed(keys), reversed(rows), strict=True))
    if len(first) < len(keys):
        for key, row in zip(keys, rows, strict=True):
            if key and first[key] is not row:
                yield row, first[key]


def _place(row: RosterRow, places: Places, field: str) -> str:
    return f"{row.sheet}!{cell_of(row, places, field)}"
