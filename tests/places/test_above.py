"""Levels of land: a map without a boundary of its own is proven against the cell above; a new map above shows which
grids below no longer fit."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from django.urls import reverse
from typer.testing import CliRunner

from linli.access.roles import Role
from linli.places import queries, services, verify
from linli.places.commands import grid
from linli.places.models import Cell, Grid
from linli.places.policy.above import Above, against
from linli.places.policy.datum import Datum
from linli.places.policy.report import FaultKind
from tests.grid.making import a_grid
from tests.places.making import box, geojson, squares
from tests.places.policy.maps import cells
from tests.places.test_grid_commands import gcj
from tests.world import NOW

TODAY = NOW.date()
WHOLE = {"C1-WG": box(0, 0, 2, 2)}


def broken(code: str) -> list[str]:
    return next(truth for truth in verify.invariants() if truth.code == code).find()


@pytest.fixture
def above(world):
    """C1 has one cell, two squares wide and high; it lists the estate E1 alone."""
    a_grid(world, place="C1", shapes=WHOLE, places_of={"C1-WG": ("E1",)})
    return world


def run(tmp_path, shapes, *more, does="import", place="E1"):
    file = tmp_path / "map.geojson"
    listed = {next(iter(shapes)): "Y1,Y2"} if place == "E1" else {next(iter(shapes)): "E1"}
    file.write_bytes(geojson(shapes, listed))
    return CliRunner().invoke(grid, [does, str(file), "--place", place, *map(str, more)])


def lacking():
    return {code: shape for code, shape in squares().items() if code != "G11"}


def test_a_map_with_a_gap_at_the_rim_is_not_saved_where_the_cell_above_is_known(above, tmp_path):
    found = run(tmp_path, lacking())
    assert found.exit_code == 1, found.output
    assert "C1-WG" in found.output and "地C1" in found.output
    assert not Grid.objects.filter(place=above.places["E1"]).exists()
    assert run(tmp_path, squares() | {"G11": box(1, 1, 1.2)}).exit_code == 1, "outside the cell above"
    saved = run(tmp_path, squares())
    assert saved.exit_code == 0, saved.output
    assert Grid.objects.get(place=above.places["E1"]).boundary == "", "the cell above is asked anew at each proof"


def test_check_looks_at_the_levels_where_the_place_is_named(above, tmp_path):
    assert run(tmp_path, lacking(), does="check").exit_code == 1
    assert run(tmp_path, squares(), does="check").exit_code == 0
    plain = CliRunner().invoke(grid, ["check", str(tmp_path / "map.geojson")])
    assert plain.exit_code == 0 and "C1-WG" not in plain.output
    assert not Grid.objects.filter(place=above.places["E1"]).exists()


def test_a_boundary_of_its_own_wins_and_verify_says_that_the_levels_differ(above, tmp_path):
    edge = tmp_path / "b.geojson"
    edge.write_bytes(geojson({"b": shapely.union_all(list(lacking().values()))}))
    saved = run(tmp_path, lacking(), "--boundary", edge)
    assert saved.exit_code == 0, saved.output
    assert broken("places.land") == []
    [line] = broken("places.above")
    for words in ("grid:E1", "C1-WG", "地C1", "43,"):
        assert words in line


def test_without_either_the_proof_says_so(world, tmp_path):
    found = run(tmp_path, lacking())
    assert found.exit_code == 0
    assert "上级网格图里也没有" in found.output.replace("\n", "")


def test_a_place_that_shares_its_cell_lies_inside_it(world, tmp_path):
    a_grid(world, place="S", shapes={"S1": box(0, 0, 3, 3)}, places_of={"S1": ("C1", "C2")})
    assert run(tmp_path, squares(), place="C1").exit_code == 0, "the rest of the cell is C2's"
    outside = run(tmp_path, squares() | {"G11": box(1, 1, 2.5)}, place="C1")
    assert outside.exit_code == 1
    holed = run(tmp_path, squares() | {"G00": box(0, 0).difference(box(0.3, 0.3, 0.2, 0.2))}, place="C1")
    assert holed.exit_code == 1, "a hole inside is seen"


def sent(world, shapes, place="C1", listed=("E1",)):
    return services.propose_grid(
        world.places[place], since=TODAY, file_name="neu.geojson", boundary=b"", datum=Datum.WGS84, tolerance=0.5,
        cells=geojson(shapes, {next(iter(shapes)): ",".join(listed)}), identify="code",
        by=world.by, now=world.now, key=world.key(),
    )  # fmt: skip


def test_a_new_map_above_shows_which_grids_below_no_longer_fit_and_changes_nothing(above, tmp_path, as_user):
    a_grid(above, places_of={"G00": ("Y1",), "G11": ("Y2",)})
    assert broken("places.land") == broken("places.above") == []
    before = list(Cell.objects.filter(grid__place__code="E1").values_list("code", "geometry"))
    client = as_user(above.user(Role.SUBDISTRICT_STAFF, "W"))
    fitting = sent(above, WHOLE | {"C1-B": box(2, 0, 1, 2)})
    page = client.get(reverse("grid-proposal", args=[fitting.pk]))
    assert page.context["misfits"] == [] and len(page.context["below"]) == 1
    smaller = sent(above, {"C1-WG": box(0, 0, 1.5, 2), "C1-B": box(1.5, 0, 1, 2)})
    page = client.get(reverse("grid-proposal", args=[smaller.pk]))
    [line] = page.context["misfits"]
    for words in ("地E1", "C1-WG"):
        assert words in line and words in page.text
    told = run(tmp_path, {"C1-WG": box(0, 0, 1.5, 2), "C1-B": box(1.5, 0, 1, 2)}, place="C1")
    assert told.exit_code == 0 and "地E1" in told.output
    assert list(Cell.objects.filter(grid__place__code="E1").values_list("code", "geometry")) == before
    assert any("grid:E1" in line for line in broken("places.land"))
    [line] = broken("places.above")
    assert "grid:E1" in line and "C1-WG" in line
    desk = client.get(reverse("desk-grids"))
    assert "C1-WG" in desk.text


def test_a_map_that_waits_is_proven_edited_and_mended_against_the_cell_above(above, as_user):
    lacks = sent(above, squares() | {"G11": box(1, 1, 0.98)}, "E1", ("Y1", "Y2"))
    report = queries.survey_of(lacks).report
    assert [fault.kind for fault in report.faults] == [FaultKind.SLIVER] or [fault.kind for fault in report.faults] == [
        FaultKind.GAP
    ]
    done = queries.repair_of(lacks)
    assert done.survey.report.is_sound and done.survey.above
    saved = services.adopt_proposal(
        lacks, since=TODAY, seen=0, mended=True, by=above.by, now=above.now, key=above.key()
    )
    assert saved.boundary == ""
    assert broken("places.land") == broken("places.above") == []
    copy = services.draft_grid(saved, since=TODAY, by=above.by, now=above.now, key=above.key())
    assert queries.pen(copy).boundary is not None, "edits end at the cell above"


def test_a_map_in_another_datum_is_proven_where_it_is_kept(above, tmp_path):
    assert run(tmp_path, gcj(squares()), "--crs", "gcj02").exit_code == 0
    assert run(tmp_path, gcj(lacking()), "--crs", "gcj02").exit_code == 1


def test_a_map_elsewhere_is_one_gap_and_stray_cells():
    far = Above("C1-WG", "地C1", shapely.to_geojson(box(0, 0, 2, 2)), 0.02, whole=True)
    report = against(cells([box(40, 40)]), far, tolerance=0.5, noise=0.02)
    assert sorted(fault.kind for fault in report.faults) == [FaultKind.GAP, FaultKind.STRAY]
    again = against(cells([box(40, 40)]), Above("a", "b", far.geometry, 0.02, whole=False), tolerance=0.5, noise=0.02)
    assert not again.is_sound


def test_a_cell_above_that_cannot_be_read_is_no_boundary(above):
    Cell.objects.filter(code="C1-WG").update(geometry=json.dumps({"type": "Polygon", "coordinates": []}))
    assert queries.cell_above(above.places["E1"], TODAY) is None


def test_as_many_queries_for_one_grid_as_for_three(above, django_assert_num_queries):
    a_grid(above)
    with django_assert_num_queries(8):
        queries.prove(Grid.objects.filter(place__code="E1").select_related("place"), TODAY)
    a_grid(above, place="Y1", shapes={"A": box(0, 0)}, places_of={"A": ("B1",)})
    a_grid(above, place="B1", shapes={"A": box(0, 0)}, places_of={"A": ("U1",)})
    with django_assert_num_queries(8):
        queries.prove(Grid.objects.select_related("place"), TODAY)


def test_areas_beside_the_shared_cell_are_told_in_square_metres():
    land = Above("S1", "地S", shapely.to_geojson(box(0, 0, 1.5, 2)), 0.02, whole=False)
    report = against(cells(list(squares().values()), squares()), land, tolerance=0.5, noise=0.02)
    assert {fault.kind for fault in report.faults} == {FaultKind.STRAY}
    half = sum(fault.area for fault in report.faults)
    assert half == pytest.approx(np.mean([43_700]), rel=0.02)
