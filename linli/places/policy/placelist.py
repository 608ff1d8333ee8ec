"""Places as rows of a workbook: kind, code, name, code of the place above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linli.files.policy.package import address
from linli.files.policy.problems import Problem
from linli.files.policy.workbook import Cell, Table, read_tables
from linli.lib.cells import clean
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.headings import HEADINGS, field_of
from linli.places.policy.kinds import ROOTS, PlaceKind
from linli.places.policy.kindwords import kind_of

SEARCHED_ROWS = 40
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
MAX_NAME = 80

NO_HEADER = gettext_noop(
    "No sheet of %(name)s has a header with 类别, 编码 and 名称 (kind, code, name): write them above the rows."
)
TWO_COLUMNS = gettext_noop("Sheet %(sheet)s has two columns for %(heading)s (%(first)s, %(second)s): delete one.")
FORMULA = gettext_noop("The cell contains a formula: copy it and paste it back as a value.")
MISSING = gettext_noop("Nothing stands here: write the %(what)s.")
BAD_KIND = gettext_noop("%(value)s is no kind of place: write 街道, 社区, 小区, 院落, 楼栋, 单元 or 户.")
BAD_CODE = gettext_noop("%(value)s is no code: letters, digits, - and _, at most 40, a letter or digit first.")
LONG_NAME = gettext_noop("The name has more than %(most)d characters: shorten it.")
TWICE = gettext_noop("The code %(value)s stands in %(first)s already: give each place its own.")
NO_PARENT = gettext_noop("Only a subdistrict stands alone: write the code of the place above.")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of the list; `parent` is empty for a root. `at` gives field → A1 address in `sheet`."""

    kind: PlaceKind
    code: str
    name: str
    parent: str
    sheet: str
    at: dict[str, str]

    def problem(self, field: str, code: str, message: str, /, **values: object) -> Problem:
        """Return a finding at the cell of `field`, or at the code where the list has no such column."""
        return Problem(self.sheet, self.at.get(field, self.at["code"]), code, message, values)


@dataclass(frozen=True, slots=True)
class PlaceList:
    """The sound rows in the order of the file, and the codes and problems of the others."""

    rows: tuple[PlaceRow, ...]
    faulty: frozenset[str]
    problems: tuple[Problem, ...]
    tables: tuple[Table, ...]


def read_places(data: bytes, name: str) -> PlaceList:
    """Read the sheets of a workbook (or CSV) that have a header. Refused: what `read_tables` refuses, no header."""
    tables = read_tables(data, name)
    rows: list[PlaceRow] = []
    problems: list[Problem] = []
    headed = [(table, header) for table in tables if (header := _header(table))]
    if not headed:
        raise Refusal("places.no_header", NO_HEADER, name=name)
    first: dict[str, str] = {}
    for table, (top, columns) in headed:
        for at, texts in _filled(table, top, columns):
            found = _computed(table, at) or _row(table.sheet, texts, at, first)
            first.setdefault(texts["code"], f"{table.sheet}!{at['code']}")
            rows += [found] if isinstance(found, PlaceRow) else []
            problems += [] if isinstance(found, PlaceRow) else found
    faulty = frozenset(first) - {row.code for row in rows}
    return PlaceList(tuple(rows), faulty, tuple(problems), tables)


def _header(table: Table) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(table.rows[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            field = field_of(cell)
            if field in columns:
                ends = {"first": address(number, columns[field]), "second": address(number, column)}
                heading = HEADINGS[field][0]
                raise Refusal("places.two_columns", TWO_COLUMNS, sheet=table.sheet, heading=heading, **ends)
            if field:
                columns[field] = column
        if {"kind", "code", "name"} <= columns.keys():
            return number, columns
    return None


def _filled(table: Table, top: int, columns: dict[str, int]) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Give address and text of each field, row by row below the header; a merged value holds in all its cells."""
    merged = {
        (row, column): (upper, left)
        for upper, left, lower, right in table.merges
        for row in range(upper, lower + 1)
        for column in range(left, right + 1)
        if upper > top
    }
    for number in range(top + 1, len(table.rows)):
        texts = {}
        for field, column in columns.items():
            row, place = merged.get((number, column), (number, column))
            texts[field] = _text(table.rows[row][place])
        own: Sequence[Cell] = table.rows[number]
        if any(_text(own[column]) for column in columns.values()):
            yield {field: address(number, column) for field, column in columns.items()}, texts


def _computed(table: Table, at: dict[str, str]) -> list[Problem]:
    return [Problem(table.sheet, cell, "places.formula", FORMULA) for cell in at.values() if cell in table.formulas]


def _text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else clean(str(cell))


def _row(sheet: str, texts: dict[str, str], at: dict[str, str], first: dict[str, str]) -> PlaceRow | list[Problem]:
    found: list[Problem] = []

    def say(field: str, code: str, message: str, **values: object) -> None:
        found.append(Problem(sheet, at.get(field, at["code"]), f"places.{code}", message, values))

    found += [
        Problem(sheet, at[field], "places.missing", MISSING, {"what": HEADINGS[field][0]})
        for field in ("kind", "code", "name")
        if not texts[field]
    ]
    kind, code, parent = kind_of(texts["kind"]), texts["code"], texts.get("parent", "")
    if texts["kind"] and kind is None:
        say("kind", "kind", BAD_KIND, value=texts["kind"][:40])
    if code and not CODE.fullmatch(code):
        say("code", "code", BAD_CODE, value=code[:60])
    elif code and code in first:
        say("code", "twice", TWICE, value=code, first=first[code])
    if len(texts["name"]) > MAX_NAME:
        say("name", "long_name", LONG_NAME, most=MAX_NAME)
    if kind is not None and not parent and kind not in ROOTS:
        say("parent", "no_parent", NO_PARENT)
    if found or kind is None:
        return found
    return PlaceRow(kind, code, texts["name"], parent, sheet, at)
