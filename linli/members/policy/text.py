"""The plain text of a cell, for comparing with words."""

from __future__ import annotations

import unicodedata

from linli.files.policy.workbook import Cell
from linli.lib.cells import clean


def plain(value: Cell) -> str:
    """Return the text of a cell without any space; a whole number without its decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "".join(folded(value).split())


def folded(value: Cell) -> str:
    """Return the text of a cell in one width, letters and punctuation alike, trimmed."""
    return unicodedata.normalize("NFKC", clean(str(value)))
