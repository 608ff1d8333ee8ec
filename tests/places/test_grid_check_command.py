from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from typer.testing import CliRunner

from linli.places.commands import grid
from tests.places.policy.maps import jittered_grid, placed

runner = CliRunner()


def written(path, shapes, ids=None):
    features = [
        {"type": "Feature", "id": identifier, "properties": {}, "geometry": json.loads(shapely.to_geojson(shape))}
        for identifier, shape in zip(ids or range(len(shapes)), shapes, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return str(path)


@pytest.fixture
def shapes():
    return placed(jittered_grid(5, 5, 3))


def test_a_sound_grid_exits_0(tmp_path, shapes):
    boundary = written(tmp_path / "b.geojson", [shapely.union_all(shapes)])
    result = runner.invoke(grid, ["check", written(tmp_path / "a.geojson", shapes), "--boundary", boundary])
    assert result.exit_code == 0, result.output
    assert "25" in result.output


def test_a_missing_cell_exits_1_and_is_written(tmp_path, shapes):
    out = tmp_path / "problems.geojson"
    file = written(tmp_path / "a.geojson", np.delete(shapes, 12), ids=[f"G{i}" for i in range(25) if i != 12])
    result = runner.invoke(grid, ["check", file, "--problems", str(out), "--tolerance", "0.5", "--crs", "wgs84"])
    assert result.exit_code == 1, result.output
    (feature,) = json.loads(out.read_text())["features"]
    assert feature["properties"]["kind"] == "gap"
    assert set(feature["properties"]["cells"]) == {"G7", "G11", "G13", "G17"}
    assert shapely.from_geojson(json.dumps(feature["geometry"])).symmetric_difference(shapes[12]).area < 1e-12
    assert feature["properties"]["mend"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04junk", b'{"type": "FeatureCollection", "features": ['])
def test_bad_files_exit_2_with_one_sentence(tmp_path, content):
    file = tmp_path / "a.geojson"
    file.write_bytes(content)
    result = runner.invoke(grid, ["check", str(file)])
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1


def test_wrong_use_exits_2(tmp_path, shapes):
    file = written(tmp_path / "a.geojson", shapes)
    (tmp_path / "empty").write_bytes(b"")
    for more in (
        ["--crs", "mars"],
        ["--tolerance", "-1"],
        ["--boundary", str(tmp_path / "none")],
        ["--boundary", str(tmp_path / "empty")],
    ):
        assert runner.invoke(grid, ["check", file, *more]).exit_code == 2
    assert runner.invoke(grid, ["check", str(tmp_path)]).exit_code == 2
    assert runner.invoke(grid, ["check", file, "--problems", str(tmp_path / "no" / "p.geojson")]).exit_code == 2
