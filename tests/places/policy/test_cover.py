from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linli.lib.errors import Refusal
from linli.places.policy.cover import check_cover
from linli.places.policy.datum import Datum
from linli.places.policy.report import FaultKind, as_geojson
from tests.places.policy.maps import bricks, cells, jittered_grid, merged, placed, plane_of, square_metres, voronoi

PLACES = st.sampled_from([(114.3, 30.6), (2.35, 48.86), (25.7, 62.2), (-70.6, -33.4), (36.8, -1.3), (-122.4, 37.8)])
SEEDS = st.integers(0, 10_000)
quick = settings(max_examples=40, deadline=None)


def partition(seed: int, place, decimals=7, angle=0.0) -> np.ndarray:
    shapes = voronoi(30, seed) if seed % 2 else jittered_grid(6, 7, seed)
    return placed(shapes, lon=place[0], lat=place[1], decimals=decimals, angle=angle)


def outline(shapes) -> object:
    return cells([shapely.union_all(shapes)])


def inner(shapes) -> list[int]:
    rim = shapely.union_all(shapes).exterior
    return [i for i, shape in enumerate(shapes) if not shape.intersects(rim)]


def only(report, *kinds: FaultKind) -> None:
    assert {fault.kind for fault in report.faults} == set(kinds), report.faults


@given(SEEDS, PLACES, st.sampled_from([None, 7, 8]), st.floats(0, 1.5), st.booleans())
@quick
def test_a_perfect_partition_has_no_fault(seed, place, decimals, angle, bounded):
    shapes = partition(seed, place, decimals, angle)
    report = check_cover(cells(shapes), outline(shapes) if bounded else None)
    only(report)
    assert report.area == pytest.approx(sum(map(square_metres, shapes)), rel=1e-3)


@given(PLACES, st.sampled_from([None, 7, 6]), st.floats(0, 1.5), st.sampled_from([20.0, 100.0, 900.0]))
@quick
def test_corners_on_a_neighbours_straight_edge_are_no_fault(place, decimals, angle, step):
    shapes = placed(bricks(6, 6, step), lon=place[0], lat=place[1], decimals=decimals, angle=angle)
    box = placed(
        np.array([shapely.box(0, 0, 6 * step, 6 * step)]), lon=place[0], lat=place[1], decimals=decimals, angle=angle
    )
    only(check_cover(cells(shapes)))
    only(check_cover(cells(shapes), cells(box)))


@given(SEEDS, PLACES, st.booleans())
@quick
def test_a_missing_cell_is_one_gap_of_its_area(seed, place, bounded):
    shapes = partition(seed, place)
    gone = inner(shapes)[seed % len(inner(shapes))]
    left = np.delete(shapes, gone)
    report = check_cover(cells(left), outline(shapes) if bounded else None)
    only(report, FaultKind.GAP)
    assert len(report.faults) == 1
    assert report.faults[0].area == pytest.approx(square_metres(shapes[gone]), rel=0.01)
    near = {f"c{i}" for i, shape in enumerate(left) if shapely.intersection(shape, shapes[gone]).length > 1e-6}
    assert set(report.faults[0].cells) == near
    longest = max(
        near,
        key=lambda name: shapely.length(flat(left[int(name[1:])], shapes).intersection(flat(shapes[gone], shapes))),
    )
    assert report.faults[0].cells[0] == longest


def flat(shape, shapes):
    return shapely.transform(shape, plane_of(shapes).flatten)


@given(SEEDS, PLACES)
@quick
def test_a_missing_cell_at_the_rim_needs_the_boundary(seed, place):
    shapes = partition(seed, place)
    gone = next(i for i in range(len(shapes)) if i not in inner(shapes))
    report = check_cover(cells(np.delete(shapes, gone)), outline(shapes))
    only(report, FaultKind.GAP)
    assert sum(fault.area for fault in report.faults) == pytest.approx(square_metres(shapes[gone]), rel=0.01)


@given(SEEDS, PLACES, st.floats(0.5, 0.9))
@quick
def test_a_shrunk_cell_leaves_a_gap_round_it(seed, place, share):
    shapes = partition(seed, place)
    which = inner(shapes)[0]
    small = shapely.affinity.scale(shapes[which], share, share)
    faulty = shapes.copy()
    faulty[which] = small
    report = check_cover(cells(faulty))
    only(report, FaultKind.GAP)
    expected = square_metres(shapes[which]) - square_metres(small)
    assert sum(fault.area for fault in report.faults) == pytest.approx(expected, rel=0.01)


