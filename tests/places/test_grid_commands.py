from __future__ import annotations

import json

import eviltransform
import numpy as np
import pytest
import shapely
from django.test import Client
from typer.testing import CliRunner

from linli.places import queries
from linli.places.commands import grid
from linli.places.models import CellPlace, Grid
from linli.places.policy.features import read_cells
from tests.places.making import box, geojson, overlapping, squares
from tests.places.mapfiles import geopackage, shapefile, zipped
from tests.world import NOW

runner = CliRunner()


@pytest.fixture
def file(tmp_path, world):
    path = tmp_path / "网格.geojson"
    path.write_bytes(geojson(squares(), {"G00": "B1"}))
    return path


def run(*arguments):
    return runner.invoke(grid, [str(argument) for argument in arguments])


def test_import_then_export_gives_the_same_map(file, tmp_path):
    result = run("import", file, "--place", "Y1", "--since", "2026-01-01", "--reason", "补录")
    assert result.exit_code == 0, result.output
    out = tmp_path / "out.geojson"
    assert run("export", out, "--place", "Y1").exit_code == 0
    document = json.loads(out.read_text())
    assert document["features"][0]["properties"]["valid_from"] == "2026-01-01"
    for feature in document["features"]:
        assert shapely.from_geojson(json.dumps(feature["geometry"])).exterior.is_ccw
    again, given = read_cells(out.read_bytes()), read_cells(file.read_bytes())
    assert (again.ids, again.names, again.places) == (given.ids, given.names, given.places)
    assert shapely.equals(again.shapes, given.shapes).all()
    assert run("import", out, "--place", "Y1", "--since", "2026-02-01", "--reason", "补录").exit_code == 0
    assert Grid.objects.count() == 2
    assert run("export", out, "--place", "Y1", "--on", "2025-12-31").exit_code == 2


def test_export_simplified_is_sound_and_says_how_far(tmp_path, world):
    file, out = tmp_path / "a.geojson", tmp_path / "out.geojson"
    bent = shapely.segmentize(np.array(list(squares().values()), dtype=object), 0.0002)
    file.write_bytes(geojson(dict(zip(squares(), bent, strict=True))))
    assert run("import", file, "--place", "Y1").exit_code == 0
    assert run("export", out, "--place", "Y1", "--simplify", "10").exit_code == 0
    found = json.loads(out.read_text())
    assert found["simplified_m"] == 10
    assert [len(one["geometry"]["coordinates"][0]) for one in found["features"]] == [5] * 4
    assert run("check", out).exit_code == 0
    assert out.read_bytes() == Client().get("/map/Y1.geojson", {"simplify": "10"}).content


@pytest.mark.parametrize("wrong", ["0", "-3", "101", "nan", "viel"])
def test_export_refuses_a_tolerance_that_is_none(file, tmp_path, wrong):
    out = tmp_path / "out.geojson"
    assert run("import", file, "--place", "Y1").exit_code == 0
    result = run("export", out, "--place", "Y1", "--simplify", wrong)
    assert result.exit_code == 2 and not out.exists()


def test_export_says_when_it_had_to_simplify_less(tmp_path, world):
    """A lane a metre wide and ninety long would be cut off."""
    file, out = tmp_path / "a.geojson", tmp_path / "out.geojson"
    file.write_bytes(geojson(squares() | {"G10": squares()["G10"].union(box(0.5, 2, 0.005, 0.4))}))
    assert run("import", file, "--place", "Y1").exit_code == 0
    result = run("export", out, "--place", "Y1", "--simplify", "20")
    used = json.loads(out.read_text())["simplified_m"]
    assert 0 < used < 20 and f"{used:g}" in result.output
    assert run("check", out).exit_code == 0


def test_import_of_faults_exits_1_writes_them_and_saves_nothing(tmp_path, world):
    file, problems = tmp_path / "a.geojson", tmp_path / "p.geojson"
    file.write_bytes(geojson(overlapping()))
    result = run("import", file, "--place", "Y1", "--problems", problems)
    assert result.exit_code == 1
    assert json.loads(problems.read_text())["features"][0]["properties"]["kind"] == "overlap"
    assert not Grid.objects.exists()


def test_a_boundary_is_kept_and_proven_against(file, tmp_path):
    edge = tmp_path / "b.geojson"
    edge.write_bytes(geojson({"b": shapely.union_all(list(squares().values()))}))
    assert run("import", file, "--place", "Y1", "--boundary", edge).exit_code == 0
    (proof,) = queries.prove(Grid.objects.all(), NOW.date())
    assert proof.is_sound
    assert proof.grid.boundary


def test_doors_without_a_cell_are_told(tmp_path, world):
    file = tmp_path / "a.geojson"
    file.write_bytes(geojson(squares()))
    result = run("import", file, "--place", "Y1")
    assert result.exit_code == 0
    assert "1" in result.output.splitlines()[-1]
    assert not CellPlace.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        ["--place", "nowhere"],
        ["--place", "Y1", "--since", "2026-02-30"],
        ["--place", "Y1", "--since", "0001-01-01"],
        ["--place", "Y1", "--crs", "mars"],
        ["--place", "Y1", "--tolerance", "nan"],
        ["--place", "Y1", "--id", "nothing"],
        [],
    ],
)
def test_wrong_use_exits_2_and_saves_nothing(file, more):
    result = run("import", file, *more)
    assert result.exit_code == 2, result.output
    assert not Grid.objects.exists()
    assert "Traceback" not in result.output


