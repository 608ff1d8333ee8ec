"""Reads over the grids of all levels: the smallest cells, and for which doors each of them answers (ADR 119)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from linli.lib.paths import prefixes, topmost
from linli.places.models import Cell, CellPlace, Grid, Place
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.levels import Lists, cells_at, doorless, share
from linli.places.queries.tree import under
from linli.store.validity import holds_on

EVERY = Q()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A cell that is the smallest for something that it lists, or lists nothing; its doors are in no other leaf."""

    cell: Cell
    doors: tuple[str, ...]
    """Paths of the doors for which it is the smallest cell."""


def leaves(grids: Iterable[Grid], day: date) -> list[Leaf]:
    """Return the smallest cells among those of `grids`, by place and code, without their geometry; five queries.

    Finer grids of `day` take the doors that they list, whatever the cells above list: so each door that is in a cell
    at all is in exactly one leaf. A cell of which nothing is left is none.
    """
    given = list(grids)
    roots = topmost(grid.place.path for grid in given)
    lists, doors = lists_on(day, under(roots, "place__path")), doors_on(roots, day)
    shared, others = share(doors, lists), share(doorless(doors, lists), lists)
    listed = Prefetch("places", CellPlace.objects.select_related("place").order_by("place__path"))
    found = Cell.objects.filter(grid__in=given).defer("geometry").select_related("grid__place")
    rows = found.prefetch_related(listed).order_by("grid__place__path", "code")
    return [
        Leaf(cell, tuple(shared.get(cell.pk, ())))
        for cell in rows
        if cell.pk in shared or cell.pk in others or not cell.places.all()
    ]


def smallest_cells(place: Place, day: date) -> list[Cell]:
    """Return the smallest cells of the doors at or below `place`; without doors, of what is listed there, or of it."""
    lists = lists_on(day, under((place.path,), "place__path") | Q(place__path__in=prefixes(place.path)))
    doors = doors_on((place.path,), day)
    inner = [path for path in doorless(doors, lists) if path.startswith(place.path)]
    found = share([*doors, *inner], lists) or cells_at(prefixes(place.path), lists)[:1]
    rows = Cell.objects.filter(pk__in=found).defer("geometry").select_related("grid__place")
    return list(rows.order_by("grid__place__path", "code"))


def cells_on(line: Sequence[Place], day: date) -> list[Cell]:
    """Return the cells in which the last place of `line` (from `line_on`) lay on `day`, the smallest first."""
    found = cells_at([place.path for place in line], lists_on(day, Q(place__in=line)))
    cells = Cell.objects.select_related("grid__place").in_bulk(found)
    return [cells[key] for key in found]


def doors_on(roots: Iterable[str], day: date) -> list[str]:
    """Return the paths of the doors that stood on `day` below `roots`, in the order of the tree of today."""
    found = Place.objects.filter(holds_on(day, "parents__"), under(roots), kind=PlaceKind.HOUSEHOLD)
    return list(found.order_by("path").values_list("path", flat=True).distinct())


def lists_on(day: date, links: Q = EVERY) -> Lists:
    """Return those of the lists of `day` for which `links` holds; a place with a grid that lists nothing is there."""
    found: dict[str, dict[str, int]] = {path: {} for path in Grid.objects.on(day).values_list("place__path", flat=True)}
    rows = CellPlace.objects.filter(links, holds_on(day, "grid__"))
    for grid, place, cell in rows.values_list("grid__place__path", "place__path", "cell"):
        found[grid][place] = cell
    return found
