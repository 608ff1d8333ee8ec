from __future__ import annotations

import json

import pytest
import shapely
from typer.testing import CliRunner

from linli.places import queries
from linli.places.commands import grid
from linli.places.models import CellPlace, Grid
from linli.places.policy.features import read_cells
from tests.places.making import geojson, overlapping, squares

runner = CliRunner()


@pytest.fixture
def file(tmp_path, world):
    path = tmp_path / "网格.geojson"
    path.write_bytes(geojson(squares(), {"G00": "B1"}))
    return path


def run(*arguments):
    return runner.invoke(grid, [str(argument) for argument in arguments])


def test_import_then_export_gives_the_same_map(file, tmp_path):
    result = run("import", file, "--place", "Y1", "--since", "2026-01-01")
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
    assert run("import", out, "--place", "Y1", "--since", "2026-02-01").exit_code == 0
    assert Grid.objects.count() == 2
    assert run("export", out, "--place", "Y1", "--on", "2025-12-31").exit_code == 2


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
    (proof,) = queries.prove(Grid.objects.all())
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
