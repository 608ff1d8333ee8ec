"""Texts of a .dbf, whose encoding is told beside the file, in it, or nowhere."""

from __future__ import annotations

import codecs
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

_DRIVERS = {0x4D: "936", 0x7A: "936", 0x4F: "950", 0x78: "950", 0x4E: "949", 0x79: "949", 0x13: "932", 0x7B: "932"}
_DRIVERS |= {0x03: "1252", 0x58: "1252", 0xC8: "1250", 0xC9: "1251", 0x65: "866", 0x26: "866"}
_DRIVER_AT = 29
_HEAD = struct.Struct("<4xIHH20x")
"""Number of records, bytes before them, bytes of one."""
_SHX_HEAD, _SHX_EACH = 100, 8


def reader(table: Path) -> Callable[[list[Any]], list[Any]]:
    """Return what reads texts of a .dbf (a character for each byte); a last character that was cut off is left out.

    All texts of one call are in one encoding. Tried in order: what the .cpg beside the table says, what its header
    says, UTF-8, GB18030. Refused: none of them, and what `_head` refuses.
    """
    cpg = table.with_suffix(".cpg")
    told = cpg.read_bytes()[:40].decode("ascii", "ignore") if cpg.exists() else ""
    driver = _DRIVERS.get(_head(table)[_DRIVER_AT], "")
    tried = [codec for codec in (_codec(told), _codec(driver), "utf-8", "gb18030") if codec]

    def reads(values: list[Any]) -> list[Any]:
        for codec in tried:
            try:
                return [_decoded(value, codec) if isinstance(value, str) else value for value in values]
            except UnicodeDecodeError:
                continue
        raise Refusal(
            "grid.dbf_text",
            gettext_noop("The texts of the .dbf cannot be read: export the Shapefile in UTF-8, or as a GeoPackage."),
        )

    return reads


def _head(table: Path) -> bytes:
    """Return the first bytes of a .dbf. Refused: one that is cut off, or has other rows than the map has shapes."""
    with table.open("rb") as file:
        head = file.read(_HEAD.size)
    rows, before, each = _HEAD.unpack(head) if len(head) == _HEAD.size else (0, _HEAD.size, 0)
    if table.stat().st_size < before + rows * each:
        raise Refusal("grid.dbf_damaged", gettext_noop("The .dbf is cut off or damaged: export the Shapefile again."))
    shapes = (table.with_suffix(".shx").stat().st_size - _SHX_HEAD) // _SHX_EACH
    if rows != shapes:
        raise Refusal(
            "grid.dbf_rows",
            gettext_noop("The map has %(shapes)d shapes, its .dbf %(rows)d rows: export the Shapefile again."),
            shapes=shapes,
            rows=rows,
        )
    return head


def _decoded(text: str, codec: str) -> str:
    return text if text.isascii() else codecs.getincrementaldecoder(codec)().decode(text.encode("latin-1"))


def _codec(told: str) -> str:
    """Return the codec of a name or number of a code page; empty where nobody knows it."""
    name, digits = re.sub(r"[^a-z0-9-]", "", told.lower()), re.sub(r"\D", "", told)
    for candidate in (name, f"cp{digits}", f"iso-8859-{digits[4:]}"):
        try:
            found = codecs.lookup(candidate).name
        except LookupError:
            continue
        return "gb18030" if found in {"gbk", "gb2312"} else found
    return ""
