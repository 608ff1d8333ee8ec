"""Invented maps: perfect partitions of a place, and the faults that one makes in them."""

from __future__ import annotations

import numpy as np
import pyproj
import shapely

from linli.places.policy.datum import Plane
from linli.places.policy.features import Cells


def cells(shapes, ids=None) -> Cells:
    array = np.empty(len(shapes), dtype=object)
    array[:] = list(shapes)
    return Cells(tuple(ids or (f"c{i}" for i in range(len(shapes)))), ("",) * len(shapes), array)


def voronoi(count: int, seed: int, metres: float = 3_000) -> np.ndarray:
    """A partition of a square of `metres` into convex cells, in metres."""
    rng = np.random.default_rng(seed)
    square = shapely.box(0, 0, metres, metres)
    corners = shapely.multipoints(rng.uniform(0, metres, size=(count, 2)))
    parts = shapely.get_parts(shapely.voronoi_polygons(corners, extend_to=square))
    cut = shapely.get_parts(shapely.intersection(parts, square))
    # one set of nodes: corners that differ by less than a micrometre become one
    return shapely.get_parts(shapely.coverage_clean(np.array(cut, dtype=object), snapping_distance=1e-6))


def jittered_grid(rows: int, columns: int, seed: int, step: float = 100.0) -> np.ndarray:
    """A grid whose inner corners are moved at random, the same for all their cells, in metres."""
    rng = np.random.default_rng(seed)
    corners = np.stack(np.meshgrid(np.arange(columns + 1.0), np.arange(rows + 1.0), indexing="ij"), axis=-1) * step
    corners[1:-1, 1:-1] += rng.uniform(-0.3, 0.3, size=corners[1:-1, 1:-1].shape) * step
    return np.array(
        [
            shapely.Polygon([corners[i, j], corners[i + 1, j], corners[i + 1, j + 1], corners[i, j + 1]])
            for i in range(columns)
            for j in range(rows)
        ],
        dtype=object,
    )


def bricks(rows: int, columns: int, step: float = 100.0) -> np.ndarray:
    """A brick wall: every second row is shifted by half, so corners lie on straight edges of neighbours (T)."""
    shapes = []
    for row in range(rows):
        cuts = np.arange(columns + 1) * step
        if row % 2:
            cuts = np.concatenate([[0], cuts[:-1] + step / 3, [columns * step]])
        shapes += [shapely.box(a, row * step, b, (row + 1) * step) for a, b in zip(cuts[:-1], cuts[1:], strict=True)]
    return np.array(shapes, dtype=object)


def merged(shapes: np.ndarray, groups: list[list[int]]) -> np.ndarray:
    """Join cells: far ones become a MultiPolygon, a ring of cells gets a hole."""
    gone = {i for group in groups for i in group}
    joined = [shapely.coverage_union_all(shapes[group]) for group in groups]
    return np.array([shape for i, shape in enumerate(shapes) if i not in gone] + joined, dtype=object)


def placed(shapes: np.ndarray, *, lon=114.3, lat=30.6, decimals: int | None = 7, angle: float = 0.0) -> np.ndarray:
    """Metres → degrees round a place on Earth, through its UTM-like projection, rounded as files are."""
    project = pyproj.Proj(f"+proj=tmerc +lon_0={lon} +lat_0={lat} +ellps=WGS84")
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    def degrees(points):
        x, y = (points @ turn.T).T
        out = np.stack(project(x, y, inverse=True), axis=1)
        return out if decimals is None else np.round(out, decimals)

    return shapely.transform(shapes, degrees)


def square_metres(shape) -> float:
    """Area on the ellipsoid, by another way than the product's."""
    return abs(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(shape)[0])


def plane_of(shapes) -> Plane:
    return Plane(shapely.total_bounds(shapes))
