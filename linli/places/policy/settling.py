"""Who gets the piece of a fault.

An overlap stays with the cell whose rest it borders on the most; a stray piece is cut off; a gap goes to the cell with
the longest edge along it, or, where many cells lie along a narrow one, to the nearest bit by bit. What is a decision
about a cell itself is left to people: a cell thinner than the tolerance, one that lies mostly on another or outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from linli.places.policy.faces import is_wider

type Flat = Mapping[str, BaseGeometry]
type Settled = tuple[BaseGeometry, str, tuple[str, ...]]
"""A piece, who gets it ("": nobody), who loses it."""

_HALF, _THIRD = 1 / 2, 1 / 3
_ROUND = 0.2
"""Isoperimetric quotient (1: a circle) from which a gap is a piece of land, not a strip between others."""
_RIM, _RASTER, _CRUMB = 0.01, 0.001, 0.005
"""Metres: lines that close are one; what is cut is cut on corners of a raster; thinner parts come from cutting."""
_LEAST_STEP = 0.5


def settle(piece: BaseGeometry, flat: Flat, inside: BaseGeometry | None) -> Iterator[Settled]:
    """Yield the parts of `piece` that can be settled.

    `flat`: the cells that the fault concerns, the longest edge first; `inside`: the boundary. All in plane metres.
    """
    most = {code for code, shape in flat.items() if _shared(piece, shape) > _HALF * shape.area}
    for part in _parts(piece, flat):
        point = shapely.point_on_surface(part)
        covering = [code for code, shape in flat.items() if shapely.contains(shape, point)]
        held = most.intersection(covering)
        if inside is not None and not shapely.contains(inside, point):
            if not held:
                yield part, "", tuple(covering)
        elif not covering:
            yield from ((share, code, ()) for code, share in _shares(part, flat))
        elif len(covering) > 1 and len(held) <= 1:
            keeper = next(iter(held), "") or max(covering, key=lambda code: _border(part, flat[code]))
            yield part, keeper, tuple(code for code in covering if code != keeper)


def _parts(piece: BaseGeometry, flat: Flat) -> list[shapely.Polygon]:
    """Return `piece` cut along the outlines of the cells: each part is covered by the same cells everywhere."""
    lines = [piece.boundary, *(shape.boundary.intersection(piece.buffer(_RIM)) for shape in flat.values())]
    parts = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines, grid_size=_RASTER))))
    inside = shapely.contains(piece, shapely.point_on_surface(parts))
    found: list[shapely.Polygon] = parts[inside & is_wider(parts, _CRUMB)].tolist()
    return found


def _shares(gap: shapely.Polygon, flat: Flat) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield who gets which share of a gap that no cell covers."""
    if not flat:
        return
    along = {code: float(shape.buffer(_RIM).intersection(gap.boundary).length) for code, shape in flat.items()}
    first, total = max(along, key=lambda code: along[code]), sum(along.values())
    between = total > _HALF * gap.length and along[first] > _THIRD * total
    if between or 4 * np.pi * gap.area / gap.length**2 > _ROUND:
        yield first, gap
        return
    try:
        yield from list(_nearest(gap, {code: shape for code, shape in flat.items() if along[code] > 0}))
    except shapely.errors.GEOSException:  # bits that touch in less than a digit: the strip stays in one piece
        yield first, gap


def _nearest(gap: shapely.Polygon, flat: Flat) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield a strip bit by bit: to each cell what lies nearest to it."""
    step = max(gap.area / gap.length, _LEAST_STEP)
    lines = [shapely.segmentize(shape.buffer(_RIM).intersection(gap.boundary), step) for shape in flat.values()]
    owner = np.repeat(np.arange(len(lines)), shapely.get_num_coordinates(lines))
    sites, first = np.unique(np.round(shapely.get_coordinates(lines), 2), axis=0, return_index=True)
    bits = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=gap))
    tree = shapely.STRtree(np.asarray(shapely.points(sites), dtype=object))
    near = tree.query_nearest(shapely.point_on_surface(bits), all_matches=False)[1]
    nearest = owner[first[near]]
    shares = [_areas(shapely.union_all(bits[nearest == number]).intersection(gap)) for number in range(len(lines))]
    smooth = shapely.coverage_simplify(shares, step / 2, simplify_boundary=False)
    yield from ((code, share) for code, share in zip(flat, smooth, strict=True) if not share.is_empty)


def _areas(shape: BaseGeometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


def _shared(piece: BaseGeometry, shape: BaseGeometry) -> float:
    return float(piece.intersection(shape).area)


def _border(part: shapely.Polygon, shape: BaseGeometry) -> float:
    """How long the part borders on the rest of the shape that covers it (m)."""
    return float(part.boundary.intersection(shape.buffer(-_RIM)).length)
