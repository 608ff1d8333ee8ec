"""The copy of a sent workbook that goes back to people: what stood in it, and nothing that runs."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from linli.files.policy.workbook import Table


def quiet_copy(data: bytes, tables: Sequence[Table]) -> Workbook:
    """Return the workbook `data`, made from `tables` where openpyxl cannot read it; its formulas are words now."""
    book = _opened(data) or _from_tables(tables)
    for each in book.worksheets:
        _quieten(each)
    return book


def _opened(data: bytes) -> Workbook | None:
    if not data.startswith(b"PK"):
        return None
    try:
        return load_workbook(io.BytesIO(data))
    except Exception:  # noqa: BLE001 -- openpyxl raises whatever it meets in a part that the reader passed over
        return None


def _from_tables(tables: Sequence[Table]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.sheet)
        for line, row in enumerate(table.rows, 1):
            for place, value in enumerate(row, 1):
                if value != "":
                    sheet.cell(line, place, str(value)).data_type = "s"
    return book


def _quieten(sheet: Worksheet) -> None:
    """Turn every formula into the words that it is: who opens the copy trusts us, not its sender."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.value = str(getattr(cell.value, "text", None) or getattr(cell.value, "ref", cell.value))
                cell.data_type, cell.quotePrefix = "s", True
