"""Zipped Shapefiles and GeoPackages, written by GDAL and read back."""

from __future__ import annotations

import sqlite3
import sys
import time
import zipfile

import numpy as np
import pyproj
import pytest
import shapely

from linli.lib.errors import Refusal
from linli.places.policy import archive
from linli.places.policy.features import read_cells
from linli.places.policy.projection import to_degrees
from linli.places.policy.report import as_geojson
from linli.places.policy.survey import survey
from tests.places.making import geojson, squares
from tests.places.mapfiles import CURVED_LAYER, curved, geopackage, shapefile, zipped
from tests.places.policy.maps import bricks, jittered_grid, merged, placed, square_metres

SQUARES = list(squares().values())
CODES = {"code": list(squares())}


def written(kind: str, shapes, fields, crs="EPSG:4490", **more) -> bytes:
    if kind == "GeoPackage":
        return geopackage(shapes, fields, crs, **more)
    return zipped(shapefile(shapes, fields, crs, **more))


def refused(data: bytes, **options) -> str:
    with pytest.raises(Refusal) as caught:
        read_cells(data, **options)
    said = str(caught.value)
    assert said.endswith(".")
    assert len(said) < 300
    return said


KINDS = pytest.mark.parametrize("kind", ["Shapefile", "GeoPackage"])


@KINDS
@pytest.mark.parametrize("fault", ["none", "a cell missing", "an overlap", "a bow"])
def test_the_same_cells_give_the_same_report(kind, fault):
    plane = merged(jittered_grid(6, 6, 4), [[0, 35], [7, 8, 9, 13, 15, 19, 20, 21]])  # far parts; a ring with a hole
    shapes = list(placed(plane)) if fault != "a cell missing" else list(np.delete(placed(plane), 3))
    shapes[2] = shapes[2].reverse()
    if fault == "an overlap":
        shapes[4] = shapes[4].buffer(0.0001, join_style="mitre")
    if fault == "a bow":
        corners = shapely.get_coordinates(shapes[5])
        shapes[5] = shapely.Polygon(corners[[0, 2, 1, 3]])
    codes = [f"G{number}" for number in range(len(shapes))]
    names = [f"第{number}网格" for number in range(len(shapes))]
    own = read_cells(
        written(
            kind, shapes, {"code": codes, "名称": names}, geometry_type="Unknown" if kind == "GeoPackage" else "Polygon"
        )
    )
    given = read_cells(geojson(dict(zip(codes, shapes, strict=True))))
    assert own.ids == given.ids
    assert own.names == tuple(names)
    assert own.declared
    assert not given.declared
    mine, theirs = survey(own).report, survey(given).report
    assert mine.is_sound is (fault == "none") is theirs.is_sound or fault == "a cell missing"
    assert [fault.kind for fault in mine.faults] == [fault.kind for fault in theirs.faults]
    assert [fault.area for fault in mine.faults] == pytest.approx([fault.area for fault in theirs.faults], rel=1e-6)
    assert mine.area == pytest.approx(theirs.area, rel=1e-9)
    assert as_geojson(mine, mends=[""] * len(mine.faults))["type"] == "FeatureCollection"


@KINDS
@pytest.mark.parametrize(
    ("crs", "lon", "lat"),
    [
        ("EPSG:4547", 113.8, 28.2),  # CGCS2000, 3-degree zone by its meridian
        ("EPSG:4526", 113.8, 28.2),  # the same with the zone's number before the metres
        ("EPSG:32649", 111.2, 30.6),  # UTM
        ("EPSG:3857", 114.3, 30.6),  # Web Mercator
        ("EPSG:2193", 174.8, -41.3),  # New Zealand
        ("EPSG:31983", -46.6, -23.5),  # São Paulo
        ("EPSG:3006", 20.2, 67.85),  # Kiruna
        ("EPSG:27700", -3.2, 55.95),  # Edinburgh, on a datum of its own
    ],
)
def test_projections_of_any_country_are_moved_to_degrees(kind, crs, lon, lat):
    shapes = placed(bricks(6, 5), lon=lon, lat=lat, decimals=None)
    way = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    metric = shapely.transform(shapes, lambda points: np.stack(way.transform(*points.T), axis=1))
    cells = read_cells(written(kind, list(metric), {"code": [f"G{n}" for n in range(len(shapes))]}, crs))
    assert cells.declared
    assert shapely.hausdorff_distance(cells.shapes, shapes).max() < 5e-5  # a datum's shift may differ by metres
    report = survey(cells).report
    assert report.is_sound, report.counts()
    assert report.area == pytest.approx(sum(map(square_metres, shapes)), rel=1e-4)


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:4547", "EPSG:3006"])
@pytest.mark.parametrize("step", [100, 5_000, 20_000])
def test_long_edges_that_are_straight_in_their_projection_stay_closed(crs, step):
    start = {"EPSG:3857": (12_723_000, 3_580_000), "EPSG:4547": (400_000, 3_400_000), "EPSG:3006": (850_000, 7_500_000)}
    turn = np.array([[0.8, 0.6], [-0.6, 0.8]])
    shapes = shapely.transform(bricks(4, 4, step=step), lambda points: np.round(points @ turn + start[crs], 3))
    cells = read_cells(geopackage(list(shapes), {"code": [f"G{n}" for n in range(len(shapes))]}, crs))
    assert survey(cells).report.is_sound


