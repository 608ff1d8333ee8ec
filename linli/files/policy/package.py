"""The ZIP package of a workbook, looked into before any reader unpacks it.

A small file can unpack to terabytes, or hold one cell at XFD1048576 that makes a reader reserve a dense table of
17 thousand million cells. Both are refused here, by sizes that are really inflated, not only declared.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

MAX_UNPACKED = 100 * 2**20
MAX_RATIO = 200
RATIO_FROM = 2**20
MAX_MEMBERS = 1000
BEYOND = 2**16
MAX_COLUMNS, MAX_ROWS = 52, 200_000
LONG_TEXT, MAX_TEXT = 600, 300 * 2**20

TOO_LARGE = gettext_noop(
    "%(name)s unpacks to more than %(limit)s MB, far more than a table needs. Copy the table into a new workbook "
    "and save that as .xlsx."
)
DAMAGED = gettext_noop("%(name)s is cut off or damaged. Open it in Excel or WPS, save it as .xlsx, and send that.")
NOT_A_WORKBOOK = gettext_noop("%(name)s is not an Excel workbook. Save the table as .xlsx (or .csv) and send that.")
HAS_MACROS = gettext_noop("%(name)s holds macros. Save it as a workbook without macros (.xlsx) and send that.")
TOO_WIDE = gettext_noop(
    "Sheet %(sheet)s of %(name)s has something in cell %(cell)s, far outside a table (at most %(columns)s columns and "
    "%(rows)s rows). Delete what stands outside the table and save again."
)

_NOT_NEAR = re.compile(rb"""r="[A-Z](?:[A-Z]|[2-9]\d{5}|\d{7})""")
_FAR = re.compile(rb"""r="(?:[B-Z][A-Z]\d|[A-Z]{3}\d|[A-Z]{1,3}(?:[2-9]\d{5}|\d{7}))""")
_FILLED = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]+)(\d+)["'][^>]*(?<!/)>""")
_FORMULA = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]+\d+)["'][^>]*>\s*<(?:\w+:)?f[\s/>]""")
_FORMULA_MARK = re.compile(rb"<f[> ]")
UNPACKING = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """Return part name → content of the workbook package `data`.

    Refuses what is cut off, encrypted inside, no workbook, with macros, or larger than `MAX_UNPACKED` when
    inflated (or `MAX_RATIO` times its packed size), whatever sizes the package declares.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = inflate(package, Refusal("workbook.too_large", TOO_LARGE, name=name, limit=MAX_UNPACKED // 2**20))
    except UNPACKING as error:
        raise Refusal("workbook.damaged", DAMAGED, name=name) from error
    if "xl/workbook.xml" not in parts:
        raise Refusal("workbook.not_workbook", NOT_A_WORKBOOK, name=name)
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise Refusal("workbook.macros", HAS_MACROS, name=name)
    if any(b"<!DOCTYPE" in content[:1000] for content in parts.values()):
        raise Refusal("workbook.damaged", DAMAGED, name=name)
    _check_texts(parts, name)
    return parts


def inflate(package: zipfile.ZipFile, too_large: Refusal) -> dict[str, bytes]:
    """Return part name → content; raises `too_large` where it unpacks to more than `MAX_UNPACKED`."""
    members = package.infolist()
    left = MAX_UNPACKED
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > left:
        raise too_large
    parts = {}
    for member in members:
        member.file_size = left + BEYOND  # not the declared size: inflate to the real end, or past the limit
        with package.open(member) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0 or (len(content) > RATIO_FROM and len(content) > MAX_RATIO * member.compress_size):
            raise too_large
        parts[member.filename] = content
    return parts


def _check_texts(parts: Mapping[str, bytes], name: str) -> None:
    """Refuse shared texts so long, and cells so many, that copies of the text would fill the memory."""
    longest = max(map(len, parts.get("xl/sharedStrings.xml", b"").split(b"</si>")))
    if longest > LONG_TEXT:
        cells = sum(content.count(b't="s"') for part, content in parts.items() if part.startswith("xl/worksheets/"))
        if longest * cells > MAX_TEXT:
            raise Refusal("workbook.too_large", TOO_LARGE, name=name, limit=MAX_TEXT // 2**20)


def sheet_parts(parts: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """Return sheet name → XML of its cells, in the order of the workbook. Refuses a package without order."""
    try:
        book = ET.fromstring(parts["xl/workbook.xml"])  # noqa: S314 - unpack() refused every DOCTYPE
        links = ET.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314 - the same
    except (KeyError, ET.ParseError) as error:
        raise Refusal("workbook.damaged", DAMAGED, name=name) from error
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    sheets = {}
    for sheet in book.iter():
        link = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        if sheet.tag.endswith("}sheet") and link in targets:
            target = targets[link]
            sheets[sheet.get("name", "")] = parts.get(target.lstrip("/") if target[:1] == "/" else f"xl/{target}", b"")
    return sheets


def check_extent(xml: bytes, sheet: str, name: str) -> None:
    """Refuse a sheet with a filled cell beyond `MAX_COLUMNS` or `MAX_ROWS`. Empty formatted cells do no harm."""
    if (_NOT_NEAR.search(xml) is None or _FAR.search(xml) is None) and b"r='" not in xml:
        return
    for match in _FILLED.finditer(xml):
        letters, row = match[1].decode(), int(match[2])
        if row > MAX_ROWS or column_number(letters) > MAX_COLUMNS:
            raise too_wide(f"{letters}{row}", sheet, name)


def too_wide(cell: str, sheet: str, name: str) -> Refusal:
    """Return the refusal of a filled `cell` beyond `MAX_COLUMNS` or `MAX_ROWS`."""
    return Refusal("workbook.too_wide", TOO_WIDE, name=name, sheet=sheet, cell=cell, columns=MAX_COLUMNS, rows=MAX_ROWS)


def address(row: int, column: int) -> str:
    """Return the A1 address of the 0-based `row` and `column`."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def column_number(letters: str) -> int:
    """Return the 1-based number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def formula_cells(xml: bytes) -> frozenset[str]:
    """Return the A1 addresses of the cells that hold a formula."""
    prefixed = b"<worksheet" not in xml[:2000]
    if prefixed or _FORMULA_MARK.search(xml):
        return frozenset(match[1].decode() for match in _FORMULA.finditer(xml))
    return frozenset()
