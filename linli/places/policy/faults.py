"""Pieces of the plane → faults in words."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.places.policy.concern import cells_along, cells_under
from linli.places.policy.datum import Plane
from linli.places.policy.edges import BOUNDARY
from linli.places.policy.features import Cells, Shapes
from linli.places.policy.noding import Net
from linli.places.policy.report import Fault, FaultKind
from linli.places.policy.validity import Invalid


def describe(
    kind: FaultKind,
    pieces: Shapes,
    is_wide: NDArray[np.bool_],
    *,
    ids: tuple[str, ...],
    shapes: Shapes,
    net: Net,
    plane: Plane,
) -> list[Fault]:
    """Return a fault for each of `pieces` (polygons in plane metres) of one kind; thin ones become slivers.

    A gap with one neighbour alone is a hole of it. `shapes` are the cells in file degrees.
    """
    if not len(pieces):
        return []
    if kind is FaultKind.GAP:
        owners = cells_along(pieces, net)
    else:
        owners = cells_under(pieces, shapes, plane, times=2 if kind is FaultKind.OVERLAP else 1)
    faults = []
    places = shapely.transform(pieces, plane.unflatten)
    for place, area, wide, cells in zip(places, shapely.area(pieces), is_wide, owners, strict=True):
        own = tuple(ids[cell] for cell in cells if cell != BOUNDARY)
        named = FaultKind.HOLE if kind is FaultKind.GAP and len(own) == len(cells) == 1 else kind
        faults.append(Fault.of(named if wide else FaultKind.SLIVER, place, float(area), own))
    return faults


def describe_invalid(
    invalid: list[Invalid], cells: Cells, mended: Shapes, plane: Plane, tolerance: float
) -> list[Fault]:
    """Return a fault for each invalid cell: the area that its outline encloses, and the place of the trouble.

    A cell that encloses nothing is drawn as a band of the tolerance around its outline, with area 0.
    """
    faults = []
    for trouble in invalid:
        shape = mended[trouble.cell]
        flat = shapely.transform(shape, plane.flatten)
        area = flat.area
        if shape.is_empty:
            points = shapely.get_coordinates(cells.shapes[trouble.cell])
            flat = shapely.LineString(plane.flatten(points)).buffer(tolerance)
        lon, lat = plane.unflatten(plane.flatten(np.array([trouble.place])))[0]
        drawn = shapely.transform(flat, plane.unflatten)
        words: dict[str, object] = {"lon": float(lon), "lat": float(lat), "reason": trouble.reason}
        faults.append(Fault.of(FaultKind.INVALID, drawn, float(area), (cells.ids[trouble.cell],), **words))
    return faults