def twice() -> bytes:
    doubled = json.loads(geojson(squares()))
    doubled["features"].append(doubled["features"][0])
    return json.dumps(doubled).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        geojson(squares())[:300],
        geojson(squares()).replace(b"112.9,", b"NaN,", 1),
        geojson(squares()).replace(b"112.9,", b"1e999,", 1),
        b"PK\x03\x04" + b"\x00" * 100,
        b"\x00\xffjunk" * 2_000_000,
        b"[" * 10_000_000,
        geojson(squares())[:-3] + "网格".encode("gb18030"),
        twice(),
    ],
    ids=["empty", "cut", "nan", "infinite", "zip", "junk", "brackets", "encoding", "twice"],
)
def test_bad_files_exit_2_with_one_sentence_and_save_nothing(tmp_path, world, content):
    file = tmp_path / "a.geojson"
    file.write_bytes(content)
    result = run("import", file, "--place", "Y1")
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1
    assert not Grid.objects.exists()


def test_gb18030_is_read(tmp_path, world):
    file = tmp_path / "a.geojson"
    file.write_bytes(geojson(squares()).decode().encode("gb18030"))
    assert run("import", file, "--place", "Y1").exit_code == 0
    assert Grid.objects.get().cells.first().name == "网格G00"


def test_a_bow_tie_is_a_fault_and_is_not_saved(tmp_path, world):
    file = tmp_path / "a.geojson"
    bow = shapely.Polygon([(112.9, 28.2), (112.902, 28.202), (112.902, 28.2), (112.9, 28.202)])
    file.write_bytes(geojson(squares() | {"G00": bow}))
    assert run("import", file, "--place", "Y1").exit_code == 1
    assert not Grid.objects.exists()


def gcj(shapes):
    def move(points):
        return np.array([eviltransform.wgs2gcj(lat, lon)[::-1] for lon, lat in points])

    return {code: shapely.transform(shape, move) for code, shape in shapes.items()}


def test_a_map_in_another_datum_than_the_grid_is_not_saved_unasked(file, tmp_path):
    assert run("import", file, "--place", "Y1", "--since", "2026-01-01", "--reason", "补录").exit_code == 0
    moved = tmp_path / "高德.geojson"
    moved.write_bytes(geojson(gcj(squares())))
    refused = run("import", moved, "--place", "Y1", "--since", "2026-02-01", "--reason", "补录")
    assert refused.exit_code == 2
    assert len(refused.output.strip().splitlines()) == 1
    assert "gcj02" in refused.output
    assert "2026-01-01" in refused.output
    assert Grid.objects.count() == 1
    told = run("import", moved, "--place", "Y1", "--since", "2026-02-01", "--reason", "补录", "--crs", "gcj02")
    assert told.exit_code == 0, told.output
    newest = Grid.objects.order_by("valid_from").last()
    shapes = read_cells(geojson(squares())).shapes
    kept = [shapely.from_geojson(cell.geometry) for cell in newest.cells.order_by("code")]
    assert shapely.hausdorff_distance(kept, shapes).max() < 1e-6
    doubted = run("import", moved, "--place", "Y1", "--since", "2026-03-01", "--reason", "补录", "--crs", "bd09")
    assert doubted.exit_code == 0, "what is told holds"
    assert "gcj02" in doubted.output


def test_a_place_without_a_grid_is_compared_with_the_cell_that_lists_it(file, tmp_path, world):
    assert (
        run("import", file, "--place", "Y1", "--since", "2026-01-01", "--reason", "补录").exit_code == 0
    )  # G00 lists B1
    inner = {"a": box(0, 0, 0.5), "b": box(0.5, 0, 0.5)}
    moved = tmp_path / "b.geojson"
    moved.write_bytes(geojson(gcj(inner)))
    assert run("import", moved, "--place", "B1").exit_code == 2
    moved.write_bytes(geojson(inner))
    assert run("import", moved, "--place", "B1").exit_code == 0


def test_shapefiles_and_geopackages_are_imported_by_their_layer(tmp_path, world):
    fields = {"code": list(squares()), "name": ["甲", "乙", "丙", "丁"]}
    package, archive = tmp_path / "网格.gpkg", tmp_path / "网格.zip"
    package.write_bytes(geopackage(list(squares().values()), fields, layers=["网格", "旧网格"]))
    archive.write_bytes(zipped(shapefile([shapely.union_all(list(squares().values()))], {"code": ["b"]})))
    asked = run("check", package, "--boundary", archive)
    assert asked.exit_code == 2
    assert "旧网格" in asked.output
    assert run("check", package, "--boundary", archive, "--layer", "网格").exit_code == 0
    assert run("check", archive, "--boundary", package, "--boundary-layer", "nowhere").exit_code == 2
    saved = run("import", package, "--place", "Y1", "--boundary", archive, "--layer", "旧网格")
    assert saved.exit_code == 0, saved.output
    assert [cell.name for cell in Grid.objects.get().cells.order_by("code")] == ["甲", "乙", "丙", "丁"]


def test_what_the_file_does_not_say_is_said(file, tmp_path):
    assert "WGS 84" in run("check", file).output
    assert "WGS 84" not in run("check", file, "--crs", "wgs84").output
    declared = tmp_path / "网格.gpkg"
    declared.write_bytes(geopackage(list(squares().values()), {"code": list(squares())}))
    assert "WGS 84" not in run("check", declared).output
