"""A community divided anew: cells along building lines, as a map that can be proven, edited and saved."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from linli.places.policy.bricks import Bricks
from linli.places.policy.dividing import Land, divide
from linli.places.policy.fairness import Fairness, fairness
from linli.places.policy.features import Cells
from linli.places.policy.frame import square_metres
from linli.places.policy.locating import NOWHERE, Locator
from linli.places.policy.plots import as_plots, borders, plots
from linli.places.policy.sheet import Shapes
from linli.places.policy.survey import DECIMALS

SMOOTHING = (4.0, 2.0, 1.0)
"""Metres: how far corners of an inner line may be dropped; the first that cuts no building is taken."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Proposed cells in WGS-84 with the households of each; `large`: buildings that alone have too many."""

    cells: Cells
    boundary: Cells
    households: tuple[int, ...]
    figures: Fairness
    large: tuple[str, ...]


def plan(given: Bricks, *, least: int, most: int, prefix: str, whole: bool = False) -> Plan:
    """Divide `given` into cells of `least` to `most` households, numbered after `prefix` from north to south.

    `whole`: the bricks are cells of a proven map and cover the boundary as they are. Refused: what `plots` refuses.
    """
    flat = shapely.transform(given.cells.shapes, given.plane.stretch)
    edge = shapely.transform(given.boundary, given.plane.stretch)
    if whole:
        bricks, of_brick = as_plots(flat), np.arange(len(flat))
    else:
        flat = shapely.intersection(flat, edge)
        bricks, of_brick = plots(flat, edge)
    households = np.bincount(of_brick, weights=given.households).astype(np.intp)
    spots = shapely.get_coordinates(shapely.centroid(bricks))
    cell_of = divide(Land.of(spots, households, borders(bricks)), least, most)[of_brick]
    shapes = _outlines(bricks, cell_of, of_brick, () if whole else flat)
    order = np.argsort(-shapely.get_y(shapely.centroid(shapes)), kind="stable").tolist()
    members = [np.flatnonzero(cell_of == number).tolist() for number in order]
    sums = tuple(sum(given.households[one] for one in group) for group in members)
    drawn = shapely.transform(shapes[order], lambda points: np.round(given.plane.unstretch(points), DECIMALS))
    ids = tuple(f"{prefix}{number:02d}" for number in range(1, len(order) + 1))
    cells = Cells(
        ids, ("",) * len(ids), drawn, _listed(given.cells, members), declared=True, households=tuple(map(str, sums))
    )
    whole_land = Cells(("#1",), ("",), np.array([given.boundary], dtype=object))
    large = tuple(code for code, many in zip(given.cells.ids, given.households, strict=True) if many > most)
    return Plan(cells, whole_land, sums, fairness(sums, drawn, least, most), large)


def present(given: Bricks, cells: Cells, *, least: int, most: int) -> Fairness:
    """Return the figures of the map that holds: each building counts for the cell (WGS-84) in which its middle lies."""
    spots = shapely.get_coordinates(shapely.point_on_surface(given.cells.shapes))
    found = Locator(cells.shapes).find_all(*spots.T)
    sums = [0] * len(cells.ids)
    for number, many in zip(found.tolist(), given.households, strict=True):
        if number != NOWHERE:
            sums[number] += many
    return fairness(sums, cells.shapes, least, most)


def _outlines(bricks: Shapes, cell_of: Any, of_brick: Any, buildings: Shapes | tuple[()]) -> Shapes:
    """Return the cells; inner lines are smoothed as far as no building is cut and the cells still meet."""
    cell_of_brick = np.zeros(len(bricks), dtype=np.intp)
    cell_of_brick[of_brick] = cell_of
    cells = [shapely.coverage_union_all(bricks[cell_of_brick == n]) for n in range(int(cell_of.max()) + 1)]
    shapes = np.array(cells, dtype=object)
    for metres in SMOOTHING if len(buildings) else ():
        smooth = shapely.coverage_simplify(shapes, metres, simplify_boundary=False)
        outside = shapely.area(shapely.difference(buildings, smooth[cell_of]))
        if outside.max() < 1e-2 and shapely.coverage_is_valid(smooth):  # noqa: PLR2004 -- a hundredth of a square metre
            return smooth
    return shapes


def _listed(cells: Cells, members: list[list[int]]) -> tuple[tuple[str, ...], ...]:
    """Return the places of each cell: those that its bricks list."""
    if not cells.places:
        return ()
    return tuple(tuple(code for one in group for code in cells.places[one]) for group in members)


def as_document(cells: Cells) -> dict[str, Any]:
    """Return the cells of a plan as a FeatureCollection (RFC 7946) that can be sent in as a map."""
    features = []
    texts = shapely.to_geojson(shapely.orient_polygons(cells.shapes))
    for number, (code, text, area) in enumerate(zip(cells.ids, texts, square_metres(cells.shapes), strict=True)):
        properties: dict[str, Any] = {"code": code, "name": cells.names[number], "area_m2": round(area)}
        properties["households"] = int(cells.households[number])
        if cells.places:
            properties["places"] = ",".join(cells.places[number])
        features.append({"type": "Feature", "id": code, "geometry": json.loads(text), "properties": properties})
    return {"type": "FeatureCollection", "features": features}
