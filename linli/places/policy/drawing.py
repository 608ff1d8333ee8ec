"""Cells as a small drawing in local metres: paths, where their labels stand, and who borders on whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.places.policy.datum import Plane
from linli.places.policy.features import Shapes
from linli.places.policy.frame import SIDE, Frame

MOST_CORNERS = 5000
MOST_LABELLED, MOST_DRAWN = 300, 1200
LARGEST, SMALLEST = 44, 7
_SHORT_LABEL = 4
_LETTER = 0.62
_COARSE = 2
_BESIDE, _SHARED = 0.5, 2.0

type Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """One area of a drawing: SVG path, place and size of its label, all in units of the drawing."""

    path: str
    x: int
    y: int
    size: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Areas in `width` × `height` units; a bar of `bar` units stands for `bar_metres`.

    Of more than MOST_LABELLED areas there are no figures but `lines`, each border once; of more than MOST_DRAWN
    the outer border alone.
    """

    width: int
    height: int
    figures: tuple[Figure, ...]
    lines: str
    bar: int
    bar_metres: int


def draw(shapes: Shapes, labels: Sequence[str], frame: Frame | None = None, *, largest: int = LARGEST) -> Drawing:
    """Draw `shapes` (WGS-84 degrees), borders coarsened together until at most MOST_CORNERS corners are left."""
    frame = frame or Frame(shapes)
    flat = _coarsened(shapely.transform(shapes, frame.plane.flatten), 1 / frame.scale)
    drawn = shapely.transform(flat, frame.place)
    if len(shapes) > MOST_LABELLED:
        return Drawing(frame.width, frame.height, (), _borders(drawn), *frame.bar())
    circles = shapely.maximum_inscribed_circle(drawn, 2.0)
    centres, radii = shapely.get_point(circles, 0), shapely.length(circles)
    figures = [
        Figure(outline_path(shape), round(x), round(y), _size(radius, label, largest))
        for shape, (x, y), radius, label in zip(drawn, shapely.get_coordinates(centres), radii, labels, strict=True)
    ]
    return Drawing(frame.width, frame.height, tuple(figures), "", *frame.bar())


def neighbours(shapes: Shapes) -> list[list[int]]:
    """For each shape (WGS-84 degrees) the numbers of those with which it shares a border, not a corner alone."""
    flat = shapely.transform(shapes, Plane(shapely.total_bounds(shapes)).flatten)
    one, two = shapely.STRtree(flat).query(flat, predicate="dwithin", distance=_BESIDE)
    one, two = one[one != two], two[one != two]
    shared = shapely.length(shapely.intersection(shapely.boundary(flat)[one], shapely.buffer(flat, _BESIDE)[two]))
    found: list[list[int]] = [[] for _ in flat]
    for number, other in sorted(zip(one[shared > _SHARED].tolist(), two[shared > _SHARED].tolist(), strict=True)):
        found[number].append(other)
    return found


def short_labels(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the ends in which `codes` differ; numbers from 1 where those are long."""
    differs = (place for place, letters in enumerate(zip(*codes, strict=False)) if len(set(letters)) > 1)
    start = next(differs, min(map(len, codes), default=0)) if len(codes) > 1 else 0
    while start and codes[0][start - 1].isdigit():
        start -= 1
    ends = tuple(code[start:] for code in codes)
    if all(0 < len(end) <= _SHORT_LABEL for end in ends):
        return ends
    return tuple(str(number) for number in range(1, len(codes) + 1))


def _coarsened(flat: Shapes, step: float) -> Shapes:
    """Drop corners, the same on both sides of a border, in growing steps (metres)."""
    if not shapely.is_valid(flat).all():
        return flat
    least = flat
    while shapely.get_num_coordinates(least).sum() > MOST_CORNERS and step < SIDE:
        least = shapely.coverage_simplify(flat, step)
        step *= 2
    return least


def _size(radius: float, label: str, largest: int) -> int:
    room = min(1.5 * radius, 1.9 * radius / (_LETTER * max(1, len(label))))
    return int(min(largest, max(SMALLEST, room)))


def _borders(drawn: Shapes) -> str:
    """Return every border once, as one path in steps of two units."""
    whole = drawn if len(drawn) <= MOST_DRAWN else shapely.union_all(drawn, grid_size=1)
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(whole), grid_size=_COARSE))
    return "".join(_chain(shapely.get_coordinates(line), "") for line in shapely.get_parts(lines))


def outline_path(shape: shapely.Geometry) -> str:
    """Return the SVG path of a shape in units of the drawing."""
    return "".join(_chain(shapely.get_coordinates(ring)[:-1], "z") for ring in shapely.get_rings(shape))


def _chain(corners: Points, end: str) -> str:
    points = np.round(corners).astype(int)
    points = points[np.append(True, (np.diff(points, axis=0) != 0).any(axis=1))]
    steps = " ".join(f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(points.tolist()))
    return f"M{points[0][0]} {points[0][1]}l{steps}{end}".replace(" -", "-") if steps else ""