def test_a_map_that_would_need_millions_of_corners_gets_none():
    wide = np.array([shapely.box(0, 0, 1.9e7, 1.9e7)] * 70, dtype=object)
    assert shapely.get_num_coordinates(to_degrees(wide, "EPSG:3857")).max() == 5
    assert shapely.get_num_coordinates(to_degrees(wide[:1], "EPSG:3857")).max() > 10_000


@pytest.mark.parametrize("crs", ["junk", "EPSG:4978", 'LOCAL_CS["x",UNIT["m",1]]'])
def test_what_is_no_system_of_the_surface_is_refused(crs):
    with pytest.raises(Refusal, match="none of the Earth"):
        to_degrees(np.array(SQUARES), crs)


@KINDS
@pytest.mark.parametrize(("lon", "lat"), [(-58.4, -34.6), (18.9, 69.6), (0.0, 0.0), (-0.0005, 51.47)])
def test_degrees_of_any_country_stay_as_they_are(kind, lon, lat):
    shapes = placed(jittered_grid(4, 4, 2), lon=lon, lat=lat)
    cells = read_cells(written(kind, list(shapes), {"code": [f"G{n}" for n in range(16)]}, "EPSG:4326"))
    assert shapely.equals(cells.shapes, shapes).all()
    assert survey(cells).report.is_sound


def test_heights_and_measures_are_dropped():
    high = [shapely.force_3d(shape, 12.5) for shape in SQUARES]
    measured = [
        shapely.to_wkb(shapely.force_3d(shape, 3.0), flavor="iso").replace(struct_type(1003), struct_type(2003), 1)
        for shape in SQUARES
    ]
    for shapes, kind in ((high, "2.5D Polygon"), (measured, "Unknown")):
        cells = read_cells(geopackage(shapes, CODES, geometry_type=kind))
        assert not shapely.has_z(cells.shapes).any()
        assert shapely.equals(cells.shapes, SQUARES).all()
    cells = read_cells(zipped(shapefile(high, CODES, geometry_type="2.5D Polygon")))
    assert not shapely.has_z(cells.shapes).any()


def struct_type(number: int) -> bytes:
    return number.to_bytes(4, "little")


@KINDS
def test_names_and_codes_may_be_missing_or_numbers(kind):
    nameless = read_cells(written(kind, SQUARES, {"colour": ["r", "g", "b", "y"]}))
    assert nameless.ids == ("#1", "#2", "#3", "#4")
    numbered = read_cells(written(kind, SQUARES, {"code": [430102001.0, 2.0, 3.5, float("nan")]}))
    assert numbered.ids == ("430102001", "2", "3.5", "#4")
    mixed = read_cells(written(kind, SQUARES, {"code": ["a", None, "c", ""], "places": ["B1,B2", None, "", "B3"]}))
    assert mixed.ids == ("a", "#2", "c", "#4")
    assert mixed.places == (("B1", "B2"), (), (), ("B3",))
    assert read_cells(written(kind, SQUARES, {"own": [1, 2, 3, 4]}), identify="OWN").ids == ("1", "2", "3", "4")
    assert read_cells(written(kind, SQUARES, {"code": list("aabb")}), identify="#").ids == ("#1", "#2", "#3", "#4")


def test_an_arc_is_read_as_the_lines_that_gdal_draws_for_it():
    for sql in ([curved()], [*CURVED_LAYER, curved()]):
        circle = read_cells(geopackage(SQUARES, CODES, sql=sql)).shapes[0]
        assert circle.area == pytest.approx(np.pi * 0.001**2 * 2, rel=0.002)


