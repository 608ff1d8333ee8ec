"""The text of a CSV file of unknown origin as rows of cells."""

from __future__ import annotations

import codecs
import csv
import io
import re

from linli.files.policy.package import MAX_COLUMNS, MAX_ROWS, address, too_wide
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

NOT_TEXT = gettext_noop("%(name)s is not a readable CSV text. Save the table as .xlsx, or as CSV in UTF-8.")

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_rows(data: bytes, name: str) -> list[list[str]]:
    """Return the rows of a CSV (comma, semicolon or tab), equally long. Refuses what is no text, and too many cells."""
    text = _decode(data, name)
    head = text[:4000]
    mark = max(",;\t", key=head.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            last = max((column for column, value in enumerate(row) if value), default=-1)
            if last >= MAX_COLUMNS or len(rows) >= MAX_ROWS:
                raise too_wide(address(len(rows), last), "CSV", name)
            rows.append(row[: last + 1])
    except csv.Error as error:
        raise Refusal("workbook.not_text", NOT_TEXT, name=name) from error
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _decode(data: bytes, name: str) -> str:
    """Return the text of `data`; a byte-order mark decides, else UTF-8, else GB18030."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text) is None:
            return text
    raise Refusal("workbook.not_text", NOT_TEXT, name=name)
