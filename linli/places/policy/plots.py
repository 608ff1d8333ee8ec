"""Buildings inside a boundary → plots: the land that is nearest to each, so that lines run between buildings.

All shapes are flat, roughly in metres, by scaling alone (`Plane.stretch`): what is straight in the file stays straight.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.sheet import Shapes

STEP, SHRINK, PRECISION, JITTER = 2.0, 0.25, 0.001, 0.002
"""Metres between points of an outline, by which it draws back so that walls in common part, of corners, of chance."""

type Labels = NDArray[np.intp]
type Borders = dict[tuple[int, int], float]


def plots(buildings: Shapes, boundary: shapely.Geometry) -> tuple[Shapes, Labels]:
    """Divide `boundary` among `buildings` (areas within it); return the plots and the plot of each building.

    Buildings that lie on each other get one plot together. No plot cuts a building; plots meet corner to corner.
    Refused: a part of the boundary without a building.
    """
    of_building = _glued(buildings)
    count = int(of_building.max()) + 1
    grown = [buildings[of_building == number] for number in range(count)]
    wholes = np.array([shapely.union_all(group) if len(group) > 1 else group[0] for group in grown], dtype=object)
    if count == 1:
        return np.array([boundary], dtype=object), of_building
    faces, nearest = _cut(wholes, boundary)
    return dissolve(faces, _joined(faces, *_labelled(faces, wholes, nearest), count), count), of_building


def as_plots(cells: Shapes) -> Shapes:
    """Return cells of a proven map as plots that meet corner to corner, in their order."""
    lines = shapely.union_all(shapely.boundary(cells), grid_size=PRECISION)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    spots = shapely.point_on_surface(faces)
    inside = shapely.intersects(shapely.union_all(cells), spots)
    faces, spots = faces[inside], spots[inside]
    labels = shapely.STRtree(cells).nearest(spots)
    return dissolve(faces, labels, len(cells))


def borders(shapes: Shapes) -> Borders:
    """Return for each two shapes that meet corner to corner the length that they share."""
    rings, of_ring = shapely.get_parts(shapely.boundary(shapes), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    owner = of_ring[ring]
    one, two = points[:-1], points[1:]
    same = ring[:-1] == ring[1:]
    one, two, owner = one[same], two[same], owner[:-1][same]
    turned = (one[:, 0] > two[:, 0]) | ((one[:, 0] == two[:, 0]) & (one[:, 1] > two[:, 1]))
    ends = np.where(turned[:, None], np.hstack([two, one]), np.hstack([one, two]))
    order = np.lexsort(ends.T[::-1])
    ends, owner = ends[order], owner[order]
    pair = np.flatnonzero((ends[1:] == ends[:-1]).all(axis=1) & (owner[1:] != owner[:-1]))
    found: Borders = {}
    lengths = np.hypot(*(ends[pair, 2:] - ends[pair, :2]).T)
    for a, b, length in zip(owner[pair].tolist(), owner[pair + 1].tolist(), lengths.tolist(), strict=True):
        key = (a, b) if a < b else (b, a)
        found[key] = found.get(key, 0.0) + length
    return found


def dissolve(faces: Shapes, labels: Labels, count: int) -> Shapes:
    """Join the faces of each label, from 0 to `count` - 1."""
    order = np.argsort(labels, kind="stable")
    groups = np.split(faces[order], np.searchsorted(labels[order], np.arange(1, count)))
    return np.array([shapely.coverage_union_all(group) for group in groups], dtype=object)


def _glued(buildings: Shapes) -> Labels:
    """Return a number for each building; those that lie on each other, not only wall to wall, have the same."""
    cores = shapely.buffer(buildings, -SHRINK, join_style="mitre")
    cores = np.where(shapely.is_empty(cores), shapely.point_on_surface(buildings), cores)
    number = np.arange(len(buildings))
    for one, two in shapely.STRtree(cores).query(cores, predicate="intersects").T.tolist():
        if number[one] != number[two]:
            number[number == max(number[one], number[two])] = min(number[one], number[two])
    return np.unique(number, return_inverse=True)[1]


def _cut(wholes: Shapes, boundary: shapely.Geometry) -> tuple[Shapes, Shapes]:
    """Return the faces into which outlines and middle lines cut the boundary, and the land nearest to each building."""
    cores = shapely.buffer(wholes, -SHRINK, join_style="mitre")
    cores = np.where(shapely.is_empty(cores), shapely.point_on_surface(wholes), cores)
    points, owner = shapely.get_coordinates(shapely.segmentize(cores, STEP), return_index=True)
    points, first = np.unique(np.round(points, 3), axis=0, return_index=True)
    points += np.random.default_rng(1).uniform(-JITTER, JITTER, points.shape)  # four on one circle give no region
    regions = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=boundary, ordered=True))
    nearest = dissolve(regions, owner[first], len(wholes))
    lines = np.concatenate([shapely.boundary(nearest), shapely.boundary(wholes), [shapely.boundary(boundary)]])
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=PRECISION)]))
    inside = shapely.contains_properly(shapely.buffer(boundary, PRECISION), shapely.point_on_surface(faces))
    return faces[inside & (shapely.area(faces) > 0)], nearest


def _labelled(faces: Shapes, wholes: Shapes, nearest: Shapes) -> tuple[Labels, NDArray[np.float64]]:
    """Return of each face the building to which it belongs or is nearest, and how much of it is built."""
    spots = shapely.point_on_surface(faces)
    labels: Labels = shapely.STRtree(nearest).nearest(spots)
    spot, building = shapely.STRtree(wholes).query(spots, predicate="intersects")
    labels[spot] = building
    built = np.zeros(len(faces))
    built[spot] = shapely.area(faces[spot])
    return labels, built


def _joined(faces: Shapes, labels: Labels, built: NDArray[np.float64], count: int) -> Labels:
    """Give what does not hang together with its building to the neighbour with the longest border."""
    near: list[dict[int, float]] = [{} for _ in faces]
    for (one, two), length in borders(faces).items():
        near[one][two] = near[two][one] = length
    labels, kept = labels.copy(), np.zeros(len(faces), dtype=bool)
    for number in range(count):
        kept[_largest(np.flatnonzero(labels == number), built, near)] = True
    while not kept.all():
        loose = np.flatnonzero(~kept).tolist()
        ways = [(length, -one, two) for one in loose for two, length in near[one].items() if kept[two]]
        if not ways:
            raise Refusal(
                "grid.divide_apart",
                gettext_noop("A part of the boundary holds no building: leave it out of the boundary."),
                field="boundary",
            )
        _length, one, two = max(ways)
        labels[-one], kept[-one] = labels[two], True
    return labels


def _largest(members: Labels, areas: NDArray[np.float64], near: list[dict[int, float]]) -> list[int]:
    """Return the group of `members` that hangs together and is built most."""
    left: set[int] = set(members.tolist())
    best: list[int] = []
    while left:
        group, found = [min(left)], list[int]()
        left.discard(group[0])
        while group:
            found.append(group.pop())
            fresh = left & near[found[-1]].keys()
            left -= fresh
            group += sorted(fresh)
        best = max(best, found, key=lambda group: float(areas[group].sum()))
    return best
