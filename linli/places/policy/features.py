"""A GeoJSON file → named cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.document import read_document
from linli.places.policy.rings import build_polygon
from linli.places.policy.titles import is_numbered, read_title

Shapes = NDArray[np.object_]

_DEGREE_CRS = ("CRS84", "4326", "4490", "WGS84", "CGCS2000")
_MAX_DEPTH = 20


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells of one file, in file order: `shapes` are Polygons or MultiPolygons in file degrees (x = longitude).

    `places` are the codes of the places listed at each cell; empty altogether where the file lists none.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    shapes: Shapes
    places: tuple[tuple[str, ...], ...] = ()


def read_cells(data: bytes, *, identify: str | None = None) -> Cells:
    """Return the cells in GeoJSON `data`; the order and coordinates of the file are kept.

    A cell's identifier is its feature's `id`, else the first of ID_PROPERTIES that it has, else
    "#" and its number, counted from 1. `identify` names another property, or "#" to number all.
    Refused: unreadable files (see `document`, `rings`), features that are not areas, files
    without features, coordinate systems that are not degrees, identifiers used twice.
    """
    document = read_document(data)
    _check_crs(document.get("crs"))
    titles, shapes = [], []
    for number, feature in enumerate(_features(document), 1):
        titles.append(read_title(feature, number, identify))
        shapes.append(_shape(feature.get("geometry"), titles[-1].where))
    if not titles:
        raise Refusal("grid.no_features", gettext_noop("The file holds no features: export the cells again."))
    if identify not in {None, "#"} and all(is_numbered(title.identifier) for title in titles):
        raise Refusal(
            "grid.no_property",
            gettext_noop("No feature has the property %(name)s: name the one that holds the code."),
            name=str(identify)[:60],
        )
    ids = tuple(title.identifier for title in titles)
    _check_unique(ids)
    listed = tuple(title.places for title in titles)
    return Cells(
        ids, tuple(title.name for title in titles), np.array(shapes, dtype=object), listed if any(listed) else ()
    )


def _features(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    kind = str(document.get("type"))
    if kind == "Feature":
        yield document
    elif kind in {"Polygon", "MultiPolygon"}:
        yield {"geometry": document}
    elif kind == "GeometryCollection" and isinstance(document.get("geometries"), list):
        yield from ({"geometry": geometry} for geometry in document["geometries"])
    elif kind == "FeatureCollection" and isinstance(document.get("features"), list):
        for number, feature in enumerate(document["features"], 1):
            if not isinstance(feature, dict) or feature.get("type") != "Feature":
                raise Refusal(
                    "grid.not_feature",
                    gettext_noop("Item %(number)d of the file is not a Feature: export the cells again."),
                    number=number,
                )
            yield feature
    else:
        raise Refusal(
            "grid.not_geojson",
            gettext_noop(
                "The file is JSON but not a GeoJSON map of areas (its type is %(kind)s): export a FeatureCollection."
            ),
            kind=kind[:40],
        )


def _shape(geometry: Any, where: str, depth: int = 0) -> shapely.Geometry:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        return build_polygon(geometry.get("coordinates"), where=where)
    if kind == "MultiPolygon":
        parts = geometry.get("coordinates")
        polygons = [build_polygon(part, where=where) for part in parts] if isinstance(parts, list) else []
    elif kind == "GeometryCollection" and depth < _MAX_DEPTH and isinstance(geometry.get("geometries"), list):
        inner = [_shape(part, where, depth + 1) for part in geometry["geometries"]]
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


def _check_crs(crs: Any) -> None:
    given = crs.get("properties") if isinstance(crs, dict) else crs
    name = str(given.get("name", given) if isinstance(given, dict) else given)
    if crs is not None and not any(known in name.upper().replace(" ", "") for known in _DEGREE_CRS):
        raise Refusal(
            "grid.crs",
            gettext_noop("The file is in another coordinate system (%(crs)s): export it in WGS 84 (EPSG:4326)."),
            crs=name[:80],
        )


def _check_unique(ids: tuple[str, ...]) -> None:
    first: dict[str, int] = {}
    for number, identifier in enumerate(ids, 1):
        if identifier in first:
            raise Refusal(
                "grid.duplicate_id",
                gettext_noop(
                    "Features %(first)d and %(second)d have the same identifier %(identifier)s: "
                    "give each its own, or name the property that holds it."
                ),
                first=first[identifier],
                second=number,
                identifier=identifier[:60],
            )
        first[identifier] = number
