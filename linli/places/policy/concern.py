"""Which cells a fault concerns."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely

from linli.places.policy.datum import Datum, Plane
from linli.places.policy.edges import Numbers, Points
from linli.places.policy.features import Shapes
from linli.places.policy.noding import Net

_TOUCH = 0.01
_SHARE = 0.01
_DATUM_REACH = 0.02
_RASTER = 1e-5


def cells_along(pieces: Shapes, net: Net) -> list[list[int]]:
    """For each piece (plane metres) the owners of open edges along it, the longest share first.

    BOUNDARY may be among them. Owners that touch at a corner alone are left out, unless
    there is no other.
    """
    lines = net.lines
    piece, edge = shapely.STRtree(lines).query(pieces, predicate="dwithin", distance=_TOUCH)
    rims = shapely.buffer(shapely.boundary(pieces), _TOUCH, quad_segs=2)
    shared = shapely.length(shapely.intersection(lines[edge], rims[piece]))
    return _ranked(len(pieces), piece, net.cell[edge], shared, 5 * _TOUCH)


def cells_under(pieces: Shapes, shapes: Shapes, plane: Plane, times: int) -> list[list[int]]:
    """For each piece (plane metres) the cells (file degrees) that cover a share of it, the largest first.

    Each is covered `times` at least.
    """
    reach = 0.0 if plane.datum is Datum.WGS84 else _DATUM_REACH
    bounds = shapely.bounds(shapely.transform(pieces, plane.unflatten)) + np.array([-reach, -reach, reach, reach])
    west, south, east, north = shapely.bounds(shapes).T
    around = (west <= bounds[:, 2].max()) & (east >= bounds[:, 0].min())
    close = np.flatnonzero(around & (south <= bounds[:, 3].max()) & (north >= bounds[:, 1].min()))
    piece, cell = shapely.STRtree(shapes[close]).query(shapely.box(*bounds.T))  # of one fault few cells, no large tree
    cell = close[cell]
    near, place = np.unique(cell, return_inverse=True)
    flat = shapely.transform(shapes[near], plane.flatten)
    shared = shapely.area(shapely.intersection(flat[place], pieces[piece]))
    # edges that lie on each other to the last digit but one can make GEOS lose a piece; on a raster they cannot
    lost = np.bincount(piece, shared, len(pieces)) < (times - _SHARE) * shapely.area(pieces)
    again = np.flatnonzero(lost[piece])
    shared[again] = shapely.area(shapely.intersection(flat[place[again]], pieces[piece[again]], grid_size=_RASTER))
    shared /= shapely.area(pieces[piece])
    return _ranked(len(pieces), piece, cell, shared, _SHARE)


def _ranked(count: int, piece: Numbers, cell: Numbers, share: Points, least: float) -> list[list[int]]:
    """Sum `share` by (piece, cell); for each piece its cells, largest sum first, none under `least`."""
    pairs, number = np.unique(np.stack([piece, cell]), axis=1, return_inverse=True)
    sums = np.bincount(number, weights=share, minlength=pairs.shape[1])
    order = np.lexsort((pairs[1], -sums, pairs[0]))
    pieces, cells, sums = pairs[0][order], pairs[1][order], sums[order]
    ends = np.searchsorted(pieces, np.arange(count + 1))
    return [
        [int(cells[i]) for i in range(first, last) if sums[i] > least or i == first]
        for first, last in pairwise(ends.tolist())
    ]
