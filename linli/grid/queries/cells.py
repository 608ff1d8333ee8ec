"""Reads of cells: workers, what is posted, parties, centre households, and what the rules say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.grid.models import CellWorker, GridNotice
from linli.grid.policy import staffing
from linli.grid.policy.rules import CELL_RULES, OF_CELLS, CellFacts
from linli.grid.policy.staffing import Staffing
from linli.grid.queries.sizes import sizes
from linli.lib.paths import prefixes
from linli.lib.rulebook import Finding, broken
from linli.organisations import queries as organisations
from linli.organisations.models import BodyPlace
from linli.organisations.policy.kinds import BodyKind
from linli.places import queries as place_queries
from linli.places.models import Cell, Place
from linli.places.policy.levels import cells_at
from linli.rules import queries as rules
from linli.store.validity import holds_on

BRANCHES = (BodyKind.BRANCH, BodyKind.TEMPORARY_BRANCH)
PARTIES = (*BRANCHES, BodyKind.BUILDING_GROUP, BodyKind.CENTRE_HOUSEHOLD)
"""Bodies of which a cell has one at least; the general branch of the community is everybody's and does not count."""


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell with all that is posted of it, and what the rules say."""

    cell: Cell
    workers: tuple[CellWorker, ...]
    notice: GridNotice | None
    parties: tuple[str, ...]
    centres: tuple[str, ...]
    findings: tuple[Finding, ...]
    doors: int = 0
    """Households below its places, where they were counted."""

    @property
    def place(self) -> Place:
        """The place of the grid."""
        return self.cell.grid.place


def cells(actor: Actor, permission: Permission, day: date) -> list[CellLine]:
    """Return the smallest cells in reach on `day`, from the root down; a constant number of queries."""
    limits = rules.values(OF_CELLS, organisations.rule_places_of(actor, permission, day), day)
    found = place_queries.leaves(organisations.grids(actor, permission, day), day)
    lines = zip(cell_lines([leaf.cell for leaf in found], limits, day), sizes(found, day), strict=True)
    return [replace(line, findings=(*line.findings, *size.findings), doors=size.size.doors) for line, size in lines]


def cell_lines(cells: Sequence[Cell], limits: dict[str, int], day: date) -> list[CellLine]:
    """Return of each of `cells` (with their places) what there is on `day`; five queries."""
    workers, notices, bodies = held(cells, day), _notices(day), _bodies(cells, day)
    found = []
    for cell in cells:
        own, posted = tuple(workers[cell.grid.place_id, cell.code]), _nearest(notices, cell.grid.place.path)
        parties = tuple(name for kind, name in bodies[cell.pk] if kind != BodyKind.CENTRE_HOUSEHOLD)
        centres = tuple(name for kind, name in bodies[cell.pk] if kind == BodyKind.CENTRE_HOUSEHOLD)
        facts = Staffing(
            workers=len(own),
            phones=sum(bool(worker.shown_phone) for worker in own),
            parties=len(bodies[cell.pk]) + sum(worker.member_id is not None for worker in own),
            supervision=posted is not None,
            items=len(posted.items) if posted else 0,
        )
        broken_ones = broken(staffing.RULES, facts) + broken(CELL_RULES, CellFacts(len(centres), limits))
        found.append(CellLine(cell, own, posted, parties, centres, broken_ones))
    return found


def vacant(actor: Actor, permission: Permission, day: date) -> int:
    """Return how many of the smallest cells in reach have no worker on `day`."""
    found = [leaf.cell for leaf in place_queries.leaves(organisations.grids(actor, permission, day), day)]
    workers = held(found, day)
    return sum(not workers[cell.grid.place_id, cell.code] for cell in found)


def held(cells: Iterable[Cell], day: date) -> defaultdict[tuple[int, str], list[CellWorker]]:
    """Return by place and code who works for each of `cells` on `day`, the longest first; one query.

    Two duties of one member at one cell, left by two records of one person, are one.
    """
    places = {cell.grid.place_id for cell in cells}
    found: defaultdict[tuple[int, str], list[CellWorker]] = defaultdict(list)
    rows = CellWorker.objects.on(day).filter(place__in=places).select_related("member").order_by("valid_from", "pk")
    for row in rows:
        same = found[row.place_id, row.cell_code]
        if row.member_id is None or all(other.member_id != row.member_id for other in same):
            same.append(row)
    return found


def notice(place: Place, day: date) -> GridNotice | None:
    """Return what is posted for `place` on `day`: its own notice, or that of the nearest place above."""
    return _nearest(_notices(day), place.path)


def _notices(day: date) -> dict[str, GridNotice]:
    return {row.place.path: row for row in GridNotice.objects.on(day).select_related("place")}


def _nearest(notices: dict[str, GridNotice], path: str) -> GridNotice | None:
    return next((notices[step] for step in reversed(prefixes(path)) if step in notices), None)


def _bodies(cells: Collection[Cell], day: date) -> defaultdict[int, list[tuple[str, str]]]:
    """Return by cell (kind, name) of the `PARTIES` that serve a listed place or below, and of the branches above.

    A body counts for the smallest of the cells in which the place lies that it serves.
    """
    lists: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for cell in cells:
        lists[cell.grid.place.path] |= {link.place.path: cell.pk for link in cell.places.all()}
    served = BodyPlace.objects.on(day).filter(holds_on(day, "body__"), body__kind__in=PARTIES)
    rows = served.order_by("place__path", "body__path").values_list("place__path", "body__kind", "body__name")
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for path, kind, name in rows:
        keys = cells_at(prefixes(path), lists)[:1]
        if not keys and kind in BRANCHES:
            keys = sorted({cell for own in lists.values() for below, cell in own.items() if below.startswith(path)})
        for key in keys:
            if (kind, name) not in found[key]:
                found[key].append((kind, name))
    return found


def edited(actor: Actor, permission: Permission, day: date) -> set[int]:
    """Return the keys of the places with a grid on `day` at which `actor` holds `permission`; one query."""
    return set(organisations.grids(actor, permission, day).values_list("place", flat=True))


def edited_place(actor: Actor, permission: Permission, code: str, day: date) -> Place:
    """Return the place with `code` at which `actor` holds `permission`; 404 where there is none."""
    found = organisations.places(actor, permission, day).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def edited_cell(actor: Actor, permission: Permission, place: str, code: str, day: date) -> Cell:
    """Return the cell `code` of the grid that `place`, in reach, has on `day`; 404 where there is none."""
    grids = organisations.grids(actor, permission, day).filter(place__code=place)
    found = Cell.objects.filter(grid__in=grids, code=code).select_related("grid__place").first()
    if found is None:
        raise Http404
    return found


def duty(actor: Actor, permission: Permission, pk: int, day: date) -> CellWorker:
    """Return a duty at a cell of a place in reach; 404 where there is none."""
    reach = organisations.below(organisations.place_paths(actor, permission, day), "place__path")
    found = CellWorker.objects.filter(reach, pk=pk).select_related("place", "member").first()
    if found is None:
        raise Http404
    return found