@given(SEEDS, PLACES, st.floats(5, 30), st.floats(0, 6.2), st.booleans())
@quick
def test_a_shifted_cell_makes_gaps_and_overlaps_of_equal_area(seed, place, metres, angle, bounded):
    shapes = partition(seed, place)
    which = inner(shapes)[-1]
    plane = plane_of(shapes)
    moved = shapely.affinity.translate(flat(shapes[which], shapes), metres * np.cos(angle), metres * np.sin(angle))
    assume(shapely.union_all(flat(shapes, shapes)).contains(moved))  # beyond the outer edge there is nothing to overlap
    faulty = shapes.copy()
    faulty[which] = shapely.transform(moved, plane.unflatten)
    report = check_cover(cells(faulty), outline(shapes) if bounded else None)
    expected = moved.difference(flat(shapes[which], shapes)).area
    gaps = sum(fault.area for fault in report.faults if fault.kind is FaultKind.GAP)
    overlaps = sum(fault.area for fault in report.faults if fault.kind is FaultKind.OVERLAP)
    thin = sum(fault.area for fault in report.faults if fault.kind is FaultKind.SLIVER)
    assert gaps + overlaps + thin == pytest.approx(2 * expected, rel=0.01)
    assert gaps == pytest.approx(overlaps, rel=0.01, abs=thin)
    assert all(f"c{which}" in fault.cells for fault in report.faults)


@given(SEEDS, PLACES, st.booleans())
@quick
def test_a_cell_drawn_twice_is_one_overlap(seed, place, bounded):
    shapes = partition(seed, place)
    which = seed % len(shapes)
    report = check_cover(cells([*shapes, shapes[which]]), outline(shapes) if bounded else None)
    only(report, FaultKind.OVERLAP)
    assert len(report.faults) == 1
    assert set(report.faults[0].cells) == {f"c{which}", f"c{len(shapes)}"}
    assert report.faults[0].area == pytest.approx(square_metres(shapes[which]), rel=0.01)


@given(SEEDS, PLACES)
@quick
def test_a_self_crossing_cell_is_named_and_the_rest_is_a_gap(seed, place):
    shapes = placed(jittered_grid(5, 5, seed), lon=place[0], lat=place[1])
    a, b, c, d, _ = shapely.get_coordinates(shapes[12])
    faulty = shapes.copy()
    faulty[12] = shapely.Polygon([a, c, b, d])
    report = check_cover(cells(faulty))
    assert report.faults[0].kind is FaultKind.INVALID
    assert report.faults[0].cells == ("c12",)
    kept = shapely.make_valid(faulty[12])
    assert report.faults[0].area == pytest.approx(square_metres(kept), rel=0.01)
    gap = sum(fault.area for fault in report.faults if fault.kind is FaultKind.GAP)
    over = sum(fault.area for fault in report.faults if fault.kind is FaultKind.OVERLAP)
    missing = flat(shapes[12], shapes).difference(flat(kept, shapes)).area
    assert gap == pytest.approx(missing, rel=0.01)
    assert over == pytest.approx(flat(kept, shapes).difference(flat(shapes[12], shapes)).area, rel=0.01, abs=0.5)


@given(SEEDS, PLACES)
@quick
def test_enclaves_holes_and_parts_apart_are_no_fault(seed, place):
    grid = jittered_grid(7, 7, seed)
    ring = [8, 9, 10, 15, 17, 22, 23, 24]  # round cell 16
    shapes = placed(merged(grid, [ring, [0, 48], [6, 20, 34]]), lon=place[0], lat=place[1])
    report = check_cover(cells(shapes), outline(shapes))
    only(report)
    without = [shape for shape in shapes if not shape.equals(placed(grid[16:17], lon=place[0], lat=place[1])[0])]
    report = check_cover(cells(without))
    only(report, FaultKind.HOLE)
    assert report.faults[0].cells == (f"c{len(without) - 3}",)


@given(SEEDS)
@quick
def test_winding_names_and_order_of_the_rings_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    shapes = partition(seed, (114.3, 30.6))
    turned = [shape.reverse() if rng.random() < 0.5 else shape for shape in shapes]
    only(check_cover(cells([turned[i] for i in rng.permutation(len(turned))]), outline(shapes)))


