"""Reads across the levels of land: the cell above a place, and the grids below a map that is drawn anew (ADR 120)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import shapely
from django.db.models import Q

from linli.lib.paths import prefixes
from linli.places.models import Cell, Grid, Place
from linli.places.policy.above import Above, against
from linli.places.policy.features import Cells
from linli.places.policy.kept import read_kept
from linli.places.policy.levels import cells_at
from linli.places.policy.report import CoverReport
from linli.places.queries.levels import lists_on
from linli.places.queries.tree import by_codes, under


def cell_above(place: Place, day: date) -> Above | None:
    """Return the smallest cell in which `place` lies on `day`, or None."""
    return cells_above([place], day).get(place.pk)


def cells_above(places: Iterable[Place], day: date) -> dict[int, Above]:
    """Return by key of each of `places` the smallest cell in which it lies on `day`; four queries."""
    given = list(places)
    lists = lists_on(day, _on_the_lines(given))
    lies = {place.pk: cell for place in given for cell in cells_at(prefixes(place.path), lists)[:1]}
    cells = Cell.objects.select_related("grid__place").prefetch_related("places").in_bulk(set(lies.values()))
    found = {}
    for pk, key in lies.items():
        cell = cells[key]
        shape = read_kept([("", "", cell.geometry)]).shapes[0]
        if shape.is_valid and not shape.is_empty:  # else the proof of the grid above says so
            whole = [link.place_id for link in cell.places.all()] == [pk]
            found[pk] = Above(cell.code, cell.grid.place.name, cell.geometry, cell.grid.noise_mm / 1000, whole)
    return found


@dataclass(frozen=True, eq=False)
class Child:
    """A grid that lies in a cell of a map that is drawn anew, and its proof against that cell."""

    grid: Grid
    cell: str
    report: CoverReport


def children(place: Place, cells: Cells, noise: float, day: date) -> list[Child]:
    """Return the grids of `day` whose places lie in `cells`, a new map of `place` (WGS-84) with its lists.

    Nothing is changed. A map that lists no places says of no grid below that it lies in it.
    """
    rows = Grid.objects.on(day).filter(under((place.path,), "place__path")).exclude(place=place)
    below = list(rows.select_related("place").prefetch_related("cells").order_by("place__path"))
    if not below or not cells.places:
        return []
    lists = {path: dict(own) for path, own in lists_on(day, _on_the_lines([grid.place for grid in below])).items()}
    known = by_codes({code for codes in cells.places for code in codes})
    # cells of the new map have no key yet: they are numbered downwards from -1
    lists[place.path] = {
        known[code].path: -1 - number for number, codes in enumerate(cells.places) for code in codes if code in known
    }
    found = []
    for grid in below:
        for key in cells_at(prefixes(grid.place.path), lists)[:1]:
            if key < 0:
                number = -1 - key
                geometry, whole = shapely.to_geojson(cells.shapes[number]), cells.places[number] == (grid.place.code,)
                above = Above(cells.ids[number], place.name, geometry, noise, whole)
                found.append(Child(grid, above.cell, _proven(grid, above)))
    return found


def _proven(grid: Grid, above: Above) -> CoverReport:
    kept = read_kept([(cell.code, cell.name, cell.geometry) for cell in grid.cells.all()])
    return against(kept, above, tolerance=grid.tolerance_mm / 1000, noise=grid.noise_mm / 1000)


def _on_the_lines(places: Iterable[Place]) -> Q:
    return Q(place__path__in={step for place in places for step in prefixes(place.path)})
