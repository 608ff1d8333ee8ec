"""Pieces that are added to cells and cut out of them, so that corners which were one stay one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from linli.places.policy.datum import Plane
from linli.places.policy.faces import is_wider
from linli.places.policy.features import Shapes
from linli.places.policy.survey import DECIMALS
from linli.places.policy.validity import mend_outlines

_STEP = 0.0005
"""Metres: what is cut is cut on corners of this raster, so that no thread thinner than it is left."""
_SAME = 0.0015
"""Metres: a new corner that close to an old one is the old one."""


@dataclass(slots=True)
class Given:
    """Pieces (plane metres) that a cell gains and loses."""

    gains: list[BaseGeometry] = field(default_factory=list)
    losses: list[BaseGeometry] = field(default_factory=list)


def recut(shapes: Shapes, whole: Shapes, given: Mapping[int, Given], plane: Plane, noise: float) -> Shapes:
    """Return a copy of `shapes` (degrees of WGS-84) in which the cells of `given` are cut anew.

    `whole` are the same without invalid outlines. Crumbs and holes thinner than `noise` metres go; corners that
    were there stay to the last digit; a cell of which nothing would be left stays as it is.
    """
    if not given:
        return shapes
    flat = {index: shapely.transform(whole[index], plane.flatten) for index in given}
    near = shapely.STRtree(shapes).query(shapely.box(*shapely.total_bounds(whole[list(given)])))
    corners = np.unique(shapely.get_coordinates(shapes[near]), axis=0)
    places = plane.flatten(corners)
    tree = shapely.STRtree(np.asarray(shapely.points(places), dtype=object))
    cut = shapes.copy()
    for index, pieces in given.items():
        left = shapely.difference(
            shapely.union_all([flat[index], *pieces.gains], grid_size=_STEP),
            shapely.union_all(pieces.losses, grid_size=_STEP),
            grid_size=_STEP,
        )
        clean = _clean(left, noise)
        if not clean.is_empty:
            restored = shapely.transform(clean, lambda points: _restored(points, corners, tree, plane))
            cut[index] = mend_outlines(np.array([shapely.remove_repeated_points(restored)]))[0][0]
    return cut


def _clean(shape: BaseGeometry, noise: float) -> BaseGeometry:
    """Return the areas of `shape` without parts and holes thinner than `noise`."""
    parts = shapely.get_parts(shape)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    filled = []
    for part in parts[is_wider(parts, noise)]:
        holes = np.array([shapely.Polygon(ring) for ring in part.interiors], dtype=object)
        filled.append(shapely.Polygon(part.exterior, [hole.exterior for hole in holes[is_wider(holes, noise)]]))
    return filled[0] if len(filled) == 1 else shapely.MultiPolygon(filled)


def _restored(points: np.ndarray, corners: np.ndarray, tree: shapely.STRtree, plane: Plane) -> np.ndarray:
    """Plane metres → degrees; where an old corner lies, its very digits."""
    degrees: np.ndarray = np.round(plane.unflatten(points), DECIMALS)
    new, old = tree.query_nearest(shapely.points(points), max_distance=_SAME, all_matches=False)
    degrees[new] = corners[old]
    return degrees