@given(SEEDS, st.sampled_from([Datum.GCJ02, Datum.BD09]))
@settings(max_examples=15, deadline=None)
def test_chinese_datums_give_the_same_faults_at_the_true_place(seed, datum):
    shapes = partition(seed, (114.3, 30.6))
    gone = inner(shapes)[0]
    shift = np.array([0.0055, -0.0025]) if datum is Datum.GCJ02 else np.array([0.012, 0.004])
    report = check_cover(cells(np.delete(shapes, gone)), outline(shapes), datum=datum)
    only(report, FaultKind.GAP)
    assert report.faults[0].area == pytest.approx(square_metres(shapes[gone]), rel=0.01)
    moved = np.array(report.faults[0].shape.centroid.coords[0]) - np.array(shapes[gone].centroid.coords[0])
    assert np.abs(moved + shift).max() < 0.004
    only(check_cover(cells(shapes), outline(shapes), datum=datum))
    only(check_cover(cells(placed(bricks(5, 5, 900.0))), datum=datum))


def test_a_thin_gap_is_a_sliver_and_rounding_is_nothing():
    for metres, kinds in ((0.2, {FaultKind.SLIVER}), (1.0, {FaultKind.GAP}), (0.004, set())):
        shapes = [shapely.box(0, 0, 100, 100), shapely.box(100 + metres, 0, 200, 100)]
        box = placed(np.array([shapely.box(0, 0, 200, 100)]), decimals=None)
        report = check_cover(cells(placed(np.array(shapes), decimals=None)), cells(box))
        assert {fault.kind for fault in report.faults} == kinds, metres
        if kinds:
            assert report.faults[0].area == pytest.approx(100 * metres, rel=0.02)
            assert set(report.faults[0].cells) == {"c0", "c1"}


def test_a_cell_thinner_than_the_tolerance_is_a_sliver():
    shapes = [shapely.box(0, 0, 100, 100), shapely.box(100, 0, 100.3, 100), shapely.box(100.3, 0, 200, 100)]
    report = check_cover(cells(placed(np.array(shapes))))
    assert [(fault.kind, fault.cells) for fault in report.faults] == [(FaultKind.SLIVER, ("c1",))]


def test_a_stray_piece_is_cut_at_the_boundary():
    shapes = [shapely.box(0, 0, 100, 100), shapely.box(100, 0, 230, 100), shapely.box(400, 0, 500, 100)]
    box = placed(np.array([shapely.box(0, 0, 200, 100)]))
    report = check_cover(cells(placed(np.array(shapes))), cells(box))
    assert [(fault.kind, fault.cells, round(fault.area, -1)) for fault in report.faults] == [
        (FaultKind.STRAY, ("c2",), 10_000),
        (FaultKind.STRAY, ("c1",), 3_000),
    ]


def test_a_piece_both_over_a_cell_and_outside_is_told_apart():
    shapes = [shapely.box(0, 0, 100, 100), shapely.box(50, 0, 150, 100)]  # their edges cancel in part with the boundary
    shapes[1] = shapely.Polygon([(0, 0), (150, 0), (150, 100), (100, 100), (0, 100)])
    box = placed(np.array([shapely.box(0, 0, 100, 100)]))
    report = check_cover(cells(placed(np.array(shapes))), cells(box))
    assert [(fault.kind, round(fault.area, -1)) for fault in report.faults] == [
        (FaultKind.OVERLAP, 10_000),
        (FaultKind.STRAY, 5_000),
    ]


def test_a_fold_whose_edges_all_cancel_is_found():
    """A corner pulled across a neighbour by all its cells alike: every edge still lies twice, in opposite directions."""
    grid = jittered_grid(4, 4, 1)
    corner = shapely.get_coordinates(grid[5])[2]
    away = corner + [170.0, 130.0]
    pulled = shapely.transform(grid, lambda c: np.where((np.abs(c - corner) < 1e-9).all(axis=1)[:, None], away, c))
    report = check_cover(cells(placed(pulled)), cells(placed(np.array([shapely.box(0, 0, 400, 400)]))))
    assert not report.is_sound
    assert report.counts()[FaultKind.OVERLAP] + report.counts()[FaultKind.INVALID] >= 1


def test_stray_cells_that_overlap_each_other_are_both():
    shapes = [shapely.box(0, 0, 100, 100), shapely.box(200, 0, 300, 100), shapely.box(200, 0, 300, 100)]
    report = check_cover(cells(placed(np.array(shapes))), cells(placed(np.array(shapes[:1]))))
    assert [(fault.kind, set(fault.cells)) for fault in report.faults] == [
        (FaultKind.OVERLAP, {"c1", "c2"}),
        (FaultKind.STRAY, {"c1", "c2"}),
    ]