def test_a_shapefile_keeps_ten_bytes_of_a_name():
    parts = shapefile(SQUARES, {"网格编码": list("abcd"), "网格名称": list("甲乙丙丁"), "所含地点": ["B1", "", "", ""]})
    cells = read_cells(zipped(parts))
    assert (cells.ids, cells.names, cells.places[0]) == (tuple("abcd"), tuple("甲乙丙丁"), ("B1",))
    assert read_cells(
        zipped(shapefile(SQUARES, {"building_code": list("wxyz")})), identify="building_code"
    ).ids == tuple("wxyz")


@pytest.mark.parametrize("told", ["by .cpg", "by the number of the code page", "by the header", "nowhere", "wrongly"])
@pytest.mark.parametrize("encoding", ["UTF-8", "GBK"])
def test_encodings_of_the_table(told, encoding):
    names = ["东湖第一网格", "东湖第二网格", "甲", "plain"]
    parts = shapefile(SQUARES, CODES | {"名称": names}, encoding=encoding)
    dbf = bytearray(parts["cells.dbf"])
    dbf[29] = 0x4D if told == "by the header" and encoding == "GBK" else 0
    parts["cells.dbf"] = bytes(dbf)
    parts["cells.cpg"] = encoding.encode()
    if told == "by the number of the code page":
        parts["cells.cpg"] = b"936" if encoding == "GBK" else b"65001"
    elif told == "wrongly":
        parts["cells.cpg"] = b"UTF-8" if encoding == "GBK" else b"klingon"
    elif told != "by .cpg":
        del parts["cells.cpg"]
    assert read_cells(zipped(parts)).names == tuple(names)


def test_code_pages_of_other_countries_are_read():
    parts = shapefile(SQUARES, CODES | {"name": ["Straße", "Malmö", "x", "y"]}, encoding="ISO-8859-1")
    for told in (b"88591", b"ISO 8859-1", b"ANSI 1252", b"1252"):
        assert read_cells(zipped(parts | {"cells.cpg": told})).names[:2] == ("Straße", "Malmö"), told


def test_a_name_cut_off_inside_a_character_is_read_up_to_there():
    parts = shapefile(SQUARES, CODES | {"name": ["网格甲", "网格乙", "x", "y"]})
    cut = parts["cells.dbf"].replace("网格甲".encode(), "网格甲".encode()[:-1] + b" ")
    assert read_cells(zipped(parts | {"cells.dbf": cut})).names[0] in {"网格", "网格甲"}


def test_a_table_in_no_known_encoding_is_refused():
    parts = shapefile(SQUARES, CODES | {"name": ["AAAAAA", "b", "c", "d"]})
    broken = parts["cells.dbf"].replace(b"AAAAAA", b"\xff\xff\xff\xff\xff\xff")
    assert ".dbf" in refused(zipped(parts | {"cells.dbf": broken}))


def test_layers_are_chosen_by_name():
    two = geopackage(SQUARES, CODES, layers=["cells", "outline"], points="wells")
    with pytest.raises(Refusal, match="several layers.*: cells, outline") as asked:
        read_cells(two)
    assert asked.value.field == "layer"
    assert asked.value.values["choices"] == ["cells", "outline"]
    assert read_cells(two, layer="Outline").ids == tuple(squares())
    assert "no layer roads" in refused(two, layer="roads")
    assert "no layer wells" in refused(two, layer="wells")
    assert read_cells(geopackage(SQUARES, CODES, points="wells")).ids == tuple(squares())
    many = {f"old/{name}": part for name, part in shapefile(SQUARES, CODES).items()}
    many |= {f"new/{name}": part for name, part in shapefile(SQUARES[:2], {"code": ["x", "y"]}).items()}
    assert "old/cells.shp, new/cells.shp" in refused(zipped(many))
    assert read_cells(zipped(many), layer="new/cells.shp").ids == ("x", "y")
    mixed = shapefile(SQUARES, CODES) | {"edge.geojson": geojson(squares()), "all.gpkg": two}
    assert "all" in refused(zipped(mixed))
    assert read_cells(zipped(mixed), layer="edge").ids == tuple(squares())
    assert "cells, outline" in refused(zipped(mixed), layer="all")
    assert read_cells(zipped({"all.gpkg": two}), layer="cells").ids == tuple(squares())
    assert "no layer x" in refused(zipped(shapefile(SQUARES, CODES)), layer="x")


