"""Bad files: what people send by mistake, and what somebody may send on purpose."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tests.members.policy.books import book, rezip
from tests.places.making import box
from tests.places.mapfiles import geopackage, shapefile, zipped

PNG = b"\x89PNG\r\n\x1a\n"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
NAME, PLACE = ["姓名", "入党日期", "党支部"], ["类别", "编码", "名称", "上级编码"]


@dataclass(frozen=True)
class Bad:
    """A file of this name and content; `content` makes it once."""

    name: str
    content: Callable[[], bytes]


def _junk(size: int, begin: bytes = b"") -> Callable[[], bytes]:
    return lambda: begin + random.Random(1).randbytes(size)


def _member(*rows: list[Any], **more: Any) -> Callable[[], bytes]:
    return lambda: book([NAME, *rows], **more)


def _places(*rows: list[Any]) -> Callable[[], bytes]:
    return lambda: book([PLACE, *rows])


def _part(name: str, content: bytes) -> Callable[[], bytes]:
    """A workbook in which one part says something else."""
    return lambda: rezip(
        book([NAME, ["张三", "1999-7-1", "组织BY1"]]), lambda parts: parts | {name: content}, zipfile.ZIP_DEFLATED
    )


def _merged_for_ever() -> bytes:
    xml = b'</sheetData><mergeCells count="1">' + b'<mergeCell ref="A1:XFD1048576"/>' * 500 + b"</mergeCells>"
    sheet = "xl/worksheets/sheet1.xml"
    return rezip(
        book([NAME, ["张三", "1999-7-1", "组织BY1"]]),
        lambda parts: parts | {sheet: parts[sheet].replace(b"</sheetData>", xml)},
    )


def collection(*geometries: Any, crs: Any = None, codes: str = "abcdef") -> bytes:
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
        for code, geometry in zip(codes, geometries, strict=False)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features} | ({"crs": crs} if crs else {})).encode()


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def ring(*points: tuple[float, float]) -> list[list[float]]:
    return [list(point) for point in (*points, points[0])]


def square(column: float = 0, row: float = 0) -> dict[str, Any]:
    return polygon([list(point) for point in box(column, row).exterior.coords])


BOW = polygon(ring((112.9, 28.2), (112.902, 28.202), (112.902, 28.2), (112.9, 28.202)))
METRES = polygon(ring((12567000, 3270000), (12567200, 3270000), (12567200, 3270200), (12567000, 3270200)))
SWAPPED = polygon(ring((28.2, 112.9), (28.2, 112.902), (28.202, 112.902), (28.202, 112.9)))


def _text(words: str, *, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: words.encode(encoding)


NOBODY_READS: dict[str, Bad] = {
    "empty": Bad("a.xlsx", bytes),
    "blank": Bad("a.csv", lambda: b" \r\n\t \n"),
    "NULs": Bad("a.csv", lambda: bytes(1000)),
    "10 MB of junk": Bad("a.xlsx", _junk(10 * 2**20)),
    "10 MB of junk that begins like a zip": Bad("a.xlsx", _junk(10 * 2**20, b"PK\x03\x04")),
    "10 MB of junk called CSV": Bad("a.csv", _junk(10 * 2**20)),
    "10 MB of brackets": Bad("a.json", lambda: b"[" * (10 * 2**20)),
    "a PNG that is not one": Bad("a.png", lambda: PNG + bytes(100)),
    "HTML called Excel": Bad("a.xlsx", _text("<html><table><tr><td>姓名</td></tr></table></html>")),
    "CSV called Excel": Bad("a.xlsx", _text("姓名,入党日期\n张三,1999-7-1\n")),
    "old Excel": Bad("a.xls", lambda: OLE + bytes(4096)),
    "Excel with a password": Bad("a.xlsx", lambda: OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le")),
    "half a workbook": Bad("a.xlsx", lambda: _member(["张三", "1999-7-1", "组织BY1"])()[:3000]),
    "zip bomb": Bad("a.xlsx", _part("xl/worksheets/sheet1.xml", b" " * (120 * 2**20))),
    "merged over the whole sheet, often": Bad("a.xlsx", _merged_for_ever),
    "an entity": Bad("a.xlsx", _part("xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "a">]><worksheet/>')),
    "a sheet cut off inside": Bad("a.xlsx", _part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c")),
    "a Word file": Bad("a.xlsx", lambda: _zip({"word/document.xml": b"<x/>"})),
    "a cell at the end of the world": Bad(
        "a.xlsx", _member(more=lambda workbook: workbook.active.cell(1_048_576, 16_384, "x"))
    ),
    "a workbook without content": Bad("a.xlsx", lambda: book([])),
    "a workbook of something else": Bad("a.xlsx", lambda: book([["a", "b"], [1, 2]])),
    "a CSV of one field of 200,000 signs": Bad("a.csv", _text('姓名,入党日期\n"' + "张" * 200_000 + '",1999\n')),
    "a CSV as wide as it is long": Bad("a.csv", lambda: b"x," * 10**6 + b"x\n" * 10**6),
    "JSON that is no map": Bad("a.geojson", _text('{"a": 1}')),
    "a proof that says nothing": Bad("a.json", _text('{"format": "linli-proof-1"}')),
}
"""Wrong for every command and form that reads a file."""


def _zip(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


ROSTERS: dict[str, tuple[Bad, int]] = {
    "formulas": (Bad("a.xlsx", _member(["=1+1", "1999-7-1", "组织BY1"])), 1),
    "the same number twice": (
        Bad(
            "a.xlsx",
            lambda: book(
                [["党员编号", *NAME], ["N1", "张三", "1999-7-1", "组织BY1"], ["Ｎ１", "李四", "1999-7-1", "组织BY1"]]
            ),
        ),
        1,
    ),
    "a day that never was": (Bad("a.xlsx", _member(["张三", "1999-2-30", "组织BY1"])), 1),
    "a day in 9999": (
        Bad("a.xlsx", lambda: book([[*NAME, "出生日期"], ["张三", "1999-7-1", "组织BY1", date(9999, 12, 31)]])),
        1,
    ),
    "a day in 1899": (Bad("a.csv", _text("姓名,入党日期,党支部\n张三,1899-1-1,组织BY1\n")), 1),
    "only the header": (Bad("a.xlsx", _member()), 2),
    "two columns for one thing": (Bad("a.xlsx", lambda: book([["姓名", "姓名", "入党日期", "党支部"]])), 2),
    "formats that openpyxl cannot read": (
        Bad(
            "a.xlsx",
            _part(
                "xl/styles.xml",
                b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fills>'
                b'<fill><patternFill patternType="nonsense"/></fill></fills></styleSheet>',
            ),
        ),
        0,
    ),
    "five forms of a date": (
        Bad(
            "a.xlsx",
            _member(
                *(
                    [f"张{who}", day, "组织BY1"]
                    for who, day in zip(
                        "甲乙丙丁戊", ["2001年7月1日", "2001.7.1", "2001/07/01", "20010701", 37073], strict=True
                    )
                )
            ),
        ),
        0,
    ),
    "GB18030": (Bad("a.csv", _text("姓名,入党日期,党支部\n张三,1999-7-1,组织BY1\n", encoding="gb18030")), 0),
    "UTF-16": (Bad("a.csv", _text("姓名\t入党日期\t党支部\n张三\t1999-7-1\t组织BY1\n", encoding="utf-16")), 0),
    "blank rows and a sum": (Bad("a.xlsx", _member(["张三", "1999-7-1", "组织BY1"], [], [None, None], ["合计", 1])), 0),
    "headings merged over two rows": (
        Bad(
            "a.xlsx",
            lambda: book(
                [["名册", None, None], ["基本情况", None, "组织"], NAME, ["张三", "1999-7-1", "组织BY1"]],
                ["A1:C1", "A2:B2"],
            ),
        ),
        0,
    ),
}
PLACES: dict[str, tuple[Bad, int]] = {
    "formulas": (Bad("a.xlsx", _places(["街道", "=1+1", "某街道", ""])), 1),
    "the same code twice": (Bad("a.xlsx", _places(["街道", "Z", "某街道", ""], ["社区", "Z", "某社区", "Z"])), 1),
    "places in a circle": (Bad("a.xlsx", _places(["社区", "Z1", "甲", "Z2"], ["社区", "Z2", "乙", "Z1"])), 1),
    "days where words belong": (Bad("a.xlsx", _places([date(2020, 1, 1), True, 1e300, -5])), 1),
    "no such place above": (Bad("a.csv", _text("类别,编码,名称,上级编码\n社区,Z1,甲,Z9\n", encoding="gb18030")), 1),
}


def _shapefile(fields: dict[str, list[str]], without: str = "?", bomb: bytes = b"", **more: Any) -> bytes:
    parts = shapefile([box(0, 0)], fields, **more) | ({"cells.dbf": bomb} if bomb else {})
    return zipped({name: part for name, part in parts.items() if not name.endswith(without)})


def _database() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE roster (name TEXT)")
    return database.serialize()


MAPS: dict[str, tuple[Bad, int]] = {
    name: (Bad("a.geojson", content if callable(content) else (lambda data=content: data)), code)
    for name, content, code in (
        ("no features", collection(), 2),
        ("features of null", _text('{"type": "FeatureCollection", "features": null}'), 2),
        ("a type that is a list", _text('{"type": ["FeatureCollection"]}'), 2),
        ("TopoJSON", _text('{"type": "Topology", "objects": {}, "arcs": []}'), 2),
        ("null geometry", collection(None), 2),
        ("a point", collection({"type": "Point", "coordinates": [112.9, 28.2]}), 2),
        ("one bare geometry without a code", lambda: json.dumps(square()).encode(), 2),
        ("a ring that crosses itself", collection(BOW), 1),
        ("a ring without area", collection(polygon([[112.9, 28.2]] * 5)), 1),
        ("a ring left open", collection(polygon([[112.9, 28.2], [112.91, 28.2], [112.91, 28.21], [112.9, 28.21]])), 2),
        ("50 levels of brackets", collection(polygon(json.loads("[" * 50 + "1" + "]" * 50))), 2),
        ("the same code twice", collection(square(0), square(1), codes="aa"), 2),
        ("latitude first", collection(SWAPPED), 2),
        ("metres", collection(METRES), 2),
        ("another coordinate system", collection(square(), crs={"properties": {"name": "EPSG:3857"}}), 2),
        ("NaN", lambda: collection(square()).replace(b"28.2,", b"NaN,").replace(b"28.2]", b"NaN]"), 2),
        ("Infinity", lambda: collection(square()).replace(b"28.2]", b"Infinity]"), 2),
        ("1e999", lambda: collection(square()).replace(b"28.2]", b"1e999]"), 2),
        ("a number of 5,000 digits", lambda: collection(square()).replace(b"28.2]", b"1" * 5000 + b"]"), 2),
        ("coordinates as text", collection(polygon([["112.9", "28.2"]] * 5)), 2),
        ("broken characters", lambda: collection(square()).replace(b'"a"', b'"\\ud800"'), 2),
        ("a code of 10,000 signs", lambda: collection(square()).replace(b'"a"', b'"' + b"x" * 10_000 + b'"'), 2),
        ("cut off", lambda: collection(square())[:80], 2),
        ("two documents", lambda: collection(square()) + b"\n" + collection(square()), 2),
        ("an overlap", collection(square(0), square(0.5)), 1),
        (
            "a hole",
            collection(
                polygon(*square()["coordinates"], ring((112.9005, 28.2005), (112.9005, 28.201), (112.901, 28.201)))
            ),
            1,
        ),
        ("BOM", lambda: b"\xef\xbb\xbf" + collection(square()), 0),
        ("GB18030", lambda: collection(square()).decode().replace('"a"', '"网格"').encode("gb18030"), 0),
        (
            "heights, both windings",
            collection(square(0), polygon([[*point, 5.0] for point in square(1)["coordinates"][0][::-1]])),
            0,
        ),
        ("a GeoPackage", lambda: geopackage([box(0, 0)], {"code": ["a"]}), 0),
        ("a zipped Shapefile with GBK", lambda: _shapefile({"code": ["网格"]}, encoding="GBK"), 0),
        ("half a GeoPackage", lambda: geopackage([box(0, 0)], {"code": ["a"]})[:20_000], 2),
        ("a Shapefile without its table", lambda: _shapefile({"code": ["a"]}, without=".dbf"), 2),
        ("a Shapefile that unpacks to 301 MB", lambda: _shapefile({"code": ["a"]}, bomb=bytes(301 * 2**20)), 2),
        ("a Shapefile in Xian 1980", lambda: _shapefile({"code": ["a"]}, crs="EPSG:4610"), 2),
        ("a roster that is an SQLite file", _database, 2),
    )
}


@cache
def made(bad: Bad) -> bytes:
    return bad.content()
