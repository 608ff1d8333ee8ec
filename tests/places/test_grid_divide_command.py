from __future__ import annotations

import json

import pytest
import shapely
from typer.testing import CliRunner

from linli.places.commands import grid
from linli.places.policy.features import read_cells
from linli.places.policy.survey import survey
from tests.places.policy.towns import ground, regular

runner = CliRunner()


def written(path, shapes, **lists):
    features = [
        {
            "type": "Feature",
            "properties": {key: values[number] for key, values in lists.items()},
            "geometry": json.loads(text),
        }
        for number, text in enumerate(shapely.to_geojson(ground(shapes)).tolist())
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.fixture
def town(tmp_path):
    """Twenty buildings of 40 households, and the land around them."""
    shapes, edge = regular(5, 4)
    codes = [f"B{number}" for number in range(20)]
    return (
        written(tmp_path / "楼栋.geojson", shapes, code=codes, 户数=[40] * 20),
        written(tmp_path / "边界.geojson", [edge]),
    )


def one_sentence(result, *words):
    """Exit code 2 and one sentence with `words`."""
    assert result.exit_code == 2, result.output
    assert len(result.output.strip().splitlines()) == 1 and result.output.strip().endswith("。"), result.output
    assert all(word in result.output for word in words), result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--households", "flats"), ("flats",)),
        (("--prefix", "x" * 38), ("37",)),
        (("--prefix", "#"), ("#",)),
        (("--layer", "cells"), ("GeoJSON",)),
        (("--least", "1", "--most", "1"), ("200", "300")),
        (("--least", "0"), ("0",)),
        (("--crs", "bd09", "--boundary", "nowhere.geojson"), ("nowhere.geojson",)),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_and_nothing_is_written(tmp_path, arguments, words):
    shapes, _edge = regular(20, 15)
    buildings = written(tmp_path / "楼栋.geojson", shapes, code=[f"B{n}" for n in range(300)], 户数=[1] * 300)
    one_sentence(divide(buildings, tmp_path / "out.geojson", *arguments), *words)
    assert not (tmp_path / "out.geojson").exists()


def divide(*arguments):
    return runner.invoke(grid, ["divide", *map(str, arguments)], env={"COLUMNS": "160"})


def test_a_town_becomes_cells_that_can_be_imported(town, tmp_path):
    buildings, edge = town
    out = tmp_path / "网格.geojson"
    result = divide(buildings, out, "--boundary", edge, "--present", edge)
    assert result.exit_code == 0, result.output
    assert "400" in result.output
    cells = read_cells(out.read_bytes())
    assert cells.ids == ("W01", "W02")
    assert cells.households == ("400", "400")
    assert sorted(code for codes in cells.places for code in codes) == sorted(f"B{number}" for number in range(20))
    assert survey(cells, read_cells(edge.read_bytes(), identify="#")).report.is_sound


def test_another_property_and_other_limits(tmp_path):
    shapes, _edge = regular(4, 2)
    buildings = written(tmp_path / "楼栋.geojson", shapes, name=list("ABCDEFGH"), flats=[50] * 8, 户数=[1] * 8)
    out = tmp_path / "out.geojson"
    result = divide(buildings, out, "--households", "flats", "--least", 90, "--most", 110, "--prefix", "JM-")
    assert result.exit_code == 0, result.output
    cells = read_cells(out.read_bytes())
    assert (cells.ids, cells.households) == (("JM-01", "JM-02", "JM-03", "JM-04"), ("100",) * 4)
    assert cells.places == (), "buildings without codes are not listed"


def test_other_coordinates_are_moved(town, tmp_path):
    out = tmp_path / "out.geojson"
    assert divide(town[0], out, "--crs", "gcj02").exit_code == 0
    moved = shapely.total_bounds(read_cells(out.read_bytes()).shapes)
    here = shapely.total_bounds(read_cells(town[0].read_bytes()).shapes)
    assert 0.001 < abs(moved - here).max() < 0.02


def test_a_building_that_is_too_large_is_told(tmp_path):
    shapes, _edge = regular(3, 1)
    buildings = written(tmp_path / "楼栋.geojson", shapes, code=["大楼", "B", "C"], 户数=[800, 150, 150])
    result = divide(buildings, tmp_path / "out.geojson")
    assert result.exit_code == 0
    assert "大楼" in result.output


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--least", "500", "--most", "300"], "500"),
        (["--households", "没有这一列"], "没有这一列"),
        (["--out"], "--out"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_written(town, tmp_path, more, said):
    result = divide(town[0], tmp_path / "out.geojson", *more)
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "out.geojson").exists()


def test_the_buildings_are_never_written_over(town):
    before = town[0].read_bytes()
    assert divide(town[0], town[0]).exit_code == 2
    assert town[0].read_bytes() == before
