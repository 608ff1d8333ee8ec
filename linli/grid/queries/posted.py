"""What is posted of one cell, as everybody reads it; and the map with the cells that have no worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from linli.grid.models import CellWorker, GridNotice
from linli.grid.policy.rules import OF_CELLS
from linli.grid.queries.cells import cell_lines, held
from linli.places import queries as places
from linli.places.models import Cell, Grid, Place
from linli.rules import queries as rules
from linli.store.validity import holds_on


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
    return _posted(cell.grid, [cell], [places.around(cell)], day)[0]


def each_posted(grid: Grid, day: date) -> list[Posted]:
    """Return what is posted on `day` of every cell of `grid`, by code; a constant number of queries."""
    cells = list(places.cells(grid))
    return _posted(grid, cells, places.around_each(cells), day)


def _posted(grid: Grid, cells: Sequence[Cell], around: Sequence[places.Around], day: date) -> list[Posted]:
    above = tuple(places.line(grid.place))
    lines = cell_lines(cells, rules.values(OF_CELLS, [place.code for place in above], day), day)
    smallest = {leaf.cell.pk for leaf in places.leaves([grid], day)}
    return [
        Posted(
            line.cell, above, drawn, line.workers, (*line.parties, *line.centres), line.notice, line.cell.pk in smallest
        )
        for line, drawn in zip(lines, around, strict=True)
    ]


def workers_of(grid: Grid, cells: Sequence[Cell], day: date) -> tuple[dict[int, list[CellWorker]], set[int]]:
    """Return by key who works on `day` for each of `cells`, and which of them are vacant: smallest, without worker."""
    workers = held(cells, day)
    found = {cell.pk: workers[grid.place_id, cell.code] for cell in cells}
    smallest = {leaf.cell.pk for leaf in places.leaves([grid], day)}
    return found, {key for key, own in found.items() if not own and key in smallest}


def own_duties(member: int, day: date) -> list[tuple[CellWorker, Cell | None]]:
    """Return the duties of a member on `day`, each with its cell; None where the map of the day has it no more."""
    rows = list(CellWorker.objects.on(day).filter(member=member).select_related("place", "member"))
    codes, at = {row.cell_code for row in rows}, {row.place_id for row in rows}
    found = Cell.objects.filter(holds_on(day, "grid__"), grid__place__in=at, code__in=codes).select_related(
        "grid__place"
    )
    cells = {(cell.grid.place_id, cell.code): cell for cell in found}
    return [(row, cells.get((row.place_id, row.cell_code))) for row in rows]


def own_duty(member: int, pk: int, day: date) -> CellWorker:
    """Return a duty that a member has on `day`; 404 where it is none of theirs."""
    found = CellWorker.objects.on(day).filter(member=member, pk=pk).select_related("place", "member").first()
    if found is None:
        raise Http404
    return found
