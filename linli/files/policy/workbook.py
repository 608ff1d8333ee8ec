"""A workbook or CSV file of unknown origin, opened safely as tables of cells with their addresses."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from linli.files.policy.package import (
    DAMAGED,
    NOT_A_WORKBOOK,
    address,
    check_extent,
    formula_cells,
    sheet_parts,
    unpack,
)
from linli.files.policy.separated import read_rows
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

Cell = str | float | int | bool | date | datetime | time | timedelta
"""What a reader gives; an empty cell is an empty text."""

MAX_FILE = 20 * 2**20
PROBLEM_SHEET = "问题"
"""The sheet that `markup` adds; never read back."""

EMPTY = gettext_noop("%(name)s is empty. Choose the file again.")
TOO_BIG = gettext_noop("%(name)s is larger than %(limit)s MB. Remove pictures and other sheets, and send the rest.")
LOCKED = gettext_noop("%(name)s is protected by a password. Save it without the password and send that.")
OLD_EXCEL = gettext_noop("%(name)s is in the old .xls form. Open it in Excel or WPS and save it as .xlsx.")
NO_SHEET = gettext_noop("%(name)s has no visible sheet with content. Put the table on the first sheet.")

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCK = "EncryptedPackage".encode("utf-16-le")
_TEXT_NAMES = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: `rows[r][c]` is the cell in row r + 1 and column c + 1, blank rows included, all rows equally long.

    `merges` are (top, left, bottom, right), 0-based and inclusive; only the first cell of each holds a value.
    `formulas` are the A1 addresses of computed cells, which hold the value computed last, and of words that begin
    with =.
    """

    sheet: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    formulas: frozenset[str] = frozenset()


def read_tables(data: bytes, name: str) -> tuple[Table, ...]:
    """Return the visible sheets of `data` that hold something, in order.

    Reads .xlsx, and CSV (comma, semicolon or tab) in UTF-8, UTF-16 with its mark, or GB18030; `name` decides
    nothing but whether a text may be CSV. Refuses, in one sentence, what is empty, too large, of another kind,
    old .xls, locked, with macros, damaged, a bomb, or without any sheet.
    """
    if not data.strip():
        raise Refusal("workbook.empty", EMPTY, name=name)
    if len(data) > MAX_FILE:
        raise Refusal("workbook.too_big", TOO_BIG, name=name, limit=MAX_FILE // 2**20)
    if data.startswith(_OLE):
        code, message = ("workbook.locked", LOCKED) if _LOCK in data else ("workbook.old_excel", OLD_EXCEL)
        raise Refusal(code, message, name=name)
    if data.startswith(b"PK"):
        tables = _sheets(data, name)
    elif name.lower().endswith(_TEXT_NAMES):
        tables = (Table("CSV", read_rows(data, name)),)
    else:
        raise Refusal("workbook.not_workbook", NOT_A_WORKBOOK, name=name)
    tables = tuple(table for table in tables if table.rows)
    if not tables:
        raise Refusal("workbook.no_sheet", NO_SHEET, name=name)
    return tables


def _sheets(data: bytes, name: str) -> tuple[Table, ...]:
    parts = sheet_parts(unpack(data, name), name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible is SheetVisibleEnum.Visible
                and sheet.typ is SheetTypeEnum.WorkSheet
                and sheet.name != PROBLEM_SHEET
            ]
            for sheet in shown:
                check_extent(parts.get(sheet, b""), sheet, name)
            return tuple(_table(book.get_sheet_by_name(sheet), parts.get(sheet, b"")) for sheet in shown)
    except (CalamineError, ValueError, OverflowError) as error:
        raise Refusal("workbook.damaged", DAMAGED, name=name) from error


def _table(sheet: CalamineSheet, xml: bytes) -> Table:
    rows = sheet.to_python(skip_empty_area=False)
    merges = _merges(sheet, len(rows), len(rows[0]) if rows else 0)
    return Table(sheet.name, rows, merges, formula_cells(xml) | _formula_words(rows))


def _formula_words(rows: Sequence[Sequence[Cell]]) -> frozenset[str]:
    """Return the A1 addresses of words that are a formula: `markup` makes words of formulas."""
    return frozenset(
        address(line, place)
        for line, row in enumerate(rows)
        for place, value in enumerate(row)
        if isinstance(value, str) and value.startswith("=")
    )


def _merges(sheet: CalamineSheet, height: int, width: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return the merges within the table. Raises ValueError where they lie upon each other: no program writes that."""
    found = tuple(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < height and left < width
    )
    if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in found) > height * width:
        raise ValueError(sheet.name)
    return found
