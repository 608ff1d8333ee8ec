"""Reads of how many households the smallest cells have: the doors on the register that are in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.grid.policy.sizes import OF_SIZES, RULES, CellSize, is_micro
from linli.lib.paths import prefixes
from linli.lib.rulebook import Finding, broken
from linli.places.models import Cell, Place
from linli.places.policy.kinds import PlaceKind
from linli.places.queries import Leaf
from linli.rules import queries as rules

_UPPER = (PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT, PlaceKind.COMMUNITY)


@dataclass(frozen=True, slots=True)
class SizeLine:
    """A cell with the community in which it lies (else the place of its grid), its size, and what the rules say."""

    cell: Cell
    community: Place
    size: CellSize
    findings: tuple[Finding, ...]


def sizes(leaves: Sequence[Leaf], day: date) -> list[SizeLine]:
    """Return the size of each of `leaves`, in their order; two queries whatever their number."""
    above = {place.path: place for place in Place.objects.filter(kind__in=_UPPER)}
    within = [_community(leaf.cell, above) for leaf in leaves]
    lines = {place.pk: [above[step].code for step in prefixes(place.path) if step in above] for place in within}
    limits = rules.values_of_each(OF_SIZES, lines, day)
    found = []
    for leaf, community in zip(leaves, within, strict=True):
        cell, kinds = leaf.cell, {PlaceKind(link.place.kind) for link in leaf.cell.places.all()}
        size = CellSize(len(leaf.doors), is_micro(PlaceKind(cell.grid.place.kind), kinds), limits[community.pk])
        found.append(SizeLine(cell, community, size, broken(RULES, size)))
    return found


def _community(cell: Cell, above: dict[str, Place]) -> Place:
    """Return the community of a cell: at or above the place of its grid, else of what it lists."""
    paths = [cell.grid.place.path, *(link.place.path for link in cell.places.all())]
    steps = (above.get(step) for path in paths for step in prefixes(path))
    return next((place for place in steps if place and place.kind == PlaceKind.COMMUNITY), cell.grid.place)
