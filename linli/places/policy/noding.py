"""Joining what the rounding of a file has parted: equal corners, and corners on a neighbour's straight edge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.places.policy.chains import runs
from linli.places.policy.datum import Plane
from linli.places.policy.edges import Edges, Numbers, Points, number_points, unbalanced

_EARTH_RADIUS = 6_371_000.0
_MOST_BEND = 10.0


@dataclass(frozen=True, eq=False)
class Net:
    """Edges between numbered `points` (metres of the plane, (m, 2)); `cell` as in Edges."""

    points: Points
    start: Numbers
    end: Numbers
    cell: Numbers

    @cached_property
    def lines(self) -> NDArray[np.object_]:
        """Each edge as a line of two points."""
        return _lines(self.points, self.start, self.end)

    def runs(self) -> NDArray[np.object_]:
        """Return the same edges as few long lines."""
        corners, run = runs(self.start, self.end)
        return np.asarray(shapely.linestrings(self.points[corners], indices=run), dtype=object)


def join(edges: Edges, plane: Plane, noise: float) -> Net:
    """Return what is left of `edges` after corners within `noise` metres are joined and edges split at corners."""
    net = node(edges, plane, noise)
    open_ = unbalanced(net.start, net.end)
    return Net(net.points, net.start[open_], net.end[open_], net.cell[open_])


def node(edges: Edges, plane: Plane, noise: float) -> Net:
    """Return `edges` in their order, corners within `noise` metres joined and edges split at corners.

    A corner splits an edge when it lies within `noise` and the bend of planes of it, the edge straight either in the
    file's degrees or in the plane: both readings of a long border between two corners are honest.
    """
    degrees, start, end = number_points(edges)
    if not len(start):
        return Net(degrees, start, end, edges.cell)
    points = plane.flatten(degrees)
    alias = _clusters(points, noise)
    start, end = alias[start], alias[end]
    reach = noise + _bend(points, start, end)
    on_edge = _corners_on_edges([points, plane.stretch(degrees)], start, end, reach)
    return _split(points, start, end, edges.cell, on_edge)


def _lines(points: Points, start: Numbers, end: Numbers) -> NDArray[np.object_]:
    return np.asarray(shapely.linestrings(np.stack([points[start], points[end]], axis=1)), dtype=object)


def _clusters(points: Points, noise: float) -> Numbers:
    """For each point the smallest number among the points that a chain of steps ≤ noise joins to it."""
    shapes = np.asarray(shapely.points(points), dtype=object)
    one, two = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=noise)
    alias = np.arange(len(points))
    one, two = one[one != two], two[one != two]
    while True:
        lower = alias.copy()
        np.minimum.at(lower, one, alias[two])
        if (lower == alias).all():
            return alias
        alias = lower


def _bend(points: Points, start: Numbers, end: Numbers) -> Points:
    """How far the middle of each edge may lie from where another good map plane would have drawn it (m).

    Planes of one map agree to the second order; the third is length² × reach of the map / 8 R²: nothing in
    a subdistrict, a decimetre on a border of 30 km, metres on one of 120 km; never more than 10 m.
    """
    length = np.hypot(*(points[end] - points[start]).T)
    bend: Points = length**2 * np.hypot(*np.ptp(points, axis=0)) / (8 * _EARTH_RADIUS**2) if len(points) else length
    return np.minimum(bend, _MOST_BEND)


def _corners_on_edges(planes: list[Points], start: Numbers, end: Numbers, reach: Points) -> tuple[Numbers, Numbers]:
    """Pairs (edge, point) where a point that ends other edges lies within `reach` of an edge, in any of the planes."""
    used = np.unique(np.concatenate([start, end]))
    found = []
    for points in planes:
        one, two = points[start], points[end]
        boxes = shapely.box(*(np.minimum(one, two) - reach[:, None]).T, *(np.maximum(one, two) + reach[:, None]).T)
        edge, corner = shapely.STRtree(shapely.points(points[used])).query(boxes)
        point = used[corner]
        inner = (point != start[edge]) & (point != end[edge]) & (start[edge] != end[edge])
        edge, point = edge[inner], point[inner]
        near = _distance(points[point], one[edge], two[edge]) <= reach[edge]
        found.append(edge[near] * len(points) + point[near])
    edge, point = np.divmod(np.unique(np.concatenate(found)), len(planes[0]))
    return edge, point


def _distance(points: Points, start: Points, end: Points) -> Points:
    """Return how far each point is from the edge of its row, which has a length."""
    along = end - start
    share = np.clip(((points - start) * along).sum(axis=1) / (along**2).sum(axis=1), 0.0, 1.0)
    distance: Points = np.hypot(*(points - start - share[:, None] * along).T)
    return distance


def _split(points: Points, start: Numbers, end: Numbers, cell: Numbers, on_edge: tuple[Numbers, Numbers]) -> Net:
    edge, point = on_edge
    along = points[end[edge]] - points[start[edge]]
    share = ((points[point] - points[start[edge]]) * along).sum(axis=1) / (along**2).sum(axis=1)
    number = np.arange(len(start))
    edges = np.concatenate([number, edge, number])
    shares = np.concatenate([np.full(len(start), -np.inf), share, np.full(len(start), np.inf)])
    stops = np.concatenate([start, point, end])
    order = np.lexsort((shares, edges))
    edges, stops = edges[order], stops[order]
    step = np.flatnonzero((edges[1:] == edges[:-1]) & (stops[1:] != stops[:-1]))
    return Net(points, stops[step], stops[step + 1], cell[edges[step]])
