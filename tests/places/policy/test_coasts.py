"""Maps of real shape from anywhere: 3,000 cells of a ragged coast, whole and with one cell taken out."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely

from linli.places.policy.features import Cells, read_cells
from linli.places.policy.report import FaultKind
from linli.places.policy.survey import survey

LAND = [
    pytest.param(25.0, 60.2, 0.2, 0.5, id="60 degrees north"),
    pytest.param(-58.4, -34.6, 0.2, 0.5, id="the southern half"),
    pytest.param(180.0, -17.0, 0.2, 0.5, id="across 180 degrees"),
    pytest.param(113.0, 28.2, 0.0003, 0.05, id="cells of a metre"),
]


def coast(size: float, random: np.random.Generator) -> shapely.Polygon:
    """A ragged island around 0, 0."""
    turn = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    reach = 1 + sum(random.normal(0, 0.12 / k) * np.cos(k * turn + random.uniform(0, 6)) for k in range(1, 40))
    return shapely.Polygon(size * np.clip(reach, 0.3, None)[:, None] * np.c_[np.cos(turn), np.sin(turn)])


def at(shape: shapely.Geometry, lon: float, lat: float) -> shapely.Geometry:
    """The shape moved to its place; what lies beyond 180 degrees is cut there and goes on at -180 (RFC 7946, 3.1.9)."""
    parts = (
        [shapely.intersection(shape, shapely.box(-9, -9, 180 - lon, 9)), 0],
        [
            shapely.intersection(shape, shapely.box(180 - lon, -9, 9, 9)),
            -360,
        ],
    )
    moved = [
        shapely.transform(part, lambda points, by=lon + turn: np.round(points + [by, lat], 9))
        for piece, turn in parts
        for part in shapely.get_parts(piece)
        if part.geom_type == "Polygon"
    ]
    return moved[0] if len(moved) == 1 else shapely.MultiPolygon(moved)


def read(shapes: list[shapely.Geometry]) -> Cells:
    features = [
        {"type": "Feature", "id": number, "properties": {}, "geometry": json.loads(shapely.to_geojson(shape))}
        for number, shape in enumerate(shapes, 1)
    ]
    return read_cells(json.dumps({"type": "FeatureCollection", "features": features}).encode())


@pytest.mark.parametrize(("lon", "lat", "size", "tolerance"), LAND)
def test_a_coast_of_3000_cells(lon: float, lat: float, size: float, tolerance: float):
    random = np.random.default_rng(7)
    land = shapely.set_precision(coast(size, random), 1e-9)
    sites = shapely.MultiPoint(random.uniform(land.bounds[:2], land.bounds[2:], (4400, 2)))
    areas = shapely.set_precision(shapely.get_parts(shapely.voronoi_polygons(sites, extend_to=land)), 1e-9)
    clipped = shapely.intersection(areas, land, grid_size=1e-9)
    cells = [at(shape, lon, lat) for shape in clipped if not shape.is_empty and shape.area]
    assert len(cells) > 3000
    boundary = read([at(land, lon, lat)])
    whole = survey(read(cells), boundary, tolerance=tolerance).report
    assert {fault.kind for fault in whole.faults} <= {FaultKind.SLIVER}  # some cells at the coast are that thin
    taken = int(np.argmax([shape.area for shape in cells]))
    without = survey(read(cells[:taken] + cells[taken + 1 :]), boundary, tolerance=tolerance).report
    (gap,) = [fault for fault in without.faults if fault.kind is FaultKind.GAP]
    assert gap.area == pytest.approx(whole.area - without.area, rel=1e-6)