@pytest.mark.parametrize("name", ["网格".encode("gbk"), b"\xff\xff\xff\xff", "café".encode("cp437")])
def test_names_in_a_zip_may_be_in_any_encoding(name):
    parts = shapefile(SQUARES, CODES, stem="A" * len(name)) | shapefile(SQUARES, CODES, stem="other")
    data = zipped(parts).replace(b"A" * len(name), name)
    assert read_cells(data, layer="other").ids == tuple(squares())
    assert ("网格" in refused(data)) is (name == "网格".encode("gbk"))


def test_what_else_lies_in_the_zip_is_left():
    parts = {f"网格/{name.upper()}": part for name, part in shapefile(SQUARES, CODES).items()}
    more = {"__MACOSX/._cells.shp": b"x", "网格/.DS_Store": b"x", "readme.txt": b"x", "网格/CELLS.shp.xml": b"<x/>"}
    assert read_cells(zipped(parts | more)).ids == tuple(squares())


def cut_short(parts: dict[str, bytes], suffix: str, size: int) -> dict[str, bytes]:
    return parts | {f"cells{suffix}": parts[f"cells{suffix}"][:size]}


def without(*suffixes: str) -> bytes:
    parts = shapefile(SQUARES, CODES)
    return zipped({name: part for name, part in parts.items() if not name.endswith(suffixes)})


