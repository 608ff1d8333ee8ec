"""Coordinates in the system that a file names → degrees of WGS-84."""

from __future__ import annotations

import re
import warnings

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import ProjError
from pyproj.transformer import AreaOfInterest, TransformerGroup

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.sheet import Shapes

Points = NDArray[np.float64]

_ALIKE = re.compile(r"WORLD ?GEODETIC ?SYSTEM ?1984|WGS ?(19)?84|CHINA ?2000|CGCS ?2000|CHINA ?GEODETIC ?COORD.*2000")
_LONG = 1000.0
"""Units of a projection: longer edges get corners on the way, so that what is straight there bends alike on both sides
(in Web Mercator by a centimetre between two such corners)."""
_MOST = 5_000_000
"""Of such corners: a map that would need more gets none."""
_CIRCLE, _FARTHEST = 400.0, 1e9
"""Degrees (or grads) of a circle; what no coordinate of a projection reaches, even with its zone's number before it."""
_DECIMALS = 9
_WORST = 10.0
"""Metres: what a published shift to WGS-84 may be wrong by; all cells are moved alike."""


def to_degrees(shapes: Shapes, crs: str) -> Shapes:
    """Return `shapes` in WGS-84, longitude first; `crs` is what the file names: a code like EPSG:4526, or WKT.

    WGS-84 and CGCS2000 count as one. Refused: what is no system of the Earth's surface, coordinates outside the
    projection, and a datum whose shift to WGS-84 is not published within _WORST metres for that place.
    """
    try:
        system = pyproj.CRS.from_user_input(crs)
        system = system.to_2d() if system.is_compound or len(system.axis_info) > 2 else system  # noqa: PLR2004 -- with heights
        if not (system.is_geographic or system.is_projected):
            raise _unknown(system.name)
        way = pyproj.Transformer.from_crs(system, system.geodetic_crs, always_xy=True)
    except ProjError as fault:
        raise _unknown(crs) from fault
    farthest = np.abs(shapely.get_coordinates(shapes)).max(initial=0)
    if system.is_geographic and farthest > _CIRCLE:
        return shapes  # which `check_degrees` refuses
    if system.is_projected and not farthest < _FARTHEST:
        raise _outside(system)
    if system.is_projected and shapely.length(shapes).sum() < _LONG * _MOST:
        shapes = shapely.segmentize(shapes, _LONG)
    degrees = _moved(shapes, way, system)
    if not np.isfinite(shapely.get_coordinates(degrees)).all():
        raise _outside(system)
    if _ALIKE.search(re.sub(r"[\W_]+", " ", system.datum.name if system.datum else "").upper()):
        return degrees
    return _moved(degrees, _shift(system, shapely.total_bounds(degrees)), system)


def _moved(shapes: Shapes, way: pyproj.Transformer, system: pyproj.CRS) -> Shapes:
    def move(points: Points) -> Points:
        there: Points = np.stack(way.transform(*points.T), axis=1)
        return np.round(there, _DECIMALS) if system.is_projected else there

    moved: Shapes = shapely.transform(shapes, move)
    return moved


def _shift(system: pyproj.CRS, bounds: Points) -> pyproj.Transformer:
    """Return the best published shift that is meant for the middle of the map: one for all cells, so none tears."""
    middle = ((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
    here = AreaOfInterest(*middle, *middle)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a finer shift wants a grid file that is not here
        ways = TransformerGroup(
            system.geodetic_crs, "EPSG:4326", always_xy=True, area_of_interest=here, allow_ballpark=False
        )
    for way in ways.transformers:
        if 0 <= way.accuracy <= _WORST and way.area_of_use is not None and _holds(way.area_of_use.bounds, *middle):
            return way
    raise _far(system)


def _holds(bounds: tuple[float, float, float, float], lon: float, lat: float) -> bool:
    west, south, east, north = bounds
    across = west > east  # the antimeridian
    return south <= lat <= north and ((lon >= west or lon <= east) if across else west <= lon <= east)


def _unknown(name: str) -> Refusal:
    return Refusal(
        "grid.crs_unknown",
        gettext_noop("The file names a coordinate system that is none of the Earth (%(crs)s): export it in WGS 84."),
        crs=name[:80],
    )


def _outside(system: pyproj.CRS) -> Refusal:
    return Refusal(
        "grid.crs_outside",
        gettext_noop("Coordinates lie outside the projection that the file names (%(crs)s): check its zone."),
        crs=system.name[:80],
    )


def _far(system: pyproj.CRS) -> Refusal:
    return Refusal(
        "grid.crs_shift",
        gettext_noop(
            "The file is in %(crs)s, whose shift to WGS 84 is not known within %(metres)d m: let your map program "
            "export it in WGS 84 or CGCS2000."
        ),
        metres=_WORST,
        crs=system.name[:80],
    )
