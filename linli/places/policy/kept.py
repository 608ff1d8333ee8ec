"""Grids as they are kept: proven afresh from the stored geometry, and written as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import shapely

from linli.lib.errors import Refusal
from linli.places.policy.cover import check_cover
from linli.places.policy.features import Cells, Shapes
from linli.places.policy.frame import square_metres
from linli.places.policy.report import CoverReport
from linli.places.policy.titles import is_numbered


def read_kept(rows: Sequence[tuple[str, str, str]]) -> Cells:
    """Return rows of (code, name, GeoJSON geometry) as cells; a geometry that cannot be read is left empty."""
    shapes = shapely.from_geojson(np.array([geometry for _code, _name, geometry in rows], dtype=object), "ignore")
    shapes[~np.isin(shapely.get_type_id(shapes), [3, 6])] = shapely.Polygon()
    return Cells(tuple(code for code, *_rest in rows), tuple(name for _code, name, _geometry in rows), shapes)


def prove_kept(cells: Cells, boundary: str, *, tolerance: float, noise: float) -> CoverReport | None:
    """Prove cells as they are kept, against `boundary` (GeoJSON geometry or empty), in metres.

    None where a geometry cannot be read or nothing of it touches the boundary.
    """
    if not len(cells.ids) or shapely.is_empty(cells.shapes).any():
        return None
    parent = read_kept([("", "", boundary)]) if boundary else None
    try:
        return check_cover(cells, parent, tolerance=tolerance, noise=noise)
    except Refusal:
        return None


def as_geometry(shapes: Shapes) -> str:
    """Return areas as one GeoJSON geometry; one that is alone stays as it was drawn."""
    whole = shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)
    return json.dumps(json.loads(shapely.to_geojson(whole)))


def as_feature_collection(
    rows: Iterable[tuple[str, str, str, int, Sequence[str]]], also: Mapping[str, object]
) -> dict[str, Any]:
    """Return rows of (code, name, geometry, m², place codes) as a FeatureCollection by RFC 7946.

    Every feature has the properties `also`. Outer rings run counter-clockwise; the coordinates are those that were
    given. Read back, it gives the same cells, names and list.
    """
    features = []
    for code, name, geometry, area, codes in rows:
        turned = shapely.orient_polygons(shapely.from_geojson(geometry))
        properties: dict[str, Any] = {"code": code, "name": name, "area_m2": area, **also}
        if codes:
            properties["places"] = ",".join(codes)
        shape = json.loads(shapely.to_geojson(turned))
        features.append({"type": "Feature", "id": code, "geometry": shape, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def as_read(cells: Cells) -> dict[str, Any]:
    """Return cells as a FeatureCollection that reads as they do, corner by corner and in any datum.

    It has what the house reads (code, name, places, households) and no other property of the file that they came from.
    """
    features = []
    for number, (code, name, text) in enumerate(
        zip(cells.ids, cells.names, shapely.to_geojson(cells.shapes), strict=True)
    ):
        properties = {
            "code": "" if is_numbered(code) else code,
            "name": name,
            "places": ",".join(cells.places[number]) if cells.places else "",
            "households": cells.households[number] if cells.households else "",
        }
        features.append({"type": "Feature", "geometry": json.loads(text), "properties": properties})
    declared = {"crs": {"type": "name", "properties": {"name": "CRS84"}}} if cells.declared else {}
    return {"type": "FeatureCollection", "features": features, **declared}


def as_map(cells: Cells) -> dict[str, Any]:
    """Return cells in WGS-84 as a FeatureCollection that can be sent in again."""
    areas = square_metres(cells.shapes)
    places = cells.places or repeat(())
    texts = shapely.to_geojson(cells.shapes)
    return as_feature_collection(zip(cells.ids, cells.names, texts, map(round, areas), places, strict=False), {})
