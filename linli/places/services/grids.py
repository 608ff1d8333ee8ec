"""Writes of grids: import, the list of places in cells, maps that wait to be saved."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime

import shapely

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places import queries
from linli.places.models import Cell, CellPlace, Grid, GridProposal, Place
from linli.places.policy.datum import Datum
from linli.places.policy.fits import settle
from linli.places.policy.frame import square_metres
from linli.places.policy.households import cover_by_list
from linli.places.policy.kept import as_geometry
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.repair import Repair
from linli.places.policy.saving import check_doors, check_follows, check_list, check_since, check_survey, listed
from linli.places.policy.sending import Sent, prove
from linli.places.policy.survey import Survey, kept
from linli.places.services.drafting import MESSAGE, check_seen, waiting

BATCH = 500
OVERTAKEN = gettext_noop(
    "Somebody has saved another map of this place since this copy was begun: edit the grid that holds now instead."
)
DATUM_OPEN = gettext_noop("First say in which coordinates the map was drawn; then it can be saved.")


def import_grid(
    place: Place,
    survey: Survey,
    *,
    by: Actor,
    now: datetime,
    key: str,
    since: date | None = None,
    reason: str = "",
) -> Grid:
    """Save a proven map as the grid of `place` from `since` (default: today); the earlier grid ends the day before.

    A grid that was saved today from the same day on is replaced. Where the map lists places at its cells, the list is
    saved too. Locks the place. Refused: a map with faults, cells without a code, a first day that `check_since` or
    `check_follows` refuses (a past one wants a `reason`, which is logged); a list with places that are not below
    `place`, a place or a door in two cells, a door in none.
    """
    today = local_date(now)
    day = since or today
    with writing("grid.import", by=by, now=now, key=key) as event:
        check_survey(survey)
        place = Place.objects.select_for_update().get(pk=place.pk)
        newest = Grid.objects.filter(place=place).order_by("-valid_from").first()
        check_since(day, today, reason)
        if newest is not None:
            check_follows(day, today, newest.valid_from, local_date(newest.made_at) if newest.made_at else None)
        replaced = newest is not None and newest.valid_from == day
        if newest is not None and replaced:
            newest.delete()
        elif newest is not None and (newest.valid_to is None or newest.valid_to > day):
            newest.valid_to = day
            newest.save(update_fields=["valid_to"])
        report = survey.report
        grid = Grid.objects.create(
            place=place,
            valid_from=day,
            boundary="" if survey.own_boundary is None else as_geometry(survey.own_boundary.shapes),
            tolerance_mm=round(report.tolerance * 1000),
            noise_mm=math.ceil(report.noise * 1000),
            made_by=by.ref,
            made_at=now,
            reason=reason.strip() if day < today else "",
        )
        cells = Cell.objects.bulk_create(_cells(grid, survey), batch_size=BATCH)
        places_of = listed(survey.cells)
        if places_of:
            _assign(grid, cells, places_of)
        figures = {"cells": len(cells), "area_m2": round(report.area), "listed": bool(places_of)}
        event.about(grid.ref, **figures, replaced=replaced, reason=grid.reason)
    return grid


def propose_grid(
    place: Place,
    *,
    since: date,
    file_name: str,
    cells: bytes,
    boundary: bytes,
    datum: Datum | None,
    tolerance: float,
    identify: str,
    layer: str = "",
    boundary_layer: str = "",
    by: Actor,
    now: datetime,
    key: str,
) -> GridProposal:
    """Keep a map that was sent in until it is saved; it takes the place of one that the same sender sent for the place.

    That is the one under the same file name, if it was never edited; what others sent stays until it is discarded.

    Kept is what is read of the files (`Sent.bare`), nothing else that stood in them.
    `boundary` may be empty; `datum` None: not known, which may leave it open (`fits.settle`) until `answer_datum`;
    `tolerance` in metres. Refused: what cannot be read as a map; faults are not refused.
    """
    sent = Sent(cells, boundary, identify, layer, boundary_layer).bare()
    named, edge = sent.read()
    kept(prove(named, edge, datum=datum or Datum.WGS84, tolerance=tolerance))  # before the first write: nobody waits
    with writing("grid.propose", by=by, now=now, key=key) as event:
        settled = settle(datum, named, queries.fits_of(place, edge or named).shares)
        same = GridProposal.objects.filter(place=place, made_by=by.ref, file_name=file_name, grid=None, begun_from=None)
        locked = same.only("pk").select_for_update()  # somebody may be about to edit one
        earlier = [one.pk for one in locked if not one.steps.exists()]
        GridProposal.objects.filter(pk__in=earlier).delete()
        proposal = GridProposal.objects.create(
            place=place,
            since=since,
            datum=(settled or datum or Datum.WGS84).value,
            datum_open=settled is None,
            tolerance_mm=round(tolerance * 1000),
            file_name=file_name,
            cells=zlib.compress(sent.cells),
            boundary=zlib.compress(sent.boundary) if sent.boundary else b"",
            made_by=by.ref,
            made_at=now,
        )
        event.about(proposal.ref, place=place.code, instead_of=earlier)
    return proposal


def discard_proposal(proposal: GridProposal, *, by: Actor, now: datetime, key: str) -> None:
    """Throw away a map that waits, with its edits. Locks it. Refused: one that was saved, one that is gone."""
    with writing("grid.discard", by=by, now=now, key=key) as event:
        found = waiting(proposal)
        event.about(
            found.ref, place=found.place.code, file=found.file_name, made_by=found.made_by, edits=found.steps.count()
        )
        found.delete()


def answer_datum(proposal: GridProposal, datum: Datum, *, by: Actor, now: datetime, key: str) -> GridProposal:
    """Say in which datum a map that waits was drawn. Locks the proposal.

    Refused: one that was saved or edited, and what cannot be moved from that datum.
    """
    if GridProposal.objects.filter(pk=proposal.pk, grid=None).exists():
        queries.check_datum(proposal, datum)
    with writing("grid.datum", by=by, now=now, key=key) as event:
        proposal = waiting(proposal)
        if proposal.steps.exists():
            raise Refusal(
                "grid.datum_edited",
                gettext_noop("The map was edited in the coordinates that were said; send it again to say others."),
            )
        proposal.datum, proposal.datum_open = datum.value, False
        proposal.save(update_fields=["datum", "datum_open"])
        event.about(proposal.ref, datum=datum.value)
    return proposal


def adopt_proposal(
    proposal: GridProposal,
    *,
    since: date,
    seen: int,
    by: Actor,
    now: datetime,
    key: str,
    mended: bool = False,
    reason: str = "",
) -> Grid:
    """Save the map that waits, `mended` or as it is, as the grid of its place from `since`.

    Locks proposal and place, and proves it once more. Refused: one that was saved before or edited after `seen` (the
    key of the last edit that was looked at, 0: none), a copy of a grid that another has followed meanwhile, one whose
    datum nobody has said, one that is gone, and what `import_grid` refuses.
    """
    shown = GridProposal.objects.filter(pk=proposal.pk, grid=None, datum_open=False).first()
    if shown is not None:
        shown.since = since  # the cell above is that of the first day
    done = _done(shown, seen, mended=mended) if shown is not None else None
    with writing("grid.adopt", by=by, now=now, key=key) as event:
        proposal = waiting(proposal)
        if done is None or shown is None or proposal.datum != shown.datum:
            raise Refusal("grid.datum_open", DATUM_OPEN)
        check_seen(proposal, seen)
        place = Place.objects.select_for_update().get(pk=proposal.place_id)  # before asking which grid is the newest
        newest = Grid.objects.filter(place=place).order_by("-valid_from").first()
        if proposal.begun_from is not None and (newest is None or newest.pk != proposal.begun_from):
            raise Refusal("grid.overtaken", OVERTAKEN)
        grid = import_grid(place, done.survey, since=since, reason=reason, by=by, now=now, key=f"{key}:grid")
        proposal.grid, proposal.cells, proposal.boundary = grid, b"", b""
        proposal.save(update_fields=["grid", "cells", "boundary"])
        proposal.steps.all().delete()
        event.about(proposal.ref, grid=grid.ref, mended=len(done.changes))
    return grid


def _done(proposal: GridProposal, seen: int, *, mended: bool) -> Repair:
    """Return the map that is to be saved, before the first write: seconds for a large one.

    It is the map with the edit `seen` as its last one, and no other: one that is made and undone while this is worked
    out leaves no trace for the check under the lock.
    """
    found = queries.pen(proposal)
    if found.seen != seen:
        raise Refusal("grid.edit_seen", MESSAGE)
    survey = queries.surveyed(found)
    return queries.repaired(survey) if mended else Repair(survey, (), ())


def _assign(grid: Grid, cells: list[Cell], places_of: Mapping[str, Iterable[str]]) -> int:
    """Save the list; return how many places it names."""
    given = {cell: tuple(codes) for cell, codes in places_of.items()}
    rows = list(Place.objects.filter(path__startswith=grid.place.path).values_list("code", "pk", "path", "kind"))
    below = {code: (pk, path) for code, pk, path, _kind in rows if pk != grid.place_id}
    check_list(given, below)
    doors = [path for _code, _pk, path, kind in rows if kind == PlaceKind.HOUSEHOLD]
    cell_of = {below[code][1]: cell for cell, codes in given.items() for code in codes}
    check_doors(cover_by_list(doors, cell_of), {path: code for code, _pk, path, _kind in rows})
    by_code = {cell.code: cell for cell in cells}
    links = [
        CellPlace(grid=grid, cell=by_code[cell], place_id=below[code][0])
        for cell, codes in given.items()
        for code in dict.fromkeys(codes)
    ]
    CellPlace.objects.bulk_create(links, batch_size=BATCH)
    return len(links)


def _cells(grid: Grid, survey: Survey) -> list[Cell]:
    shapes = survey.cells.shapes
    areas = square_metres(shapes)
    parts = zip(
        survey.cells.ids, survey.cells.names, shapely.to_geojson(shapes), shapely.bounds(shapes), areas, strict=True
    )
    return [
        Cell(
            grid=grid,
            code=code,
            name=name or code,
            geometry=geometry,
            west=west,
            south=south,
            east=east,
            north=north,
            area_m2=round(area),
        )
        for code, name, geometry, (west, south, east, north), area in parts
    ]
