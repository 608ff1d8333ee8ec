"""Coordinates of one GeoJSON polygon → a Shapely polygon, or the place of its fault."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

Points = NDArray[np.float64]

_MIN_POSITIONS = 4
LONGITUDE, LATITUDE = 180.0, 90.0
_MAX_DEPTH = 20


def build_polygon(coordinates: Any, *, where: str) -> shapely.Polygon:
    """Return the polygon of GeoJSON `coordinates` (a list of rings; heights are dropped).

    `where` names the feature in refusals. Refused: what is no list of rings of positions,
    rings of fewer than 4 positions or not closed, coordinates that are not degrees.
    A ring that crosses itself is *not* refused: it is a fault that the proof reports.
    """
    if not isinstance(coordinates, list) or not coordinates:
        raise Refusal(
            "grid.no_rings",
            gettext_noop("Feature %(where)s has no outline: draw it, or take the feature out."),
            where=where,
        )
    rings = [_ring(ring, where=where, number=number) for number, ring in enumerate(coordinates, 1)]
    return shapely.Polygon(rings[0], rings[1:])


def build_shape(geometry: Any, where: str, depth: int = 0) -> shapely.Geometry:
    """Return the polygon or polygons of a GeoJSON `geometry`; refused: what is no area, and see `build_polygon`."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        return build_polygon(geometry.get("coordinates"), where=where)
    if kind == "MultiPolygon":
        parts = geometry.get("coordinates")
        polygons = [build_polygon(part, where=where) for part in parts] if isinstance(parts, list) else []
    elif kind == "GeometryCollection" and depth < _MAX_DEPTH and isinstance(geometry.get("geometries"), list):
        inner = [build_shape(part, where, depth + 1) for part in geometry["geometries"]]
        polygons = list(shapely.get_parts(np.array(inner, dtype=object))) if inner else []
    elif kind is None:
        polygons = []
    else:
        raise Refusal(
            "grid.not_area",
            gettext_noop("Feature %(where)s is a %(kind)s, not an area: take it out or draw it as a Polygon."),
            where=where,
            kind=str(kind)[:40],
        )
    if not polygons:
        return build_polygon(None, where=where)
    return shapely.MultiPolygon(polygons)


def _ring(ring: Any, *, where: str, number: int) -> Points:
    place: dict[str, Any] = {"where": where, "ring": number}
    try:
        points = np.array([position[:2] for position in ring])
    except (TypeError, ValueError, KeyError, OverflowError):
        points = np.empty(0, dtype=object)
    if isinstance(ring, list) and len(ring) < _MIN_POSITIONS:
        raise Refusal(
            "grid.short_ring",
            gettext_noop(
                "Feature %(where)s, ring %(ring)d has %(count)d points; a closed ring needs at least 4: "
                "draw it again or take it out."
            ),
            count=len(ring),
            **place,
        )
    if points.ndim != 2 or points.shape[1] != 2 or points.dtype.kind not in "iuf":  # noqa: PLR2004 -- x and y
        raise Refusal(
            "grid.bad_position",
            gettext_noop(
                "Feature %(where)s, ring %(ring)d is not a list of points [longitude, latitude]: export it again."
            ),
            **place,
        )
    points = points.astype(np.float64) + 0.0  # −0.0 and 0.0 are one place
    check_degrees(points, place)
    if (points[0] != points[-1]).any():
        raise Refusal(
            "grid.open_ring",
            gettext_noop("Feature %(where)s, ring %(ring)d is not closed: repeat its first point at the end."),
            **place,
        )
    return points


def check_degrees(points: Points, place: dict[str, Any]) -> None:
    """Refuse points that are not longitude and latitude; `place` holds `where` and `ring` for the sentence."""
    size = np.abs(points)
    bad = ~((size[:, 0] <= LONGITUDE) & (size[:, 1] <= LATITUDE))
    if not bad.any():
        return
    x, y = (float(value) for value in points[int(bad.argmax())])
    if not np.isfinite(points).all():
        message = gettext_noop(
            "Feature %(where)s, ring %(ring)d: a coordinate is not a finite number: mend that point."
        )
    elif abs(x) <= LATITUDE and abs(y) <= LONGITUDE:
        message = gettext_noop(
            "Feature %(where)s, ring %(ring)d: %(x).6g, %(y).6g has latitude first: "
            "write longitude first, then latitude."
        )
    else:
        message = gettext_noop(
            "Feature %(where)s, ring %(ring)d: %(x).10g, %(y).10g is not longitude and latitude in degrees: "
            "if the map is in metres, export it in WGS 84 (EPSG:4326)."
        )
    raise Refusal("grid.not_degrees", message, x=x, y=y, **place)
