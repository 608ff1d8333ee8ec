from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linli.lib.errors import Refusal
from linli.places.policy import corners, editing
from linli.places.policy.draft import Content, Draft
from linli.places.policy.editcheck import check_edit
from linli.places.policy.report import FaultKind
from linli.places.policy.survey import survey
from tests.places.policy.maps import bricks, cells, jittered_grid, placed, plane_of, square_metres, voronoi

SEEDS = st.integers(0, 10_000)
quick = settings(max_examples=25, deadline=None)
WIDTHS = {"tolerance": 0.5, "noise": 0.02}


def partition(seed: int) -> np.ndarray:
    shapes = {0: lambda: voronoi(30, seed), 1: lambda: jittered_grid(6, 7, seed), 2: lambda: bricks(6, 6)}[seed % 3]()
    return placed(shapes)


def outline(draft: Draft) -> object:
    return shapely.union_all(draft.base.shapes)


def inner(draft: Draft) -> str:
    rim = outline(draft).exterior
    return next(code for code in draft.codes() if draft.get(code).shape.distance(rim) > 1e-6)


def checked(draft: Draft, changes, *, thrice: bool = False) -> list:
    """The faults of an edit; the whole proof must say the same of the whole map.

    `thrice`: three cells may cover one place; an edit names each pair, the proof the place.
    """
    edge = outline(draft)
    faults = check_edit(draft, changes, edge, **WIDTHS)
    report = survey(draft.after(changes).cells(), cells([edge])).report
    assert report.is_sound == (not faults), (report.faults, faults)
    assert thrice or sum(fault.area for fault in faults) == pytest.approx(
        sum(fault.area for fault in report.faults), rel=0.01, abs=0.5
    )
    return faults


@given(SEEDS, st.integers(1, 3), st.floats(-8, 8), st.floats(-8, 8))
@quick
def test_a_moved_corner_takes_all_its_cells_along(seed, number, east, north):
    draft = Draft(cells(partition(seed)))
    code = inner(draft)
    point = corners.corner(draft.get(code), number)
    to = corners.moved(point, east, north)
    changes = corners.move(draft, point, to)
    assert code in changes
    faults = checked(draft, changes)
    assert not faults
    back = corners.move(draft.after(changes), to, point)
    again = draft.after(changes).after(back)
    assert all(again.get(code).shape.equals(draft.get(code).shape) for code in changes)


@given(SEEDS, st.integers(1, 3), st.floats(-5, 5), st.floats(-5, 5))
@quick
def test_an_edge_bends_on_both_sides(seed, number, east, north):
    draft = Draft(cells(partition(seed)))
    code = inner(draft)
    at = corners.middle(draft.get(code), number)
    changes = corners.move(draft, at, corners.moved(at, east, north))
    assert len(changes) >= 2
    assert not checked(draft, changes)


def test_a_corner_that_is_moved_too_far_shows_what_is_wrong():
    draft = Draft(cells(placed(jittered_grid(6, 7, 1))))
    code = inner(draft)
    point = corners.corner(draft.get(code), 1)
    faults = checked(draft, corners.move(draft, point, corners.moved(point, 150, 150)), thrice=True)
    assert faults


def test_an_edge_of_the_rim_makes_a_gap_or_a_stray_piece():
    draft = Draft(cells(placed(jittered_grid(3, 3, 1))))
    middle = next(
        corners.middle(draft.get("c1"), n)
        for n in range(1, 5)
        if outline(draft).exterior.distance(shapely.Point(corners.middle(draft.get("c1"), n))) < 1e-9
    )
    kinds = {
        fault.kind
        for step in (-20, 20)
        for fault in checked(draft, corners.move(draft, middle, corners.moved(middle, step, 0)))
    }
    assert kinds == {FaultKind.GAP, FaultKind.STRAY}


def test_a_corner_of_two_cells_can_go_and_a_triangle_keeps_its_three():
    draft = Draft(cells(placed(jittered_grid(3, 3, 1))))
    at = corners.middle(draft.get("c4"), 1)
    bent = draft.after(corners.move(draft, at, corners.moved(at, 4, 4)))
    there = corners.moved(at, 4, 4)
    assert not checked(bent, corners.drop(bent, there))
    triangle = Draft(cells(placed(np.array([shapely.Polygon([(0, 0), (100, 0), (0, 100)])], dtype=object))))
    with pytest.raises(Refusal) as told:
        corners.drop(triangle, corners.corner(triangle.get("c0"), 1))
    assert told.value.code == "grid.edit_least"


@given(SEEDS, st.integers(1, 4), st.integers(1, 4))
@quick
def test_a_cell_is_split_from_corner_to_corner_and_joined_again(seed, first, last):
    draft = Draft(cells(partition(seed)))
    code = inner(draft)
    try:
        changes = editing.split(draft, code, first=first, last=last, via=[], new="new", name="新网格")
    except Refusal as told:
        assert told.code in {"grid.edit_split", "grid.edit_corner"}
        assume(False)
    assert not checked(draft, changes)
    assert set(changes) == {code, "new"}
    assert changes[code].shape.area >= changes["new"].shape.area
    after = draft.after(changes)
    assert list(after.codes()) == [*draft.codes(), "new"]
    joined = editing.join(after, code, "new")
    assert joined["new"] is None
    assert not check_edit(after, joined, outline(draft), **WIDTHS)
    assert square_metres(joined[code].shape) == pytest.approx(square_metres(draft.get(code).shape), rel=1e-6)


