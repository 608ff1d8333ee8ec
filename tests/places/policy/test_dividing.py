"""A community divided anew: every building whole in one cell, the proof sound, cells of one piece, within the limits."""

from __future__ import annotations

import builtins
import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.lib.errors import Refusal
from linli.places.policy.bricks import bricks, check_limits, households_of
from linli.places.policy.dividing import Land, divide, likely
from linli.places.policy.fairness import fairness
from linli.places.policy.features import Cells, read_cells
from linli.places.policy.planning import as_document, plan, present
from linli.places.policy.plots import as_plots, borders, plots
from linli.places.policy.survey import survey
from tests.places.policy.towns import as_cells, ground, grown, regular, town

HAIR = 1e-2
"""Square metres of a building that rounding may leave on the other side of a line."""


def flat(given, shapes):
    return shapely.transform(shapes, given.plane.stretch)


def cell_of(given, made):
    """Number of the cell that lists each building."""
    return [next(k for k, listed in enumerate(made.cells.places) if code in listed) for code in given.cells.ids]


def prove(given, made, hair=HAIR):
    """What must hold of every plan."""
    report = survey(made.cells, made.boundary).report
    assert report.is_sound, report.faults
    listed = [code for codes in made.cells.places for code in codes]
    assert sorted(listed) == sorted(given.cells.ids), "every building in exactly one cell"
    assert set(shapely.get_type_id(made.cells.shapes)) == {3}, "each cell of one piece"
    own = made.cells.shapes[cell_of(given, made)]
    outside = shapely.area(shapely.difference(flat(given, given.cells.shapes), flat(given, own)))
    assert outside.max() < hair, "no building is cut"
    assert sum(made.households) == sum(given.households)
    return made


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 26), st.integers(0, 10_000))
def test_any_town(count, seed):
    given = town(*grown(count, seed))
    made = prove(given, plan(given, least=300, most=500, prefix="W"))
    assert made.figures.households == sum(given.households)


@pytest.mark.parametrize(("columns", "rows", "cells"), [(5, 4, 2), (8, 4, 3), (10, 5, 5)])
def test_equal_buildings_on_streets_keep_the_limits(columns, rows, cells):
    shapes, edge = regular(columns, rows)
    given = town(shapes, [40] * len(shapes), edge)
    made = prove(given, plan(given, least=300, most=500, prefix="W"))
    assert len(made.cells.ids) == cells
    assert all(300 <= number <= 500 for number in made.households)
    assert made.figures.within == cells
    assert made.figures.least_round > 0.4


def test_the_same_input_gives_the_same_plan():
    given = town(*grown(24, 3))
    one, two = (plan(given, least=300, most=500, prefix="W") for _ in range(2))
    assert one.households == two.households
    assert shapely.equals_exact(one.cells.shapes, two.cells.shapes).all()
    assert one.cells.places == two.cells.places


def test_a_building_that_alone_has_too_many_is_told():
    shapes, edge = regular(4, 3)
    given = town(shapes, [900] + [60] * 11, edge)
    made = prove(given, plan(given, least=300, most=500, prefix="W"))
    assert made.large == ("B0",)
    assert max(made.households) < 1100, "what is beside it goes elsewhere"


def test_land_in_two_parts_is_divided_part_by_part():
    shapes, edge = regular(4, 2)
    far = shapely.transform(shapes, lambda points: points + [1000, 0])
    away = shapely.transform(edge, lambda points: points + [1000, 0])
    both = shapely.MultiPolygon([edge, away])
    given = town(np.concatenate([shapes, far]), [50] * 16, both)
    made = prove(given, plan(given, least=300, most=500, prefix="W"))
    assert made.households == (400, 400)


def test_cells_of_a_present_map_are_bricks_too():
    squares = [shapely.box(100 * x, 100 * y, 100 * x + 100, 100 * y + 100) for y in range(4) for x in range(4)]
    squares[5] = shapely.box(100, 100, 200, 150).union(shapely.box(100, 150, 200, 200))  # a corner on an edge
    cells = as_cells(squares, [50] * 16)
    given = bricks(cells, households_of(cells), Cells(("#1",), ("",), ground([shapely.union_all(squares)])))
    made = prove(given, plan(given, least=300, most=500, prefix="W", whole=True), hair=0.1)
    assert made.households == (400, 400)
    assert present(given, cells, least=30, most=60).within == 16


def test_without_a_boundary_the_land_around_is_taken():
    shapes, _edge = regular(4, 3)
    buildings = as_cells(shapes, [40] * 12)
    given = bricks(buildings, households_of(buildings), None)
    made = prove(given, plan(given, least=200, most=300, prefix="W"))
    assert made.figures.cells == 2


def test_the_document_is_a_map_that_can_be_sent_in():
    shapes, edge = regular(4, 3)
    given = town(shapes, [40] * 12, edge)
    made = plan(given, least=200, most=300, prefix="W")
    import json

    back = read_cells(json.dumps(as_document(made.cells)).encode())
    assert (back.ids, back.places, back.households) == (made.cells.ids, made.cells.places, ("240", "240"))
    assert survey(back, made.boundary).report.is_sound


def test_buildings_on_each_other_have_one_plot_and_walls_in_common_part():
    built = np.array([shapely.box(0, 0, 20, 10), shapely.box(20, 0, 40, 10), shapely.box(25, 5, 45, 15)], dtype=object)
    found, of_building = plots(built, shapely.box(-10, -10, 60, 30))
    assert of_building.tolist() == [0, 1, 1]
    assert shapely.coverage_is_valid(found)
    assert shapely.covers(shapely.buffer(found[of_building], 0.002), built).all()
    assert list(borders(found)) == [(0, 1)]


