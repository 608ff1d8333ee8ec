"""Reads of maps that wait to be saved: as they were sent in, with their edits, mended, compared with what is known."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, reduce

import shapely
from django.db.models import Count, Q, QuerySet
from shapely.geometry.base import BaseGeometry

from linli.lib.clock import local_date
from linli.places.models import Cell, Grid, GridProposal, Place
from linli.places.policy.above import Above
from linli.places.policy.cover import check_cover
from linli.places.policy.datum import Datum
from linli.places.policy.draft import Changes, Draft
from linli.places.policy.editcheck import check_edit
from linli.places.policy.features import Cells
from linli.places.policy.fits import Fits, fits
from linli.places.policy.kept import read_kept
from linli.places.policy.repair import Repair, repair
from linli.places.policy.report import Fault
from linli.places.policy.sending import Sent
from linli.places.policy.sending import prove as prove_sent
from linli.places.policy.steps import unpack
from linli.places.policy.survey import Survey, kept, within
from linli.places.queries.above import cell_above


def repair_of(proposal: GridProposal) -> Repair:
    """Return the map of a proposal that waits, mended."""
    return repaired(survey_of(proposal))


def repaired(found: Survey) -> Repair:
    """Return a proven map, mended, and proven once more against what it was proven against."""
    done = repair(found)
    return replace(done, survey=within(replace(done.survey, boundary=found.own_boundary), found.above))


def survey_of(proposal: GridProposal) -> Survey:
    """Return the map of a proposal that waits, with its edits, proven; in WGS-84, as its pictures are drawn."""
    return surveyed(pen(proposal))


def surveyed(found: Pen) -> Survey:
    """Return a map with its edits, proven."""
    if not found.seen:
        return found.base
    cells, boundary, report = found.draft.cells(), found.base.own_boundary, found.base.report
    again = check_cover(cells, boundary, tolerance=report.tolerance, noise=report.noise)
    return within(Survey(cells, boundary, again), found.base.above)


@dataclass(frozen=True, eq=False)
class Pen:
    """A map that is being edited: its cells as they are now, the key of the last edit (0: none), what it was."""

    draft: Draft
    seen: int
    base: Survey

    @property
    def boundary(self) -> BaseGeometry | None:
        """The area to be covered, or None where it is not known."""
        return None if self.base.boundary is None else shapely.union_all(self.base.boundary.shapes)

    def beside(self, code: str) -> list[str]:
        """Return the codes of the cells whose box meets that of a cell."""
        return [other for other in self.draft.near(self.draft.get(code).shape) if other != code]

    def faults(self, changes: Changes) -> list[Fault]:
        """Return the faults that `changes` would make."""
        report = self.base.report
        return check_edit(self.draft, changes, self.boundary, tolerance=report.tolerance, noise=report.noise)


def check_datum(proposal: GridProposal, datum: Datum) -> None:
    """Refuse a datum in which the map of a proposal that waits cannot be shown."""
    _base(_sent(proposal), datum, proposal.tolerance_mm / 1000, None, None)


def pen(proposal: GridProposal) -> Pen:
    """Return the map of a proposal that waits, ready to be edited."""
    noise = None if proposal.noise_mm is None else proposal.noise_mm / 1000
    sent = _sent(proposal)
    above = None if sent.boundary else cell_above(proposal.place, proposal.since)
    base, draft = _base(sent, Datum(proposal.datum), proposal.tolerance_mm / 1000, noise, above)
    steps = list(proposal.steps.values_list("pk", "changes"))
    edited = reduce(Draft.after, (unpack(changes) for _key, changes in steps), draft)
    return Pen(edited, steps[-1][0] if steps else 0, base)


@lru_cache(maxsize=8)
def _base(sent: Sent, datum: Datum, tolerance: float, noise: float | None, above: Above | None) -> tuple[Survey, Draft]:
    """Return a map as it was sent in, in WGS-84, and a draft of it; found again by its content."""
    base = within(kept(prove_sent(*sent.read(), datum=datum, tolerance=tolerance, noise=noise)), above)
    return base, Draft(base.cells)


def edit_faults(proposal: GridProposal, changes: Changes) -> list[Fault]:
    """Return the faults that `changes` would make in the map of a proposal that waits."""
    return pen(proposal).faults(changes)


def waiting_maps(inside: Q) -> QuerySet[GridProposal]:
    """Return the maps that wait to be saved, the last ones first, with the number of their `edits`, without files."""
    found = GridProposal.objects.filter(inside, grid=None).annotate(edits=Count("steps"))
    return found.defer("cells", "boundary").select_related("place").order_by("-made_at", "-pk")


def day_offered(proposal: GridProposal, today: date) -> date:
    """Return the day from which a map that waits is offered to hold: the one that was said, or `today`.

    A map for which nobody said another day than the one on which it was sent waits for the day of saving.
    """
    return today if proposal.since == local_date(proposal.made_at) else proposal.since


def _sent(proposal: GridProposal) -> Sent:
    return Sent(
        zlib.decompress(bytes(proposal.cells)),
        zlib.decompress(bytes(proposal.boundary)) if proposal.boundary else b"",
    )


@dataclass(frozen=True, slots=True)
class Fitting:
    """How well a map fits what is known of the outline of its place; `grid` has it, None: nothing is known."""

    shares: Fits
    grid: Grid | None


def fits_of(place: Place, drawn: Cells) -> Fitting:
    """Compare a map with the newest grid of `place`; where it has none, with the cells above that list the place."""
    own = Grid.objects.filter(place=place).select_related("place").order_by("-valid_from").first()
    listed = Cell.objects.filter(grid=own) if own else Cell.objects.filter(places__place=place)
    cells = list(listed.select_related("grid__place").order_by("-grid__valid_from", "-grid__place__path"))
    if not cells:
        return Fitting({}, None)
    grid = cells[0].grid
    known = [(cell.code, cell.name, cell.geometry) for cell in cells if cell.grid_id == grid.pk]
    if own is not None and own.boundary:
        known = [("", "", own.boundary)]
    return Fitting(fits(drawn.shapes, read_kept(known).shapes), grid)


def fits_of_proposal(proposal: GridProposal) -> Fitting:
    """Compare a map that waits."""
    named, boundary = _sent(proposal).read()
    return fits_of(proposal.place, boundary or named)