def locked() -> bytes:
    data = bytearray(zipped(shapefile(SQUARES, CODES)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    return bytes(data)


def other_database() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE roster (name TEXT)")
    return database.serialize()


def looped() -> bytes:
    """A GeoPackage whose layer is a view that never ends."""
    forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, geom FROM n, keep"
    return geopackage(SQUARES, CODES, sql=["ALTER TABLE cells RENAME TO keep", f"CREATE VIEW cells AS {forever}"])


METRES = [shapely.box(500000 + 100 * n, 3120000, 500100 + 100 * n, 3120100) for n in range(4)]
GOOD = shapefile(SQUARES, CODES)
TROUBLES = {
    "a zip of nothing of a map": (lambda: zipped({"a.txt": b"x"}), "no map"),
    "a workbook": (lambda: zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "Excel"),
    "a KMZ": (lambda: zipped({"doc.kml": b"<kml/>"}), "KMZ"),
    "a file geodatabase": (lambda: zipped({"x.gdb/a00000001.gdbtable": b"x"}), "geodatabase"),
    "no .shp": (lambda: without(".shp"), "no .shp"),
    "no .dbf": (lambda: without(".dbf"), ".dbf"),
    "no .shx and no .dbf": (lambda: without(".dbf", ".shx"), ".shx, .dbf"),
    "no .prj, metres": (
        lambda: zipped({k: v for k, v in shapefile(METRES, CODES, "EPSG:4547").items() if ".prj" not in k}),
        "add its .prj",
    ),
    "a .prj of nonsense": (lambda: zipped(GOOD | {"cells.prj": b'LOCAL_CS["x",UNIT["m",1]]'}), "coordinate system"),
    "Xian 1980": (lambda: written("GeoPackage", METRES, CODES, "EPSG:2383"), "Xian 1980"),
    "Beijing 1954": (lambda: written("Shapefile", SQUARES, CODES, "EPSG:4214"), "Beijing 1954"),
    "the wrong zone": (
        lambda: written("GeoPackage", [shapely.affinity.translate(each, 1e9) for each in METRES], CODES, "EPSG:4547"),
        "zone",
    ),
    "metres called degrees": (lambda: written("GeoPackage", METRES, CODES, "EPSG:4326"), "in metres"),
    "metres called degrees of another datum": (
        lambda: written("GeoPackage", METRES, CODES, "EPSG:4258"),
        "not longitude",
    ),
    "nonsense for metres": (
        lambda: written("GeoPackage", [shapely.box(0, 0, 1e300, 1e300)] * 4, CODES, "EPSG:3857"),
        "outside the projection",
    ),
    "latitude first": (
        lambda: written(
            "GeoPackage", [shapely.transform(each, lambda p: p[:, ::-1]) for each in SQUARES], CODES, "EPSG:4326"
        ),
        "latitude first",
    ),
    "a password": (locked, "password"),
    "half a zip": (lambda: zipped(GOOD)[:400], "damaged"),
    "a zip with a wrong checksum": (
        lambda: zipped(GOOD, zipfile.ZIP_STORED).replace(b"\x00\x00\x27\x0a", b"\x00\x00\x27\x0b"),
        "damaged",
    ),
    "records without end": (
        lambda: zipped(GOOD | {"cells.dbf": GOOD["cells.dbf"][:4] + b"\xff" * 4 + GOOD["cells.dbf"][8:]}),
        ".dbf is cut off",
    ),
    "rows deleted in a table program": (
        lambda: zipped(GOOD | {"cells.dbf": shapefile(SQUARES[:2], {"code": ["G00", "G01"]})["cells.dbf"]}),
        "4 shapes, its .dbf 2 rows",
    ),
    "a bomb": (lambda: zipped(GOOD | {"cells.dbf": bytes(archive.MAX_UNPACKED)}), "300 MB"),
    "a bomb of GeoJSON": (lambda: zipped({"a.geojson": bytes(archive.MAX_TEXT + 1)}), "100 MB"),
    "a way out": (lambda: zipped({f"../../{name}": part for name, part in GOOD.items()}), "out of its folder"),
    "a way out by Windows": (
        lambda: zipped({f"C:\\x\\{name}": part for name, part in GOOD.items()}),
        "out of its folder",
    ),
    "half a .shp": (lambda: zipped(cut_short(GOOD, ".shp", 60)), "damaged"),
    "a .shp of junk": (lambda: zipped(GOOD | {"cells.shp": b"x" * 500}), "damaged"),
    "half a .shx": (lambda: zipped(cut_short(GOOD, ".shx", 20)), "damaged"),
    "half a .dbf": (lambda: zipped(cut_short(GOOD, ".dbf", 10)), "damaged"),
    "the .shp alone": (lambda: GOOD["cells.shp"], "zip it with"),
    "a map of points": (
        lambda: zipped(shapefile([shapely.Point(1, 1)] * 4, CODES, geometry_type="Point")),
        "no layer of areas (only: Point)",
    ),
    "only layers of points": (lambda: geopackage([], {"code": []}, layers=[], points="wells"), "no layer of areas"),
    "a point among areas": (
        lambda: geopackage([*SQUARES[:3], shapely.Point(1, 1)], CODES, geometry_type="Unknown"),
        "Feature 4 (G11) is a Point",
    ),
    "an empty layer": (lambda: geopackage([], {"code": []}), "no features"),
    "an empty Shapefile": (lambda: zipped(shapefile([], {"code": []})), "no features"),
    "no outline": (lambda: geopackage([*SQUARES[:3], None], CODES), "Feature 4 (G11) has no outline"),
    "an empty outline": (
        lambda: geopackage([*SQUARES[:3], shapely.Polygon()], CODES),
        "Feature 4 (G11) has no outline",
    ),
    "the same code twice": (lambda: geopackage(SQUARES, {"code": list("abca")}), "Features 1 and 4"),
    "another database": (other_database, "not a GeoPackage"),
    "half a GeoPackage": (lambda: geopackage(SQUARES, CODES)[:30_000], "damaged"),
    "junk called a database": (lambda: b"SQLite format 3\x00" + b"x" * 5000, "damaged"),
    "a view that never ends": (looped, "no layer of areas"),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_each_trouble_is_one_sentence(name):
    make, words = TROUBLES[name]
    assert words in refused(make())


def test_without_the_library_the_sentence_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    assert "pyogrio is missing" in refused(geopackage(SQUARES, CODES))
    assert read_cells(geojson(squares())).ids == tuple(squares())


@KINDS
def test_nothing_stays_in_the_folder_for_temporary_files(kind, monkeypatch, tmp_path):
    data = written(kind, SQUARES, CODES)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read_cells(data)
    refused(data[: len(data) // 2])
    assert list(tmp_path.iterdir()) == []


@KINDS
@pytest.mark.parametrize("count", [3_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_large_files(kind, count):
    rows = int(count**0.5)
    columns, odd = count // rows, count % rows
    shapes = list(placed(bricks(rows, columns), lat=46.9, lon=7.4))
    assert odd < columns * 2
    data = written(kind, shapes, {"code": [f"G{n}" for n in range(len(shapes))], "name": ["格"] * len(shapes)})
    began = time.perf_counter()
    cells = read_cells(data)
    print(f"{kind}: {len(shapes)} cells, {len(data) / 2**20:.1f} MB, {time.perf_counter() - began:.1f} s")
    assert len(cells.ids) == len(shapes)
    assert time.perf_counter() - began < 60
