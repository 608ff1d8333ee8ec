"""Grids as drawings with their lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat

from django.db.models import Q

from linli.places.models import Cell, Grid
from linli.places.policy.drawing import Drawing, Figure, draw, neighbours, short_labels
from linli.places.policy.kept import read_kept
from linli.places.queries.grids import cells

MOST_AROUND = 60
"""Of cells around one that are drawn; more are of no use on a phone."""
LARGEST_AROUND = 80
"""Units of a number: there is room for it, and it is read on the wall too."""


@dataclass(frozen=True, slots=True)
class Row:
    """A cell in the list that tells what the map shows."""

    label: str
    cell: Cell
    figure: Figure | None
    """None on a map of so many cells that only borders are drawn."""
    beside: tuple[str, ...]
    """Labels of the cells with which it shares a border."""
    page: int
    """The page of the list on which it stands."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The drawing of a grid and its list, in the same order."""

    drawing: Drawing
    rows: tuple[Row, ...]
    area_m2: int


def sheet(grid: Grid, rows_a_page: int) -> Sheet:
    """Return the drawing and the list of `grid`, with the places listed at each cell."""
    kept = list(cells(grid))
    labels = short_labels([cell.code for cell in kept])
    drawing, beside = _drawn(tuple(cell.geometry for cell in kept), labels)
    rows = [
        Row(label, cell, figure, tuple(labels[other] for other in others), number // rows_a_page + 1)
        for number, (label, cell, figure, others) in enumerate(
            zip(labels, kept, drawing.figures or repeat(None, len(kept)), beside, strict=True)
        )
    ]
    return Sheet(drawing, tuple(rows), sum(cell.area_m2 for cell in kept))


@dataclass(frozen=True, slots=True)
class Around:
    """The drawing of a cell with the cells that border on it; these have numbers, from 1."""

    drawing: Drawing
    own: Figure
    beside: tuple[tuple[Figure, Cell], ...]


def around(cell: Cell) -> Around:
    """Return the drawing of `cell` and of those that border on it; two queries whatever the size of the grid."""
    boxes = Q(west__lte=cell.east, east__gte=cell.west, south__lte=cell.north, north__gte=cell.south)
    near = list(Cell.objects.filter(boxes, grid=cell.grid_id).exclude(pk=cell.pk).order_by("code")[:MOST_AROUND])
    return next(_arounds([cell, *near]))


def around_each(cells: Sequence[Cell]) -> list[Around]:
    """Return the same for each of the `cells` of a grid; no query."""
    return list(_arounds(cells))


def _arounds(cells: Sequence[Cell]) -> Iterator[Around]:
    shapes = read_kept([("", "", each.geometry) for each in cells]).shapes
    for own, beside in enumerate(neighbours(shapes)):
        numbers = beside[:MOST_AROUND]
        drawing = draw(shapes[[own, *numbers]], ["", *map(str, range(1, len(numbers) + 1))], largest=LARGEST_AROUND)
        figure, *others = drawing.figures
        yield Around(drawing, figure, tuple(zip(others, (cells[number] for number in numbers), strict=True)))


@lru_cache(maxsize=32)
def _drawn(geometries: tuple[str, ...], labels: tuple[str, ...]) -> tuple[Drawing, tuple[tuple[int, ...], ...]]:
    shapes = read_kept([("", "", geometry) for geometry in geometries]).shapes
    return draw(shapes, labels), tuple(tuple(others) for others in neighbours(shapes))
