"""What is posted of one cell, as everybody reads it; and the map with the cells that have no worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.grid.models import CellWorker, GridNotice
from linli.grid.policy.rules import OF_CELLS
from linli.grid.queries.cells import cell_lines, held, leaves
from linli.places import queries as places
from linli.places.models import Cell, Grid, Place
from linli.rules import queries as rules


@dataclass(frozen=True, slots=True)
class Posted:
    """A cell with its neighbours, who works for it, which parties serve it, and the notice that holds."""

    cell: Cell
    line: tuple[Place, ...]
    around: places.Around
    workers: tuple[CellWorker, ...]
    parties: tuple[str, ...]
    notice: GridNotice | None
    smallest: bool
    """Whether no finer grid divides the cell; only of these a worker is asked."""


def posted(place: str, code: str, day: date) -> Posted:
    """Return what is posted on `day` of the cell `code` of `place`; 404 where there is none."""
    cell = places.cell(place, code, day)
    above = tuple(places.line(cell.grid.place))
    [line] = cell_lines([cell], rules.values(OF_CELLS, [place.code for place in above], day), day)
    smallest = any(one.pk == cell.pk for one in leaves([cell.grid], day))
    return Posted(cell, above, places.around(cell), line.workers, (*line.parties, *line.centres), line.notice, smallest)


def workers_of(grid: Grid, cells: Sequence[Cell], day: date) -> tuple[dict[int, list[CellWorker]], set[int]]:
    """Return by key who works on `day` for each of `cells`, and which of them are vacant: smallest, without worker."""
    workers = held(cells, day)
    found = {cell.pk: workers[grid.place_id, cell.code] for cell in cells}
    smallest = {cell.pk for cell in leaves([grid], day)}
    return found, {key for key, own in found.items() if not own and key in smallest}
