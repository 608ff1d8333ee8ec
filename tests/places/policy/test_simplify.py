"""Simplified outlines: sound by the proof of the house, no cell lost, no border moved further than was asked."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.lib.errors import Refusal
from linli.places.policy import simplify as module
from linli.places.policy.cover import check_cover
from linli.places.policy.simplify import DECIMALS, MOST, simplify
from tests.places.policy.maps import bricks, cells, jittered_grid, merged, placed, plane_of, voronoi

NOISE = 0.02
ROUNDING = 0.02
"""Metres: what the last decimal of a corner may add to the distance."""


def waved(shapes, *, step=15.0, high=4.0):
    """The same map with borders that wave; the wave follows the place, so neighbours keep one border."""

    def wave(points):
        return points + high * np.stack([np.sin(points[:, 1] / 17), np.sin(points[:, 0] / 13)], axis=1)

    return shapely.transform(shapely.segmentize(shapes, step), wave)


def holed(shapes):
    """The same map without one inner cell, and with a cell that lies around another."""
    middle = len(shapes) // 2
    inner = shapely.box(*(shapes[0].centroid.buffer(12).bounds))
    ring = shapes[0].difference(inner)
    return np.array([ring, inner, *(shape for number, shape in enumerate(shapes) if number not in {0, middle})], object)


def bent_bricks(seed, rows=4, columns=5, step=100.0):
    """A brick wall with bent layers: corners lie on the straight edges between two bends of a neighbour (T)."""
    knots = np.arange(0, columns * step + 1, step / 4)
    bends = np.random.default_rng(seed).uniform(-4, 4, (rows + 1, len(knots)))
    shapes = []
    for brick in bricks(rows, columns, step):
        left, low, right, high = brick.bounds
        across = np.concatenate([[left], knots[(knots > left) & (knots < right)], [right]])
        edges = [np.stack([across, y + np.interp(across, knots, bends[int(y / step)])], axis=1) for y in (low, high)]
        shapes.append(shapely.Polygon(np.concatenate([edges[0], edges[1][::-1]])))
    return np.array(shapes, dtype=object)


MAPS = {
    "voronoi": lambda seed: waved(voronoi(30, seed)),
    "grid": lambda seed: waved(jittered_grid(5, 6, seed)),
    "bricks": bent_bricks,
    "straight bricks": lambda _seed: bricks(4, 5),
    "holes": lambda seed: waved(holed(jittered_grid(5, 5, seed))),
    "ring and far parts": lambda seed: waved(
        merged(jittered_grid(6, 6, seed), [[0, 1, 2, 6, 8, 12, 13, 14], [30, 35]])
    ),
}


def outline(shapes):
    """The area of all together, without the seams that rounding leaves in it."""
    whole = shapely.union_all(shapely.buffer(shapes, 0.05, join_style="mitre"))
    return whole.buffer(-0.05, join_style="mitre")


def holds(before, done, metres):
    """What is promised of every simplified map."""
    assert 0 <= done.metres <= metres
    assert done.cells.ids == before.ids
    shapes = done.cells.shapes
    assert shapely.is_valid(shapes).all() and not shapely.is_empty(shapes).any()
    assert check_cover(done.cells, done.boundary).is_sound
    assert shapely.coverage_is_valid(shapes), "corner for corner: neighbours have the same numbers"
    flatten = plane_of(before.shapes).flatten
    old, new = (shapely.transform(each, flatten) for each in (before.shapes, shapes))
    pairs = [*zip(old, new, strict=True), (outline(old), outline(new))]
    moved = [shapely.hausdorff_distance(a.boundary, b.boundary, densify=0.1) for a, b in pairs]
    assert max(moved) <= metres + ROUNDING


@pytest.mark.parametrize("kind", MAPS)
@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), metres=st.floats(0.1, MOST))
def test_any_map_stays_whole_within_any_tolerance(kind, seed, metres):
    before = cells(placed(MAPS[kind](seed), decimals=9))
    holds(before, simplify(before, metres, noise=NOISE), metres)


@pytest.mark.parametrize("kind", [kind for kind in MAPS if kind != "straight bricks"])
def test_corners_go_and_a_hole_stays_a_hole(kind):
    before = cells(placed(MAPS[kind](7), decimals=9))
    done = simplify(before, 10, noise=NOISE)
    assert done.metres > 0
    assert shapely.get_num_coordinates(done.cells.shapes).sum() < 0.7 * shapely.get_num_coordinates(before.shapes).sum()
    flatten = plane_of(before.shapes).flatten
    maps = (shapely.transform(each, flatten) for each in (before.shapes, done.cells.shapes))
    holes = [len(outline(each).interiors) for each in maps]
    assert holes[0] == holes[1]
    numbers = shapely.get_coordinates(done.cells.shapes)
    assert (np.round(numbers, DECIMALS) == numbers).all()


def test_a_corner_on_a_neighbours_straight_edge_becomes_a_corner_of_it():
    before = cells(placed(bricks(4, 5), decimals=7))
    assert not shapely.coverage_is_valid(before.shapes)
    done = simplify(before, 5, noise=NOISE)
    assert done.metres == 5
    assert shapely.coverage_is_valid(done.cells.shapes)


def test_without_the_corners_of_neighbours_hairline_gaps_would_open(monkeypatch):
    """Why they are set first: the proof forgives the width of a hair, who draws the map does not."""
    before = cells(placed(bent_bricks(7), decimals=9))
    assert shapely.coverage_is_valid(simplify(before, 20, noise=NOISE).cells.shapes)
    monkeypatch.setattr(module, "_noded", lambda shapes, plane, _noise: shapely.transform(shapes, plane.flatten))
    assert not shapely.coverage_is_valid(simplify(before, 20, noise=NOISE).cells.shapes)


def test_a_lane_longer_than_the_tolerance_holds_the_whole_map_back():
    lane = shapely.box(250, 290, 252, 380)
    *others, last = jittered_grid(3, 3, 1)
    before = cells(placed(waved(np.array([*others, last.union(lane)], dtype=object)), decimals=9))
    assert check_cover(before).is_sound
    done = simplify(before, 20, noise=NOISE)
    holds(before, done, 20)
    assert 0 < done.metres < 20


def test_a_map_that_is_not_sound_is_left_as_it_is():
    one, *others = jittered_grid(3, 3, 1)
    before = cells(placed(waved(np.array([one.buffer(30), *others], dtype=object)), decimals=9))
    assert not check_cover(before).is_sound
    assert simplify(before, 10, noise=NOISE).metres == 0


def test_a_map_that_cannot_be_thinned_stays_as_it_is(monkeypatch):
    before = cells(placed(jittered_grid(3, 3, 1)))
    monkeypatch.setattr(module, "check_cover", lambda *_given: check_cover(cells([*before.shapes, before.shapes[0]])))
    done = simplify(before, 10, noise=NOISE)
    assert (done.metres, done.cells, done.boundary) == (0.0, before, None)


def test_cells_that_are_parts_of_one_subdistrict_keep_their_common_border():
    """Two communities cut out of one simplified map meet in the same corners."""
    before = cells(placed(waved(voronoi(12, 3)), decimals=9))
    one, two = (shapely.coverage_union_all(simplify(before, 15, noise=NOISE).cells.shapes[half]) for half in HALVES)
    assert shapely.intersection(one, two).area == 0
    assert shapely.coverage_is_valid(np.array([one, two], dtype=object))


HALVES = (slice(0, 6), slice(6, 12))


@pytest.mark.parametrize("metres", [0, -1, 100.1, float("nan"), float("inf")])
def test_a_tolerance_that_is_none_is_refused(metres):
    with pytest.raises(Refusal) as refused:
        simplify(cells(placed(jittered_grid(2, 2, 1))), metres, noise=NOISE)
    assert refused.value.code == "grid.simplify"
