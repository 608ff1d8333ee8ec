"""A GeoJSON document → titles and shapes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.document import read_document
from linli.places.policy.rings import build_shape
from linli.places.policy.sheet import Sheet
from linli.places.policy.titles import read_title

_DEGREE_CRS = ("CRS84", "4326", "4490", "WGS84", "CGCS2000")


def read_geojson(data: bytes, identify: str | None, households: str = "") -> Sheet:
    """Return the features in GeoJSON `data`; refused as in `document` and `rings`, and coordinates in no degrees."""
    document = read_document(data)
    declared = _check_crs(document.get("crs"))
    titles, shapes = [], []
    for number, feature in enumerate(_features(document), 1):
        titles.append(read_title(feature, number, identify, households))
        shapes.append(build_shape(feature.get("geometry"), titles[-1].where))
    return Sheet(tuple(titles), np.array(shapes, dtype=object), declared)


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


def _check_crs(crs: Any) -> bool:
    """Tell whether the document names a system; refuse one that is not degrees."""
    given = crs.get("properties") if isinstance(crs, dict) else crs
    name = str(given.get("name", given) if isinstance(given, dict) else given)
    if crs is not None and not any(known in name.upper().replace(" ", "") for known in _DEGREE_CRS):
        raise Refusal(
            "grid.crs",
            gettext_noop("The file is in another coordinate system (%(crs)s): export it in WGS 84 (EPSG:4326)."),
            crs=name[:80],
        )
    return crs is not None
