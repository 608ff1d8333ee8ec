"""Maps for tests of services and pages: a square of 2 × 2 cells, sound or with a fault."""

from __future__ import annotations

import json

import numpy as np
import shapely

from linli.places.policy.features import Cells
from linli.places.policy.survey import Survey, survey

LON, LAT, STEP = 112.9, 28.2, 0.002


def box(column: float, row: float, width: float = 1, height: float = 1) -> shapely.Polygon:
    west, south = LON + column * STEP, LAT + row * STEP
    return shapely.box(round(west, 6), round(south, 6), round(west + width * STEP, 6), round(south + height * STEP, 6))


def squares() -> dict[str, shapely.Polygon]:
    return {f"G{row}{column}": box(column, row) for row in range(2) for column in range(2)}


def geojson(shapes: dict[str, shapely.Polygon], places: dict[str, str] | None = None) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": f"网格{code}"} | ({"places": places.get(code, "")} if places else {}),
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for code, shape in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def overlapping() -> dict[str, shapely.Polygon]:
    return squares() | {"G00": box(0, 0, 1.25)}


def proven(
    shapes: dict[str, shapely.Polygon] | None = None, places: dict[str, tuple[str, ...]] | None = None
) -> Survey:
    shapes = squares() if shapes is None else shapes
    listed = tuple(places.get(code, ()) for code in shapes) if places else ()
    array = np.array(list(shapes.values()), dtype=object)
    return survey(Cells(tuple(shapes), ("",) * len(shapes), array, listed))
