"""In which datum a map was drawn: told, declared by the file, or seen from what is known of the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import shapely

from linli.places.policy.datum import Datum, Plane, Points, is_shifted, to_wgs84
from linli.places.policy.features import Cells, Shapes
from linli.places.policy.validity import mend_outlines

Fits = Mapping[Datum, float]
"""Datum → share of the area of map and known outline together that lies in both."""

_ENOUGH = 0.5


def fits(drawn: Shapes, known: Shapes) -> Fits:
    """Return how well a map fits the `known` outline (areas in WGS-84) in each datum; empty where it does in none."""
    if shapely.is_empty(known).all():
        return {}
    outline = _whole(drawn)
    plane = Plane(shapely.total_bounds(known))
    there = shapely.transform(_whole(known), plane.flatten)
    found = {datum: _share(shapely.transform(outline, _flattening(plane, datum)), there) for datum in Datum}
    return found if max(found.values()) > _ENOUGH else {}


def better(found: Fits, datum: Datum) -> Datum | None:
    """Return the datum that leaves at most half as much outside as `datum` does, or None."""
    best = max(found, key=lambda each: found[each], default=datum)
    return best if best is not datum and _is_clear(found, best, datum) else None


def settle(told: Datum | None, cells: Cells, found: Fits) -> Datum | None:
    """Return the datum in which a map is to be read, or None where somebody has to say it.

    What is told holds, then what the file declares, unless the map fits the known outline clearly better otherwise.
    Where neither is given WGS-84 holds if it fits clearly best, or where the three are one: outside China.
    """
    given = told or (Datum.WGS84 if cells.declared else None)
    if found and better(found, given or Datum.WGS84):
        return None
    if given is not None:
        return given
    if found:
        others = [datum for datum in Datum if datum is not Datum.WGS84]
        return Datum.WGS84 if all(_is_clear(found, Datum.WGS84, other) for other in others) else None
    return None if is_shifted(shapely.total_bounds(cells.shapes)) else Datum.WGS84


def _is_clear(found: Fits, one: Datum, other: Datum) -> bool:
    return 1 - found[one] <= (1 - found[other]) / 2


def _flattening(plane: Plane, datum: Datum) -> Callable[[Points], Points]:
    return lambda points: plane.flatten(to_wgs84(points, datum))


def _share(here: shapely.Geometry, there: shapely.Geometry) -> float:
    if not np.isfinite(shapely.bounds(here)).all():
        return 0.0
    here = shapely.make_valid(here)
    return float(shapely.area(shapely.intersection(here, there)) / shapely.area(shapely.union(here, there)))


def _whole(shapes: Shapes) -> shapely.Geometry:
    """Return the area that all shapes cover, however faulty the map is."""
    areas, _trouble = mend_outlines(shapes)
    try:
        whole = shapely.coverage_union_all(areas)
    except shapely.GEOSException:  # corners that do not meet
        whole = shapely.union_all(areas)
    return whole if whole.is_valid else shapely.union_all(areas)
