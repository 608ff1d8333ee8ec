"""The edge hash: directed edges of all rings, and those that no neighbour cancels.

Every ring runs with its land on the left. Then an inner edge lies twice in the map, in
opposite directions, and cancels; what is left over is the outline and the edges of faults.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.places.policy.features import Shapes

Points = NDArray[np.float64]
Corners = NDArray[np.complex128]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

BOUNDARY = -1


@dataclass(frozen=True, eq=False)
class Edges:
    """Directed edges from `start` to `end`, in file degrees; `cell` numbers the owner, BOUNDARY the parent.

    All of shape (n,); a corner is one complex number (longitude + latitude i), which compares and sorts as one.
    """

    start: Corners
    end: Corners
    cell: Numbers


def outline_edges(shapes: Shapes) -> Edges:
    """Return every ring edge of valid polygons, land on the left, without edges of no length."""
    polygons, owner = shapes, np.arange(len(shapes))
    if (shapely.get_type_id(shapes) != shapely.GeometryType.POLYGON).any():
        polygons, owner = shapely.get_parts(shapes, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    corners = points.view(np.complex128).ravel()
    is_hole = np.zeros(len(rings), dtype=bool)
    is_hole[1:] = polygon[1:] == polygon[:-1]
    turned = (shapely.is_ccw(rings) == is_hole).astype(np.int64)
    joined = np.flatnonzero((ring[1:] == ring[:-1]) & (corners[1:] != corners[:-1]))
    ring = ring[joined]
    joined += turned[ring]
    start = corners[joined]
    joined += 1 - 2 * turned[ring]
    return Edges(start, corners[joined], owner[polygon][ring])


def residual_edges(cells: Edges, boundary: Edges | None) -> Edges:
    """Return the edges that do not cancel; the boundary counts against the cells (its direction is turned).

    A 64-bit hash proposes pairs; a pair is taken as cancelled only when its four ends are equal
    in fact, and all the rest is counted exactly, so a collision of hashes cannot hide a fault.
    """
    edges = cells
    if boundary is not None:
        edges = Edges(
            np.concatenate([cells.start, boundary.end]),
            np.concatenate([cells.end, boundary.start]),
            np.concatenate([cells.cell, np.full(len(boundary.cell), BOUNDARY)]),
        )
    key = _hashed(edges.start) + _hashed(edges.end)
    order = np.argsort(key)
    sorted_key = key[order]
    same = np.zeros(len(key) + 1, dtype=bool)
    same[1:-1] = sorted_key[1:] == sorted_key[:-1]
    first = np.flatnonzero(~same[:-2] & same[1:-1] & ~same[2:]) if len(key) > 1 else np.empty(0, dtype=np.int64)
    one, two = order[first], order[first + 1]
    opposite = (edges.start[one] == edges.end[two]) & (edges.end[one] == edges.start[two])
    rest = np.ones(len(key), dtype=bool)
    rest[one[opposite]] = False
    rest[two[opposite]] = False
    left = Edges(edges.start[rest], edges.end[rest], edges.cell[rest])
    _, start, end = number_points(left)
    open_ = unbalanced(start, end)
    return Edges(left.start[open_], left.end[open_], left.cell[open_])


def number_points(edges: Edges) -> tuple[Points, Numbers, Numbers]:
    """Return the distinct points of `edges` (m, 2) and for each edge the number of its start and end."""
    distinct, number = np.unique(np.concatenate([edges.start, edges.end]), return_inverse=True)
    points: Points = distinct.view(np.float64).reshape(-1, 2)
    return points, number[: len(edges.cell)], number[len(edges.cell) :]


def unbalanced(start: Numbers, end: Numbers) -> Flags:
    """Mark the edges (by point numbers) that lie in the map more often in one direction than in the other."""
    if not len(start):
        return np.zeros(0, dtype=bool)
    size = max(int(start.max()), int(end.max())) + 1
    _, pair = np.unique(np.minimum(start, end) * size + np.maximum(start, end), return_inverse=True)
    net = np.bincount(pair, weights=np.sign(end - start))
    open_: Flags = net[pair] != 0
    return open_


def _hashed(corners: Corners) -> NDArray[np.uint64]:
    bits = corners.view(np.uint64).reshape(-1, 2)
    mixed = bits[:, 0] * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed += bits[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0xD6E8FEB86659FD93)
    mixed ^= mixed >> np.uint64(32)
    return mixed
