"""The faces between open edges, and how often each is covered."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.edges import Numbers, Points
from linli.places.policy.features import Shapes
from linli.places.policy.noding import Net

_AT_ONCE = 2048
_SAMPLE = 1000
_MOST_ON_AN_EDGE, _MOST_CROSSINGS = 20, 200_000


def enclose(net: Net) -> tuple[Shapes, Numbers]:
    """Return the bounded faces between the edges of `net`, and for each its winding number.

    Rings run with their land on the left, the boundary against them, so the winding number is
    the number of cells that cover the face, less one inside the boundary: it does not matter
    which edges have cancelled. The faces do not overlap; edges that cross are cut there.
    Refused: edges that cross each other almost everywhere, as in a layer that is no map of cells.
    """
    if not len(net.cell):
        return np.empty(0, dtype=object), np.empty(0, dtype=np.int64)
    _refuse_tangle(net)
    cut = shapely.get_parts(shapely.union_all(net.runs()))
    faces: Shapes = shapely.get_parts(shapely.polygonize(cut))
    inside = shapely.get_coordinates(shapely.point_on_surface(faces))
    return faces, wind(inside, net)


def _refuse_tangle(net: Net) -> None:
    """Refuse what would take minutes and gigabytes: crossings are estimated from a sample of the edges."""
    lines = net.lines
    if len(lines) ** 2 <= 2 * _MOST_CROSSINGS:
        return
    sample = lines[:: max(1, len(lines) // _SAMPLE)]
    tree = shapely.STRtree(lines)
    if len(tree.query(sample)[0]) <= _MOST_ON_AN_EDGE * len(sample):
        return  # not even their boxes meet so often
    mean = len(tree.query(sample, predicate="crosses")[0]) / len(sample)
    count = mean * len(lines) / 2
    if mean > _MOST_ON_AN_EDGE and count > _MOST_CROSSINGS:
        message = gettext_noop(
            "The areas cross each other about %(count)d times: this is no map of cells; choose the layer of the grid."
        )
        raise Refusal("grid.tangle", message, count=round(count, -3))


def wind(inside: Points, net: Net) -> Numbers:
    """Return how often the edges of `net` run round each point, counter-clockwise (points on no edge)."""
    start, end = net.points[net.start], net.points[net.end]
    tree = shapely.STRtree(net.lines)
    far = max(float(start[:, 0].max()), float(end[:, 0].max())) + 1.0
    turns = np.zeros(len(inside), dtype=np.int64)
    for first in range(0, len(inside), _AT_ONCE):
        part = inside[first : first + _AT_ONCE]
        rays = shapely.linestrings(np.stack([part, np.stack([np.full(len(part), far), part[:, 1]], axis=1)], axis=1))
        ray, edge = tree.query(rays)
        a, b, p = start[edge], end[edge], part[ray]
        side = (b[:, 0] - a[:, 0]) * (p[:, 1] - a[:, 1]) - (p[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
        up = (a[:, 1] <= p[:, 1]) & (b[:, 1] > p[:, 1]) & (side > 0)
        down = (b[:, 1] <= p[:, 1]) & (a[:, 1] > p[:, 1]) & (side < 0)
        crossings = up.astype(np.int64) - down
        turns[first : first + len(part)] = np.round(np.bincount(ray, weights=crossings, minlength=len(part)))
    return turns


def is_wider(shapes: Shapes, width: float) -> NDArray[np.bool_]:
    """Mark the polygons that hold a circle of diameter `width`.

    The inner radius is at least area / perimeter, so only thin shapes are eroded to find out.
    """
    if not len(shapes):
        return np.empty(0, dtype=np.bool_)
    radius = width / 2
    wide: NDArray[np.bool_] = shapely.area(shapes) > radius * shapely.length(shapes)
    thin = np.flatnonzero(~wide)
    wide[thin] = ~shapely.is_empty(shapely.buffer(shapes[thin], -radius))
    return wide
