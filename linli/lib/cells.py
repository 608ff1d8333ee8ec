"""Texts on their way into and out of spreadsheets."""

from __future__ import annotations

import re
import unicodedata
from typing import overload

_SPACES = re.compile(r"\s+")
_FORMULA = frozenset("=+-@\t\r\n−")
_FOLDED = {
    0xFF01 + at: chr(0x21 + at) for at in range(94) if chr(0x21 + at).isalnum() or chr(0x21 + at) in "#%&+-./=@_"
}


@overload
def inert(value: str) -> str: ...
@overload
def inert[T](value: T) -> T: ...
def inert(value: object) -> object:
    """Return a cell value that no spreadsheet runs: a leading apostrophe before a text that begins a formula.

    A formula begins with = + - @ tab, CR or LF, in any width, also after spaces or invisible characters
    (OWASP, CSV injection). Numbers, dates and other values pass unchanged; so does inert text.
    """
    return f"'{value}" if isinstance(value, str) and _begins_formula(value) else value


@overload
def clean(value: str) -> str: ...
@overload
def clean[T](value: T) -> T: ...
def clean(value: object) -> object:
    """Return imported text as meant: half-width digits, letters and # % & + - . / = @ _, single spaces, trimmed.

    Invisible characters go, and so does the apostrophe that `inert` wrote, so that an unedited round trip
    gives what was there. Chinese punctuation and characters stay. Values that are not text pass unchanged.
    """
    if not isinstance(value, str):
        return value
    if value.startswith("'") and _begins_formula(value[1:]):
        value = value[1:]
    seen = "".join(char for char in value if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf"})
    return _SPACES.sub(" ", seen).strip().translate(_FOLDED)


def _begins_formula(text: str) -> bool:
    """Say whether the first character that counts is one of a formula."""
    for char in text:
        if unicodedata.normalize("NFKC", char) in _FORMULA:
            return True
        if not char.isspace() and unicodedata.category(char) not in {"Cc", "Cf"}:
            return False
    return False