def test_corners_parted_by_rounding_are_one():
    shapes = placed(np.array([shapely.box(0, 0, 100, 100), shapely.box(100.008, 0, 200, 100)]), decimals=None)
    report = check_cover(cells(shapes))
    assert report.is_sound
    assert len(report.notes) == 1, "a crack of 8 mm does not make an island"


def test_islands_are_a_note():
    shapes = placed(np.array([shapely.box(0, 0, 100, 100), shapely.box(300, 0, 400, 100)]))
    report = check_cover(cells(shapes))
    assert report.is_sound
    assert [note.values for note in report.notes] == [{}, {"parts": 2}]


@pytest.mark.parametrize(
    "shapes",
    [
        [shapely.box(-180, -90, 0, 90), shapely.box(0, -90, 180, 90)],
        [shapely.box(179.9, -17, 180, -16), shapely.box(-180, -17, -179.9, -16)],
        [shapely.box(0, 89, 90, 90), shapely.box(90, 89, 180, 90)],
        [shapely.Polygon([(1, 1), (1, 1), (1, 1), (1, 1)]), shapely.box(1, 1, 2, 2)],
        [shapely.Polygon([(1, 1), (2, 2), (3, 3), (1, 1)]), shapely.box(1, 1, 2, 2)],
    ],
)
def test_odd_maps_do_not_crash(shapes):
    check_cover(cells(shapes))
    check_cover(cells(shapes), cells(shapes[1:]))


def test_a_country_with_long_straight_borders_is_exact():
    """T-junctions on edges of 200 km, straight in degrees: no false sliver although the plane bends them."""
    shapes = [shapely.box(100, 30, 102, 31), shapely.box(100, 31, 101, 32), shapely.box(101, 31, 102, 32)]
    report = check_cover(cells(shapes), cells([shapely.box(100, 30, 102, 32)]))
    only(report)
    assert report.area == pytest.approx(sum(map(square_metres, shapes)), rel=2e-3)


@pytest.mark.parametrize("step", [1_000, 5_000, 20_000])
@pytest.mark.parametrize("angle", [0.0, 0.3, 0.8])
def test_maps_drawn_in_another_projection_have_no_false_slivers(step, angle):
    """Borders of 6 to 120 km, straight in a transverse Mercator map, with corners of neighbours on them."""
    wall = placed(bricks(6, 6, step), lat=45.0, angle=angle)
    box = placed(np.array([shapely.box(0, 0, 6 * step, 6 * step)]), lat=45.0, angle=angle)
    only(check_cover(cells(wall), cells(box)))


def test_refusals_say_what_to_mend():
    good = cells(placed(np.array([shapely.box(0, 0, 100, 100)])))
    with pytest.raises(Refusal, match="positive|above 0"):
        check_cover(good, tolerance=0)
    with pytest.raises(Refusal, match="above 0"):
        check_cover(good, tolerance=float("nan"))
    with pytest.raises(Refusal, match="No cell touches the boundary"):
        check_cover(good, cells([shapely.box(1, 1, 1.01, 1.01)]))
    with pytest.raises(Refusal, match="not a proper area"):
        check_cover(good, cells([shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])]))


def test_faults_are_geojson_with_kind_cells_area_and_mend():
    shapes = placed(jittered_grid(3, 3, 1))
    report = check_cover(cells(np.delete(shapes, 4)))
    document = as_geojson(report, mends=["mend"])
    (feature,) = document["features"]
    assert feature["geometry"]["type"] == "Polygon"
    assert feature["properties"]["kind"] == "gap"
    assert len(feature["properties"]["cells"]) == 4
    assert feature["properties"]["area_m2"] == pytest.approx(square_metres(shapes[4]), rel=0.001)
    assert feature["properties"]["mend"] == "mend"
    assert report.faults[0].mend % report.faults[0].words


def test_a_tangle_of_areas_is_refused_at_once():
    rng = np.random.default_rng(1)
    corner = rng.uniform([112.9, 28.2], [113.0, 28.3], (5000, 2))
    boxes = shapely.box(*np.concatenate([corner, corner + rng.uniform(0.002, 0.01, (5000, 2))], axis=1).T)
    with pytest.raises(Refusal) as refused:
        check_cover(cells(boxes))
    assert refused.value.code == "grid.tangle"


def test_islands_with_many_open_edges_are_no_tangle():
    report = check_cover(cells(placed(jittered_grid(30, 30, 5)[::2])))
    assert report.is_sound
