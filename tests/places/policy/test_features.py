from __future__ import annotations

import io
import itertools
import json
import random
import zipfile

import pytest
import shapely

from linli.lib.errors import Refusal
from linli.places.policy.features import read_cells

RING = [[114.1, 30.1], [114.2, 30.1], [114.2, 30.2], [114.1, 30.2], [114.1, 30.1]]
HOLE = [[114.12, 30.12], [114.14, 30.12], [114.14, 30.14], [114.12, 30.12]]


def feature(coordinates=None, kind="Polygon", **more):
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates or [RING]},
        "properties": {},
        **more,
    }


def collection(*features, **more) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}, ensure_ascii=False).encode()


def refused(data: bytes, **options) -> str:
    with pytest.raises(Refusal) as caught:
        read_cells(data, **options)
    said = str(caught.value)
    assert said.endswith(".")
    assert len(said) < 300
    return said


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


def test_polygons_multipolygons_holes_heights_and_winding():
    high = [[x, y, 12.5] for x, y in RING]
    cells = read_cells(
        collection(
            feature([RING, HOLE]),
            feature([RING[::-1], HOLE[::-1]]),
            feature([high]),
            feature([[RING], [high]], "MultiPolygon"),
        )
    )
    assert cells.ids == ("#1", "#2", "#3", "#4")
    assert [len(shape.interiors) for shape in cells.shapes[:3]] == [1, 1, 0]
    assert not shapely.has_z(cells.shapes).any()
    assert cells.shapes[3].geom_type == "MultiPolygon"


@pytest.mark.parametrize(
    "document",
    [
        feature(),
        feature()["geometry"],
        {"type": "GeometryCollection", "geometries": [feature()["geometry"]]},
        feature(geometry={"type": "GeometryCollection", "geometries": [feature()["geometry"]]}),
        {
            "type": "FeatureCollection",
            "features": [feature()],
            "crs": {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        },
    ],
)
def test_other_roots_are_read(document):
    cells = read_cells(json.dumps(document).encode())
    assert len(cells.ids) == 1
    assert shapely.area(cells.shapes).sum() == pytest.approx(0.01)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding):
    data = collection(feature(id=7, properties={"名称": "东湖第一网格"})).decode().encode(encoding)
    cells = read_cells(data)
    assert cells.ids == ("7",)
    assert cells.names == ("东湖第一网格",)


def test_identifiers_come_from_id_then_properties_then_number():
    features = [
        feature(id="A"),
        feature(properties={"Code": "B"}),
        feature(properties={"编号": 3}),
        feature(properties=None),
    ]
    assert read_cells(collection(*features)).ids == ("A", "B", "3", "#4")
    assert read_cells(collection(*features), identify="#").ids == ("#1", "#2", "#3", "#4")
    assert read_cells(collection(feature(id=1, properties={"own": "x"})), identify="own").ids == ("x",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (collection(feature())[:-20], "cut off"),
        (collection(feature(properties={"n": "网格"}))[:-1], "cut off"),
        ('{"type":"FeatureCollection","name":"网'.encode()[:-1], "cut off"),
        (b'{"type": "FeatureCollection", "features": [,]}', "line 1, column 4"),
        (b"name;code\n1;2\n", "cannot be read as JSON"),
        (b"[1, 2]", "not GeoJSON"),
        (b"3", "not GeoJSON"),
        (b'{"type": "Topology"}', "Topology"),
        (b'{"type": "FeatureCollection"}', "FeatureCollection"),
        (collection(), "no features"),
        (collection(3), "Item 1"),
        (zipped("cells.shp"), ".shx, .dbf"),
        (zipped("[Content_Types].xml"), "Excel"),
        (b"\x89PNG\r\n\x1a\n" + bytes(10_000_000), "PNG"),
        (b"\x00" * 10_000_000, "empty"),
        (random.Random(1).randbytes(10_000_000), "not text"),
        (b'{"type": "\x00"}', "not text"),
        (b"SQLite format 3\x00", "damaged"),
        (b"<?xml version='1.0'?><kml/>", "KML"),
        (b"[" * 1_000_000, "too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "too deeply"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "thousands of digits"),
        (collection(feature()).replace(b"30.2", b"NaN"), "NaN"),
        (collection(feature()).replace(b"30.2", b"-Infinity"), "Infinity"),
        (collection(feature()).replace(b"30.2", b"1e999"), "finite"),
        (collection(feature()).replace(b"30.2", b'"30.2"'), "Feature 1, ring 1 is not a list of points"),
        (collection(feature()).replace(b"30.2", b"null"), "Feature 1, ring 1 is not a list of points"),
        (collection(feature([[[p[0] * 1e5, p[1] * 1e5] for p in RING]])), "metres"),
        (collection(feature([[p[::-1] for p in RING]])), "longitude first"),
        (collection(feature(), feature([RING[:3]], id="K2")), "Feature 2 (K2), ring 1 has 3 points"),
        (collection(feature([RING, HOLE[:2]])), "Feature 1, ring 2 has 2 points"),
        (collection(feature([RING, HOLE[:3] + [[0, 0]]])), "ring 2 is not closed"),
        (collection(feature([RING[0]], "LineString")), "is a LineString, not an area"),
        (collection({"type": "Feature", "geometry": None}), "no outline"),
        (collection(feature([[]])), "ring 1 has 0 points"),
        (collection({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": []}}), "no outline"),
        (collection({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": {"a": 1}}}), "no outline"),
        (collection({"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [3]}}), "no outline"),
        (collection({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [3]}}), "list of points"),
        (
            collection({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[1, 2, 3, 4]]}}),
            "list of points",
        ),
        (collection(feature(id="A"), feature(id="B"), feature(id="A")), "Features 1 and 3 have the same identifier A"),
        (collection(feature(id=1), feature(properties={"code": "1"})), "Features 1 and 2"),
        (collection(feature(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}), "3857"),
        (collection(feature(geometry={"type": ["x"], "coordinates": 1})), "not an area"),
    ],
    ids=itertools.count(),
)
def test_bad_input_is_one_sentence_that_names_the_place(data, words):
    assert words in refused(data)


def test_geometry_collections_nested_beyond_reason_are_refused():
    geometry = feature()["geometry"]
    for _ in range(50):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    assert "GeometryCollection" in refused(collection(feature(geometry=geometry)))


def test_a_self_crossing_ring_is_read_so_that_the_proof_can_show_it():
    bow = [RING[0], RING[2], RING[1], RING[3], RING[0]]
    assert not read_cells(collection(feature([bow]))).shapes[0].is_valid


@pytest.mark.parametrize("code", [".", "..", "...", "/", "//", "../..", "a/../b", "a//b", "/a", "a/"])
def test_a_code_that_no_address_can_hold_is_named_by_its_feature(code):
    given = [feature(properties={"code": "G1"}), feature(properties={"code": code})]
    said = refused(collection(*given))
    assert said.startswith(f"Feature 2 has the code {code}")


@pytest.mark.parametrize("code", ["a.b", "丹桂/1", "1..2", ".5", "-"])
def test_a_code_with_dots_and_slashes_between_signs_is_fine(code):
    assert read_cells(collection(feature(properties={"code": code}))).ids == (code,)
