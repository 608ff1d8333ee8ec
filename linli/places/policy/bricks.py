"""What a community is divided from: buildings (or cells of the present map) with their households, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.datum import Plane
from linli.places.policy.features import Cells
from linli.places.policy.plots import STEP
from linli.places.policy.titles import MOST_HOUSEHOLDS, is_count, is_numbered, numbered
from linli.places.policy.validity import mend_outlines

MOST_BRICKS, WIDEST, FARTHEST = 3_000, 3_000.0, 100_000.0
"""Of a division; metres across of one building and of a community."""
MOST_POINTS = 400_000
"""Of all outlines: 3,000 buildings have half of it."""
AROUND = 20.0
"""Metres around the buildings that a community without a boundary takes in."""
NO_BUILDING = gettext_noop("Feature %(where)s is wider than %(most)d km, which no building is: check the map.")
NO_COMMUNITY = gettext_noop("The map is wider than %(most)d km, which no community is: check its coordinates.")


@dataclass(frozen=True, eq=False)
class Bricks:
    """Buildings in WGS-84 with the households of each, to be divided inside `boundary` (an area in WGS-84)."""

    cells: Cells
    households: tuple[int, ...]
    boundary: shapely.Geometry
    plane: Plane


def households_of(buildings: Cells, doors: Mapping[str, int] | None = None) -> tuple[int, ...]:
    """Return the households of each building: as the file counts them, else the `doors` of the place of its code.

    Refused: a building of which they are not known, what is no whole number, none at all.
    """
    found = []
    for number, code in enumerate(buildings.ids, 1):
        text = buildings.households[number - 1] if buildings.households else ""
        known = doors.get(code) if doors is not None and not buildings.households else None
        if known is None and not is_count(text):
            raise Refusal(
                "grid.divide_households",
                gettext_noop(
                    "Feature %(number)d (%(code)s): its households are not known; give their number (property "
                    "households), or the code of a place on the register."
                ),
                field="file",
                number=number,
                code=code,
            )
        found.append(int(text) if known is None else known)
    if not sum(found):
        raise Refusal("grid.divide_nobody", gettext_noop("No household lives there: nothing is to be divided."))
    return tuple(found)


def listing_themselves(buildings: Cells) -> Cells:
    """Return `buildings` that list their own codes as places, where every one has a code."""
    if any(is_numbered(code) for code in buildings.ids):
        return replace(buildings, places=())
    return replace(buildings, places=tuple((code,) for code in buildings.ids))


def check_limits(least: int, most: int) -> None:
    """Refuse limits that no cell could keep."""
    if not 0 < least <= most <= MOST_HOUSEHOLDS:
        raise Refusal(
            "grid.divide_limits",
            gettext_noop("A cell cannot have %(least)d to %(most)d households: the first number is the smaller one."),
            field="most",
            least=least,
            most=most,
        )


def bricks(buildings: Cells, households: tuple[int, ...], boundary: Cells | None) -> Bricks:
    """Return what is to be divided. Refused: outlines that are none, what lies outside, more or wider than is meant."""
    if len(buildings.ids) > MOST_BRICKS:
        message = gettext_noop("%(count)d buildings are more than %(most)d: divide one community at a time.")
        raise Refusal("grid.divide_many", message, field="file", count=len(buildings.ids), most=MOST_BRICKS)
    _check_outlines(buildings, "file")
    if boundary is not None:
        _check_outlines(boundary, "boundary")
    plane = Plane(shapely.total_bounds(np.concatenate([each.shapes for each in (buildings, boundary) if each])))
    for number, shape in enumerate(buildings.shapes):
        _check_width(shape, plane, WIDEST, NO_BUILDING, where=numbered(buildings.ids[number], number + 1))
    edge = _around(buildings, plane) if boundary is None else shapely.union_all(boundary.shapes)
    _check_width(edge, plane, FARTHEST, NO_COMMUNITY)
    _check_points(buildings, edge, plane)
    inside = shapely.area(shapely.intersection(buildings.shapes, edge)) > shapely.area(buildings.shapes) / 2
    if not inside.all():
        raise Refusal(
            "grid.divide_outside",
            gettext_noop("Feature %(where)s lies outside the boundary: take it out, or check both files."),
            field="file",
            where=numbered(buildings.ids[int(inside.argmin())], int(inside.argmin()) + 1),
        )
    return Bricks(buildings, households, edge, plane)


def _check_outlines(cells: Cells, field: str) -> None:
    _mended, trouble = mend_outlines(cells.shapes)
    if trouble:
        raise Refusal(
            "grid.divide_outline",
            gettext_noop("Feature %(where)s has no proper outline: draw it again."),
            field=field,
            where=numbered(cells.ids[trouble[0].cell], trouble[0].cell + 1),
        )


def _check_width(shape: shapely.Geometry, plane: Plane, most: float, message: str, where: str = "") -> None:
    west, south, east, north = shapely.bounds(shapely.transform(shape, plane.stretch))
    if max(east - west, north - south) > most:
        raise Refusal("grid.divide_wide", message, most=round(most / 1000), where=where)


def _check_points(buildings: Cells, edge: shapely.Geometry, plane: Plane) -> None:
    """Refuse outlines of which `plots` would make more points than it divides in half a minute."""
    flat = shapely.transform(buildings.shapes, plane.stretch)
    points = shapely.length(flat) / STEP + shapely.get_num_coordinates(flat)
    if points.sum() + shapely.get_num_coordinates(edge) > MOST_POINTS:
        longest = int(points.argmax())
        raise Refusal(
            "grid.divide_points",
            gettext_noop(
                "The outlines are too long and detailed to divide the land between them, most of all that of feature "
                "%(where)s (%(own)d points of %(most)d that all together may have, one every 2 m): draw it plainly, or "
                "divide a smaller part."
            ),
            field="file",
            where=numbered(buildings.ids[longest], longest + 1),
            own=round(points[longest]),
            most=MOST_POINTS,
        )


def _around(buildings: Cells, plane: Plane) -> shapely.Geometry:
    """Return the land around all buildings, where nobody drew a boundary."""
    flat = shapely.transform(buildings.shapes, plane.stretch)
    return shapely.transform(shapely.convex_hull(shapely.union_all(flat)).buffer(AROUND), plane.unstretch)
