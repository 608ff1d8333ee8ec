"""Which rows of a sheet are members: blank rows, headings of groups, sums and signatures are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase, digits

from linli.files.policy.package import address
from linli.files.policy.problems import Problem, Severity
from linli.files.policy.workbook import Cell, Table
from linli.lib.words import gettext_noop
from linli.members.policy.header import Header
from linli.members.policy.text import plain

SKIPPED = gettext_noop("Row %(row)s was not read as a member: “%(text)s”.")
FORMULA = gettext_noop("The cell contains a formula. Copy it and paste it back as a value.")

_FOOT = re.compile(
    r"\s*(?:合\s*计|小\s*计|总\s*计|共\s*计|总\s*数|填\s*表|制\s*表|填\s*报|审\s*核|复\s*核|经办|负责人|联系人|单位负责|备\s*注|"
    r"说\s*明|注\s*[::]|示\s*例|样\s*例|例\s*[::]|日期\s*[::]|以上|本表|第.{1,5}页|共\s*\d+\s*[人名页])"
)
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Selection:
    """The member rows of a sheet, `rows[n]` standing in the 0-based row `lines[n]`, merged cells carried down."""

    lines: list[int]
    rows: list[Sequence[Cell]]
    notes: tuple[Problem, ...]
    formulas: tuple[Problem, ...]


def select_rows(table: Table, header: Header) -> Selection:
    """Return the rows below `header` that hold members, with a note for each other row that is not blank.

    A formula in a column that is read is an error at its cell. A cell merged downward gives its value to each
    row that it covers; what stands beside an empty cell that is not merged is never guessed.
    """
    name = header.columns["name"]
    headings = {table.rows[row][name] for row in (header.top, header.bottom)} - {""}
    lines, notes = [], []
    for line in range(header.bottom + 1, len(table.rows)):
        row = table.rows[line]
        first, called = row[0] or next(filter(None, row), ""), row[name]
        if not called or called in headings or (isinstance(first, str) and _FOOT.match(first)):
            text = _other(row, header)
            if text:
                values = {"row": line + 1, "text": text[:SHOWN]}
                cell = address(line, 0)
                notes.append(Problem(table.sheet, cell, "roster.row_skipped", SKIPPED, values, Severity.NOTE))
            if text is not None:
                continue
        lines.append(line)
    return Selection(lines, _carry_down(table, header, lines), tuple(notes), _formulas(table, header, lines))


def _other(row: Sequence[Cell], header: Header) -> str | None:
    """Return what a row that holds no member says, "" for a blank one, None where a member lacks the name."""
    filled = {column: text for column, cell in enumerate(row) if (text := plain(cell))}
    if header.columns["name"] not in filled:
        known = filled.keys() & header.columns.values()
        if not known and all(not isinstance(row[column], str) for column in filled):
            return ""
        if len(filled) > 1 and known and not _FOOT.match(next(iter(filled.values()))):
            return None
    return " ".join(filled.values())


def _carry_down(table: Table, header: Header, lines: Sequence[int]) -> list[Sequence[Cell]]:
    rows = {line: table.rows[line] for line in lines}
    for top, left, bottom, _ in table.merges:
        for line in range(top + 1, bottom + 1) if top > header.bottom else ():
            if line in rows:
                row = list(rows[line])
                row[left] = table.rows[top][left]
                rows[line] = row
    return list(rows.values())


def _formulas(table: Table, header: Header, lines: Sequence[int]) -> tuple[Problem, ...]:
    wanted = {address(0, column)[:-1] for column in header.columns.values()}
    members = set(lines) if table.formulas else set()
    found = []
    for cell in table.formulas:
        letters, line = cell.rstrip(digits), int(cell.lstrip(ascii_uppercase)) - 1
        if letters in wanted and line in members:
            found.append(Problem(table.sheet, cell, "roster.cell_formula", FORMULA))
    return tuple(found)
