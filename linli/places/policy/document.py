"""Bytes of a file → one JSON object, or a sentence that says what the file is instead."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

_OTHER_FILES = (
    (b"PK\x05\x06", gettext_noop("The file is an empty zip archive: zip the files of the map again.")),
    (b"\x89PNG", gettext_noop("The file is a PNG picture: export GeoJSON from the map program.")),
    (b"\xff\xd8\xff", gettext_noop("The file is a JPEG picture: export GeoJSON from the map program.")),
    (b"GIF8", gettext_noop("The file is a GIF picture: export GeoJSON from the map program.")),
    (b"%PDF", gettext_noop("The file is a PDF: export GeoJSON from the map program.")),
    (b"\xd0\xcf\x11\xe0", gettext_noop("The file is an old Excel or Word file: export GeoJSON from the map program.")),
    (b"\x1f\x8b", gettext_noop("The file is a gzip archive: unpack it first.")),
    (b"Rar!", gettext_noop("The file is a RAR archive: unpack it first.")),
    (b"7z\xbc\xaf", gettext_noop("The file is a 7z archive: unpack it first.")),
    (
        b"\x00\x00\x27\x0a",
        gettext_noop("The file is the .shp of a Shapefile alone: zip it with its .shx, .dbf and .prj."),
    ),
    (b"<", gettext_noop("The file is XML, KML or HTML: export GeoJSON from the map program.")),
)
_TRUNCATED = gettext_noop("The file ends too early (after line %(line)d): it was cut off; copy or export it again.")


def read_document(data: bytes) -> dict[str, Any]:
    """Return the JSON object in `data`: UTF-8 with or without BOM, UTF-16 with BOM, or GB18030.

    Refused, each by one sentence: an empty file, other file formats (told by their first
    bytes), bytes that are no text, JSON that ends early or is malformed (line and column),
    NaN and Infinity, nesting too deep to be a map, anything but an object.
    """
    if not data.removeprefix(b"\xef\xbb\xbf").strip(b"\x00 \t\r\n"):
        raise Refusal("grid.empty", gettext_noop("The file is empty: export the cells as GeoJSON again."))
    text = _decoded(data).strip()
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise Refusal(
            "grid.too_deep",
            gettext_noop("The file nests its brackets too deeply to be a map: export it as GeoJSON again."),
        ) from None
    except json.JSONDecodeError as fault:
        _refuse_json(text, fault)
    except ValueError:
        raise Refusal(
            "grid.number_too_long",
            gettext_noop("The file holds a number of thousands of digits: export it as GeoJSON again."),
        ) from None
    if not isinstance(document, dict):
        raise Refusal(
            "grid.not_geojson",
            gettext_noop("The file is JSON but not GeoJSON: it must be one FeatureCollection."),
        )
    return document


def _decoded(data: bytes) -> str:
    for magic, message in _OTHER_FILES:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic):
            raise Refusal("grid.other_format", message)
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as fault:
            if encoding == "utf-8-sig" and fault.reason == "unexpected end of data":
                raise Refusal("grid.truncated", _TRUNCATED, line=data.count(b"\n") + 1) from None
        else:
            if "\x00" not in text:
                return text
    raise Refusal(
        "grid.not_text",
        gettext_noop("The file is not text in UTF-8 or GB18030, so it cannot be GeoJSON: export it as GeoJSON again."),
    )


def _refuse_constant(name: str) -> NoReturn:
    raise Refusal(
        "grid.not_a_number",
        gettext_noop("The file holds %(name)s where a number should be: mend that coordinate and export it again."),
        name=name,
    )


def _refuse_json(text: str, fault: json.JSONDecodeError) -> NoReturn:
    if text.startswith(("{", "[")) and (fault.pos >= len(text) or not text.endswith(("}", "]"))):
        raise Refusal("grid.truncated", _TRUNCATED, line=text.count("\n") + 1) from None
    raise Refusal(
        "grid.not_json",
        gettext_noop("The file is not GeoJSON: line %(line)d, column %(column)d cannot be read as JSON."),
        line=fault.lineno,
        column=fault.colno,
    ) from None