def test_a_split_runs_over_points_between():
    draft = Draft(cells(placed(np.array([shapely.box(0, 0, 100, 100)], dtype=object))))
    plane = plane_of(draft.base.shapes)
    inside = tuple(shapely.get_coordinates(draft.get("c0").shape.centroid)[0])
    assert plane.flatten(np.array([inside])).max() < 1
    changes = editing.split(draft, "c0", first=1, last=2, via=[inside], new="n", name="")
    assert square_metres(changes["n"].shape) == pytest.approx(2500, rel=0.01)
    assert changes["n"].name == "n"
    for wrong in (
        {"first": 1, "last": 1},
        {"first": 1, "last": 2, "via": []},
        {"first": 1, "last": 3, "via": [(0, 0)]},
    ):
        with pytest.raises(Refusal) as told:
            editing.split(draft, "c0", **({"via": [], "new": "n", "name": ""} | wrong))
        assert told.value.code == "grid.edit_split"


def test_joined_are_neighbours_only_and_the_lists_come_together():
    draft = Draft(cells(placed(bricks(3, 3))))
    listed = draft.after({code: Content(code, draft.get(code).shape, (f"P{code}",)) for code in ("c0", "c1")})
    changes = editing.join(listed, "c0", "c1")
    assert changes["c0"].places == ("Pc0", "Pc1")
    for other in ("c0", "c8"):
        with pytest.raises(Refusal) as told:
            editing.join(listed, "c0", other)
        assert told.value.code == "grid.edit_join"


def test_a_seam_within_the_noise_is_closed():
    apart = [shapely.box(0, 0, 100, 100), shapely.box(100.01, 0, 200, 100)]
    draft = Draft(cells(placed(np.array(apart, dtype=object), decimals=9)))
    changes = editing.join(draft, "c0", "c1")
    assert changes["c0"].shape.geom_type == "Polygon"
    assert square_metres(changes["c0"].shape) == pytest.approx(20_000, rel=1e-3)


def ring(draft: Draft, polygon) -> list:
    """A polygon in metres of the maps' own projection, in degrees."""
    return shapely.get_coordinates(placed(np.array([polygon], dtype=object), decimals=9)[0])[:-1].tolist()


def test_a_new_cell_is_cut_out_of_those_that_had_its_land():
    draft = Draft(cells(placed(jittered_grid(6, 7, 4))))
    new = ring(draft, shapely.box(150, 150, 330, 260))
    changes = editing.draw(draft, new, new="new", name="")
    assert not checked(draft, changes)
    assert len(changes) > 2
    assert square_metres(changes["new"].shape) == pytest.approx(180 * 110, rel=0.01)
    outside = editing.draw(draft, ring(draft, shapely.box(650, 150, 750, 160)), new="new", name="")
    assert FaultKind.STRAY in {fault.kind for fault in checked(draft, outside)}


def test_a_new_cell_swallows_none_and_is_an_area():
    draft = Draft(cells(placed(jittered_grid(6, 7, 4))))
    for points, code in (
        (ring(draft, shapely.box(-10, -10, 350, 350)), "grid.edit_swallow"),
        (ring(draft, shapely.box(0, 0, 10, 10))[:2], "grid.edit_ring"),
        ([(114.3, 30.6), (114.301, 30.601), (114.301, 30.6), (114.3, 30.601)], "grid.edit_ring"),
    ):
        with pytest.raises(Refusal) as told:
            editing.draw(draft, points, new="new", name="")
        assert told.value.code == code


def test_codes_are_one_each_and_not_too_long():
    draft = Draft(cells(placed(jittered_grid(2, 2, 1))))
    changes = editing.rename(draft, "c0", new="G1", name="一号", places=["P1", "P1"])
    after = draft.after(changes)
    assert ("c0" in after, after.get("G1").name, after.get("G1").places) == (False, "一号", ("P1",))
    assert editing.rename(draft, "c0", new="c0", name="", places=[])["c0"].name == "c0"
    assert editing.rename(draft, "c0", new="丹桂/1.2", name="", places=[])["丹桂/1.2"].name == "丹桂/1.2"
    dots = [(new, "", "address") for new in (".", "..", "...", "/", "//", "../..", "a/../b", "a//b", "/a", "a/")]
    wrong = (("c1", "", "taken"), ("", "", "code"), ("x" * 41, "", "code"), ("x", "y" * 81, "code"), *dots)
    for new, name, code in wrong:
        with pytest.raises(Refusal) as told:
            editing.rename(draft, "c0", new=new, name=name, places=[])
        assert told.value.code == f"grid.edit_{code}"
    with pytest.raises(Refusal) as told:
        draft.get("none")
    assert told.value.code == "grid.edit_cell"
    with pytest.raises(Refusal) as told:
        corners.corner(draft.get("c0"), 9)
    assert told.value.code == "grid.edit_corner"


def test_the_draft_finds_who_is_near():
    draft = Draft(cells(placed(jittered_grid(6, 7, 4))))
    gone = draft.after({"c0": None})
    shape = draft.get("c0").shape
    assert "c0" in draft.near(shape)
    assert "c0" not in gone.near(shape)
    assert gone.cells().ids == draft.cells().ids[1:]
    assert draft.cells() is draft.base
