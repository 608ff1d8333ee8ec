from __future__ import annotations

import json

import pytest
import shapely
from typer.testing import CliRunner

from linli.places.commands import grid
from linli.places.policy.features import read_cells
from linli.places.policy.survey import survey
from tests.places.making import geojson, overlapping, squares

runner = CliRunner()


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "网格.geojson"
    path.write_bytes(geojson(overlapping(), {"G00": "B1"}))
    return path


def repair(*arguments):
    return runner.invoke(grid, ["repair", *map(str, arguments)])


def test_a_preview_shows_what_would_change_and_writes_nothing(faulty):
    before = faulty.read_bytes()
    result = repair(faulty, "--preview")
    assert result.exit_code == 0, result.output
    assert "留给 G01" in result.output.replace("\n", "")
    assert "G00" in result.output
    assert [path.name for path in faulty.parent.iterdir()] == [faulty.name]
    assert faulty.read_bytes() == before


def test_nothing_is_written_unasked(faulty):
    result = repair(faulty)
    assert result.exit_code == 2
    assert "--yes" in result.output
    assert [path.name for path in faulty.parent.iterdir()] == [faulty.name]


def test_the_mended_map_is_written_beside_and_is_sound(faulty):
    before = faulty.read_bytes()
    assert repair(faulty, "--yes").exit_code == 0
    written = faulty.with_name("网格-mended.geojson").read_bytes()
    mended = read_cells(written)
    assert (mended.ids, mended.places[0]) == (("G00", "G01", "G10", "G11"), ("B1",))
    assert survey(mended).report.is_sound
    assert faulty.read_bytes() == before


def test_the_source_is_never_written_over(faulty):
    before = faulty.read_bytes()
    assert repair(faulty, "--yes", "--out", faulty).exit_code == 2
    assert faulty.read_bytes() == before


def test_a_sound_map_is_left_alone(tmp_path):
    file = tmp_path / "a.geojson"
    file.write_bytes(geojson(squares()))
    assert repair(file, "--yes").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.geojson"]


def test_a_large_gap_stays_when_told(tmp_path):
    file, edge = tmp_path / "a.geojson", tmp_path / "b.geojson"
    file.write_bytes(geojson({code: shape for code, shape in squares().items() if code != "G11"}))
    edge.write_bytes(geojson({"b": shapely.union_all(list(squares().values()))}))
    left = repair(file, "--boundary", edge, "--most", "1000", "--preview")
    assert left.exit_code == 1, left.output
    assert repair(file, "--boundary", edge, "--yes").exit_code == 0
    mended = json.loads((tmp_path / "a-mended.geojson").read_text())
    assert len(mended["features"]) == 3


@pytest.mark.parametrize("most", ["-1", "nan"])
def test_gaps_are_left_by_an_area(faulty, most):
    result = repair(faulty, "--most", most, "--yes")
    assert result.exit_code == 2, result.output
    assert len(result.output.strip().splitlines()) == 1


def test_a_bad_file_is_one_sentence(tmp_path):
    file = tmp_path / "a.geojson"
    file.write_bytes(b"{")
    result = repair(file, "--preview")
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1
