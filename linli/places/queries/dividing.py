"""Reads that a division needs: buildings or present cells with their doors; and the figures of a map that waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import shapely
from django.db.models import Count

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.models import Cell, Grid, GridProposal, Place
from linli.places.policy.bricks import Bricks, bricks, households_of, listing_themselves
from linli.places.policy.datum import Datum
from linli.places.policy.drawing import Drawing, Figure, draw, short_labels
from linli.places.policy.fairness import Fairness, fairness
from linli.places.policy.features import Cells
from linli.places.policy.kept import read_kept
from linli.places.policy.levels import share
from linli.places.policy.sending import Sent
from linli.places.policy.survey import moved
from linli.places.policy.titles import is_count
from linli.places.queries.grids import cells as cells_of_grid
from linli.places.queries.grids import grid as grid_of
from linli.places.queries.levels import doors_on
from linli.places.queries.maps import survey_of
from linli.places.queries.tree import by_codes

_ENOUGH = 2
_SNAP = 1e-7
"""Degrees: a centimetre, so that cells whose corners stand beside each other leave no slit in their land."""


def bricks_of(place: Place, day: date, sent: Sent, datum: Datum) -> Bricks:
    """Return what `place` is divided from: the buildings that were sent (in `datum`), else its cells of `day`.

    Households are those of the file, else the doors on the register. Refused: what `Sent.read` and `bricks` refuse,
    and nothing sent where there are no cells to be joined.
    """
    grid = grid_of(place, day)
    present = None if grid is None else _kept(grid)
    land = _land(place, grid, present)
    if sent.cells:
        buildings = listing_themselves(moved(sent.read()[0], datum))
        known = _codes_below(place, buildings.ids)
        counted = doors_below(place, [(code,) for code in buildings.ids], day)
        doors = {code: count for code, count in zip(buildings.ids, counted, strict=True) if code in known}
        if len(known) < len(buildings.ids):
            buildings = replace(buildings, places=())
        return bricks(buildings, households_of(buildings, doors), land)
    if present is None or len(present.ids) < _ENOUGH:
        raise Refusal(
            "grid.divide_bricks",
            gettext_noop("There is no map with several cells to be joined: send a file of the buildings."),
            field="file",
        )
    counted = doors_below(place, present.places, day)
    return bricks(present, households_of(replace(present, households=tuple(map(str, counted)))), land)


def doors_below(place: Place, lists: Sequence[Sequence[str]], day: date) -> list[int]:
    """Return how many doors of `day` lie in each list (codes of places below `place`), each at the nearest place."""
    numbers = {code: number for number, codes in enumerate(lists) for code in codes}
    own = {found.path: numbers[code] for code, found in by_codes(numbers).items() if found.path.startswith(place.path)}
    shared = share(doors_on((place.path,), day), {place.path: own})
    return [len(shared.get(number, ())) for number in range(len(lists))]


def _codes_below(place: Place, codes: Iterable[str]) -> set[str]:
    wanted = set(codes)
    inside = Place.objects.filter(path__startswith=place.path).exclude(pk=place.pk)
    return wanted & set(inside.values_list("code", flat=True))


def _kept(grid: Grid) -> Cells:
    """Return the cells of a grid, with the places listed at each."""
    kept = list(cells_of_grid(grid))
    found = read_kept([(cell.code, cell.name, cell.geometry) for cell in kept])
    return replace(found, places=tuple(tuple(cell.place_codes) for cell in kept))


def _land(place: Place, grid: Grid | None, present: Cells | None) -> Cells | None:
    """Return the land of `place`: that of its map, else the cell above that lists it alone; None: not known."""
    if grid is not None and grid.boundary:
        shapes = read_kept([("", "", grid.boundary)]).shapes
    elif present is not None:
        shapes = present.shapes
    else:
        above = Cell.objects.annotate(listed=Count("places")).filter(listed=1, pk__in=place.cell_places.values("cell"))
        newest = above.order_by("-grid__valid_from").first()
        shapes = read_kept([("", "", newest.geometry)] if newest else []).shapes
    if not len(shapes):
        return None
    return Cells(("#1",), ("",), np.array([shapely.union_all(shapes, grid_size=_SNAP)], dtype=object))


@dataclass(frozen=True, eq=False)
class CellFigure:
    """A cell of a map that waits, its households, whether they are within the limits, and where it is drawn."""

    label: str
    code: str
    name: str
    households: int
    within: bool
    figure: Figure | None


@dataclass(frozen=True, eq=False)
class Figures:
    """A map that waits as it would divide its place, beside the map that holds; `before` None: there is none."""

    drawing: Drawing
    rows: tuple[CellFigure, ...]
    before: Fairness | None
    after: Fairness


def figures_of(proposal: GridProposal, day: date, least: int, most: int) -> Figures:
    """Return the figures of a map that waits, with its edits; households are doors on the register, else as sent."""
    cells, place = survey_of(proposal).cells, proposal.place
    counted = doors_below(place, cells.places or ((),) * len(cells.ids), day)
    if not sum(counted) and cells.households:
        counted = [int(text) if is_count(text) else 0 for text in cells.households]
    grid = grid_of(place, day)
    held = None if grid is None else _kept(grid)
    before = None if held is None else fairness(doors_below(place, held.places, day), held.shapes, least, most)
    labels = short_labels(cells.ids)
    drawing = draw(cells.shapes, labels)
    figures = drawing.figures or (None,) * len(cells.ids)
    rows = tuple(
        CellFigure(label, code, name or code, count, least <= count <= most, figure)
        for label, code, name, count, figure in zip(labels, cells.ids, cells.names, counted, figures, strict=True)
    )
    return Figures(drawing, rows, before, fairness(counted, cells.shapes, least, most))
