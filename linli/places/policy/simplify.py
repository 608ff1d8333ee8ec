"""Coarser outlines of a map that stay without gap and overlap: all borders together, the outer one among them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.cover import check_cover
from linli.places.policy.datum import Plane
from linli.places.policy.edges import Edges, Points
from linli.places.policy.features import Cells, Shapes
from linli.places.policy.noding import node

MOST = 100
"""Metres by which a border may move."""
OFFERED = (1, 2, 5, 10, 25, 50)
"""Metres that everybody may ask for: few, so that each map is simplified a few times and kept."""
DECIMALS = 7
"""Of degrees: a centimetre. Corners that were one stay one, since equal numbers round alike."""
_TRIES = 7
_ROOM, _LEAST_CORNERS = 1000.0, 3
_DENSE = 0.25


@dataclass(frozen=True, eq=False)
class Simplified:
    """Cells in WGS-84 with fewer corners, the area that they cover, and the tolerance used; 0: nothing could go."""

    cells: Cells
    boundary: Cells | None
    metres: float


def simplify(cells: Cells, metres: float, *, noise: float) -> Simplified:
    """Return `cells`, a sound map in WGS-84, with fewer corners; no border moves by more than `metres`.

    Corners that a neighbour has on an edge become corners of both first; `noise` as in the proof of the map. The
    outside takes part as one cell more, so that the outer border is thinned like any other. Where a cell would vanish,
    fold or move too far, or the proof finds a fault, the tolerance is halved for the whole map.
    Refused: `metres` outside 0 to 100.
    """
    if not 0 < metres <= MOST:
        message = gettext_noop("Simplify by a number of metres above 0, at most %(most)d.")
        raise Refusal("grid.simplify", message, field="simplify", most=MOST)
    plane = Plane(shapely.total_bounds(cells.shapes))
    flat = _noded(cells.shapes, plane, noise)
    every = np.array([*flat, _outside(flat)], dtype=object)
    if shapely.is_valid(every).all():
        for tried in (metres / 2**step for step in range(_TRIES)):
            found = shapely.coverage_simplify(every, tried, simplify_boundary=False)
            done = _proven(cells, found, plane) if _stays(every, found, metres) else None
            if done is not None:
                return replace(done, metres=tried)
    return Simplified(cells, None, 0.0)


def _noded(shapes: Shapes, plane: Plane, noise: float) -> Shapes:
    """Return `shapes` in metres of the plane, with every corner that a neighbour has on one of their edges."""
    polygons, owner = shapely.get_parts(shapes, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    corners = points.view(np.complex128).ravel()
    step = np.flatnonzero(ring[1:] == ring[:-1])
    net = node(Edges(corners[step], corners[step + 1], ring[step]), plane, noise)
    whole = np.bincount(net.cell)[net.cell] >= _LEAST_CORNERS
    kept, number = np.unique(net.cell[whole], return_inverse=True)
    lines = np.asarray(shapely.linearrings(net.points[net.start[whole]], indices=number), dtype=object)
    of_polygon, number = np.unique(polygon[kept], return_inverse=True)
    areas = np.asarray(shapely.polygons(lines, indices=number), dtype=object)
    return np.asarray(shapely.multipolygons(areas, indices=owner[of_polygon]), dtype=object)


def _outside(flat: Shapes) -> BaseGeometry:
    """Return what lies around the cells and in holes between them, up to a frame that no border touches."""
    matched = shapely.coverage_is_valid(flat)
    covered = shapely.coverage_union_all(flat) if matched else shapely.union_all(flat)
    west, south, east, north = covered.bounds
    return shapely.difference(shapely.box(west - _ROOM, south - _ROOM, east + _ROOM, north + _ROOM), covered)


def _stays(before: Shapes, after: Shapes, metres: float) -> bool:
    """Tell whether each border is still there, within `metres`."""
    if shapely.is_empty(after).any():
        return False
    moved = shapely.hausdorff_distance(shapely.boundary(before), shapely.boundary(after), densify=_DENSE)
    return bool((moved <= metres).all())


def _proven(cells: Cells, found: Shapes, plane: Plane) -> Simplified | None:
    """Return the simplified map in degrees; None where it is not sound."""

    def placed(points: Points) -> Points:
        return np.round(plane.unflatten(points), DECIMALS)

    shapes = shapely.transform(found, placed)
    if not shapely.is_valid(shapes).all():
        return None
    parts = shapely.get_parts(shapes[-1])
    frame = parts[int(shapely.area(parts).argmax())]
    land = shapely.difference(shapely.Polygon(frame.exterior), shapes[-1])
    boundary = Cells(("#1",), ("",), np.array([land], dtype=object))
    done = replace(cells, shapes=_single(shapes[:-1]))
    try:
        sound = check_cover(done, boundary).is_sound
    except Refusal:
        return None
    return Simplified(done, boundary, 0.0) if sound else None


def _single(shapes: Shapes) -> Shapes:
    """Return those of one part as Polygons."""
    one = np.flatnonzero(shapely.get_num_geometries(shapes) == 1)
    shapes[one] = shapely.get_geometry(shapes[one], 0)
    return shapes
