from __future__ import annotations

import numpy as np
import shapely

from linli.places.policy.edges import outline_edges, residual_edges
from linli.places.policy.noding import join
from tests.places.policy.maps import placed, plane_of


def joined(*boxes) -> int:
    shapes = placed(np.array(boxes), decimals=None)
    return len(join(residual_edges(outline_edges(shapes), None), plane_of(shapes), 0.02).cell)


def test_corners_parted_by_rounding_become_one():
    assert joined(shapely.box(0, 0, 100, 100), shapely.box(100.008, 0, 200, 100)) == 6


def test_corners_farther_apart_stay_two():
    assert joined(shapely.box(0, 0, 100, 100), shapely.box(100.08, 0, 200, 100)) == 8


def test_a_corner_on_a_straight_edge_splits_it():
    assert joined(shapely.box(0, 0, 100, 100), shapely.box(100, 30, 200, 70)) == 8


def test_a_perfect_pair_leaves_its_outline_and_nothing_against_it():
    pair = placed(np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)]))
    whole = np.array([shapely.union_all(pair)])
    left = residual_edges(outline_edges(pair), outline_edges(whole))
    assert len(left.cell) == 0
    assert len(join(left, plane_of(pair), 0.02).cell) == 0
