"""Finds the header of a roster below its title rows, over one or two rows, and says which column is what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linli.files.policy.package import address
from linli.files.policy.problems import Problem, Severity
from linli.files.policy.workbook import Cell, Table
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.policy.columns import BY_FIELD, COLUMNS, IGNORED, field_of, plain_heading

SEARCHED_ROWS = 40
ENOUGH = 2

MISSING = gettext_noop(
    "Sheet %(sheet)s has no column %(label)s (%(headings)s). Add it to the header in row %(row)s, or give one of the "
    "columns that name."
)
TWICE = gettext_noop(
    "Sheet %(sheet)s has two columns for %(label)s: %(first)s and %(second)s. Delete or rename one of them."
)
NOT_KEPT = gettext_noop("Column %(heading)s is not taken over: Linli keeps only what the work with members needs.")
UNKNOWN = gettext_noop("Column %(heading)s is not known and was left out.")


@dataclass(frozen=True, slots=True)
class Header:
    """The header rows `top` to `bottom` (0-based), the column of each field, and notes on columns left out."""

    top: int
    bottom: int
    columns: dict[str, int]
    notes: tuple[Problem, ...]


def find_header(table: Table, *, organisation_given: bool) -> Header | None:
    """Return the header of `table`, or None where no row of the first `SEARCHED_ROWS` looks like one.

    Refuses a header in which a must-have column is missing or a column comes twice. `organisation_given` tells that
    the caller knows the organisation of every row, so that no column needs to name it.
    """
    head = _filled(table)
    plain = [[plain_heading(cell) for cell in row] for row in head]
    found = [{field for field in map(field_of, row) if field} for row in plain]
    spans = [
        (row, row + (row + 1 < len(head) and bool(found[row + 1]) and _is_second_row(plain[row], plain[row + 1])))
        for row, fields in enumerate(found)
        if "name" in fields
    ]
    top, bottom = max(spans, key=lambda span: len(found[span[0]] | found[span[1]]), default=(0, 0))
    if not spans or len(found[top] | found[bottom]) < ENOUGH:
        return None
    columns, notes = _assign(table, head, plain, top, bottom)
    _check_must(table, columns, bottom, organisation_given=organisation_given)
    return Header(top, bottom, columns, notes)


def _filled(table: Table) -> list[list[Cell]]:
    """Return copies of the first rows, with the value of each merge in all of its cells."""
    head = [list(row) for row in table.rows[:SEARCHED_ROWS]]
    for top, left, bottom, right in table.merges:
        for row in range(top, min(bottom + 1, len(head))):
            head[row][left : right + 1] = [head[top][left]] * (min(right + 1, len(head[row])) - left)
    return head


def _is_second_row(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Tell whether `lower` splits headings of `upper`: what it holds are headings, below a name merged or blank."""
    name = next(column for column, heading in enumerate(upper) if field_of(heading) == "name")
    return lower[name] in {"", upper[name]}


def _assign(
    table: Table, head: Sequence[Sequence[Cell]], plain: Sequence[Sequence[str]], top: int, bottom: int
) -> tuple[dict[str, int], tuple[Problem, ...]]:
    columns: dict[str, int] = {}
    notes = []
    for column, (upper, lower) in enumerate(zip(plain[top], plain[bottom], strict=True)):
        whole = lower if lower == upper or not upper else upper + lower
        field = field_of(whole) or field_of(lower or upper)
        cell = address(bottom if lower else top, column)
        heading = " ".join(str(head[bottom if lower else top][column]).split())
        if field in BY_FIELD:
            if field in columns:
                values = {"sheet": table.sheet, "label": BY_FIELD[field].headings[0]}
                raise Refusal(
                    "roster.column_twice", TWICE, first=address(bottom, columns[field]), second=cell, **values
                )
            columns[field] = column
        elif field == "-" and (lower or upper) not in IGNORED:
            notes.append(
                Problem(table.sheet, cell, "roster.column_not_kept", NOT_KEPT, {"heading": heading}, Severity.NOTE)
            )
        elif not field and heading:
            notes.append(
                Problem(table.sheet, cell, "roster.column_unknown", UNKNOWN, {"heading": heading}, Severity.NOTE)
            )
    return columns, tuple(notes)


def _check_must(table: Table, columns: dict[str, int], bottom: int, *, organisation_given: bool) -> None:
    needed = [column for column in COLUMNS if column.must and column.field not in columns]
    if not organisation_given and not {"organisation", "organisation_code"} & columns.keys():
        needed.append(BY_FIELD["organisation"])
    if needed:
        names = "、".join(column.headings[0] for column in needed)
        others = "、".join(heading for column in needed for heading in column.headings[1:4])
        raise Refusal("roster.column_missing", MISSING, sheet=table.sheet, label=names, headings=others, row=bottom + 1)
