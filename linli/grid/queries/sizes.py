"""Reads of how many households the smallest cells have: doors on the register below the places listed at each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.grid.policy.sizes import OF_SIZES, RULES, CellSize, is_micro
from linli.lib.paths import prefixes, topmost
from linli.lib.rulebook import Finding, broken
from linli.organisations import queries as organisations
from linli.places.models import Cell, Place
from linli.places.policy.kinds import PlaceKind
from linli.rules import queries as rules

_UPPER = (PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT, PlaceKind.COMMUNITY)


@dataclass(frozen=True, slots=True)
class SizeLine:
    """A cell with the community in which it lies (else the place of its grid), its size, and what the rules say."""

    cell: Cell
    community: Place
    size: CellSize
    findings: tuple[Finding, ...]


def sizes(cells: Sequence[Cell], day: date) -> list[SizeLine]:
    """Return the size of each of `cells` (from `leaves`), in their order; three queries whatever their number."""
    doors = _doors(cells)
    above = {place.path: place for place in Place.objects.filter(kind__in=_UPPER)}
    within = [_community(cell, above) for cell in cells]
    lines = {place.pk: [above[step].code for step in prefixes(place.path) if step in above] for place in within}
    limits = rules.values_of_each(OF_SIZES, lines, day)
    found = []
    for cell, community in zip(cells, within, strict=True):
        kinds = {PlaceKind(link.place.kind) for link in cell.places.all()}
        size = CellSize(doors[cell.pk], is_micro(PlaceKind(cell.grid.place.kind), kinds), limits[community.pk])
        found.append(SizeLine(cell, community, size, broken(RULES, size)))
    return found


def _community(cell: Cell, above: dict[str, Place]) -> Place:
    """Return the community of a cell: at or above the place of its grid, else of what it lists."""
    paths = [cell.grid.place.path, *(link.place.path for link in cell.places.all())]
    steps = (above.get(step) for path in paths for step in prefixes(path))
    return next((place for place in steps if place and place.kind == PlaceKind.COMMUNITY), cell.grid.place)


def _doors(cells: Sequence[Cell]) -> Counter[int]:
    """Return by key of the cell how many doors lie below its places."""
    at: defaultdict[str, set[int]] = defaultdict(set)
    for cell in cells:
        for link in cell.places.all():
            at[link.place.path].add(cell.pk)
    inside = organisations.below(topmost(cell.grid.place.path for cell in cells))
    paths = Place.objects.filter(inside, kind=PlaceKind.HOUSEHOLD).values_list("path", flat=True)
    return Counter(cell for path in paths for cell in set[int]().union(*(at.get(step, ()) for step in prefixes(path))))