def test_borders_count_edges_and_not_corners():
    squares = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(2) for x in range(2)], dtype=object)
    assert borders(as_plots(squares)) == pytest.approx({(0, 1): 1, (0, 2): 1, (1, 3): 1, (2, 3): 1})


@pytest.mark.parametrize(
    ("households", "counts"),
    [
        ([40] * 20, [2]),
        ([100] * 2, [1]),
        ([110] * 5, [2, 1]),
        ([900], [1]),
        ([900, 100, 100, 100], [2]),
        ([40] * 10, [1]),
        ([100] * 11, [3]),
    ],
)
def test_how_many_cells(households, counts):
    assert likely(households, 300, 500, len(households)) == counts


def test_a_row_of_plots_is_cut_where_it_must_be():
    spots = np.array([[100.0 * number, 0.0] for number in range(6)])
    land = Land.of(spots, np.array([100] * 6), {(n, n + 1): 10.0 for n in range(5)})
    assert len({tuple(each) for each in itertools.batched(divide(land, 300, 300).tolist(), 3)}) == 2


def test_what_is_near_but_not_beside_is_in_another_cell():
    """Two rows of plots, back to back with a wall between, that meet at one end only."""
    spots = np.array([[30.0 * row, 60.0 * number] for row in range(2) for number in range(10)])
    beside = {(n, n + 1): 50.0 for n in (*range(9), *range(10, 19))} | {(0, 10): 30.0}
    land = Land.of(spots, np.array([40] * 20), beside)
    cells = divide(land, 300, 500)
    assert all(300 <= 40 * many <= 500 for many in np.bincount(cells).tolist())
    for number in range(2):
        assert len(land.part(np.flatnonzero(cells == number)).pieces()) == 1


def test_land_that_is_near_but_not_beside_goes_to_a_neighbour():
    """A wall of the boundary runs beside the first building; the land behind it is not the building's."""
    land = shapely.box(0, 0, 200, 100).difference(shapely.box(95, 20, 105, 100))
    built = np.array([shapely.box(78, 60, 93, 90), shapely.box(110, 2, 130, 8)], dtype=object)
    found, _of_building = plots(built, land)
    assert set(shapely.get_type_id(found)) == {3}
    assert shapely.contains(found[1], shapely.Point(110, 75))


def test_figures():
    found = fairness([300, 600], ground([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 500, 10)]), 300, 500)
    assert (found.smallest, found.median, found.largest, found.within, found.ratio) == (300, 450, 600, 1, 2)
    assert found.deviation == 150
    assert found.least_round == pytest.approx(0.075, abs=0.002)
    assert found.mean_round == pytest.approx((0.785 + 0.0747) / 2, abs=0.002)
    assert fairness([0, 5], ground([shapely.box(0, 0, 9, 9)] * 2), 1, 9).ratio == 0


def refused(action):
    with pytest.raises(Refusal) as found:
        action()
    return found.value


def test_what_is_refused():
    shapes, edge = regular(2, 2)
    good, land = as_cells(shapes, [40] * 4), Cells(("#1",), ("",), ground([edge]))
    assert refused(lambda: check_limits(500, 300)).code == "grid.divide_limits"
    assert refused(lambda: households_of(as_cells(shapes))).code == "grid.divide_households"
    assert refused(lambda: households_of(as_cells(shapes), {"B0": 3})).values["number"] == 2
    assert refused(lambda: households_of(as_cells(shapes, [1, "x", 2, 3]))).values["number"] == 2
    assert refused(lambda: households_of(as_cells(shapes, [1, "-4", 2, 3]))).code == "grid.divide_households"
    assert refused(lambda: households_of(as_cells(shapes, [0] * 4))).code == "grid.divide_nobody"
    assert households_of(as_cells(shapes), dict.fromkeys(good.ids, 7)) == (7, 7, 7, 7)
    four = (40,) * 4
    crossing = shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])
    assert refused(lambda: bricks(as_cells([*shapes[:3], crossing]), four, land)).values["where"] == "4 (B3)"
    assert refused(lambda: bricks(good, four, Cells(("#1",), ("",), ground([crossing])))).field == "boundary"
    far = as_cells([*shapes[:3], shapely.box(900, 0, 920, 9)])
    assert refused(lambda: bricks(far, four, land)).code == "grid.divide_outside"
    wide = as_cells([*shapes[:3], shapely.box(0, 0, 9000, 9)])
    assert refused(lambda: bricks(wide, four, None)).code == "grid.divide_wide"
    many = Cells(good.ids * 1000, good.names * 1000, np.tile(good.shapes, 1000))
    assert refused(lambda: bricks(many, four * 1000, land)).code == "grid.divide_many"
    empty = shapely.MultiPolygon([edge, shapely.box(900, 0, 990, 90)])
    given = town(shapes, [40] * 4, empty)
    assert refused(lambda: plan(given, least=1, most=90, prefix="W")).code == "grid.divide_apart"


def test_without_the_library_it_is_said(monkeypatch):
    usual = builtins.__import__

    def missing(name, *rest):
        if name.startswith("ortools"):
            raise ImportError(name)
        return usual(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    shapes, edge = regular(4, 3)
    given = town(shapes, [40] * 12, edge)
    assert refused(lambda: plan(given, least=200, most=300, prefix="W")).code == "grid.no_optimiser"
