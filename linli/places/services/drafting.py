"""Writes of maps under the pen: begin with the grid that holds, one step after another, take the last one back."""

from __future__ import annotations

import json
import zlib
from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places import queries
from linli.places.models import Grid, GridProposal, GridStep
from linli.places.policy.draft import Changes
from linli.places.policy.kept import as_feature_collection
from linli.places.policy.report import FaultKind
from linli.places.policy.steps import EditAction, pack

_NAMED = 200
MESSAGE = gettext_noop("The map was changed since you opened this page; look at it again.")


def draft_grid(grid: Grid, *, since: date, by: Actor, now: datetime, key: str) -> GridProposal:
    """Begin to edit `grid`: a copy that waits, with its boundary, its widths and the places listed at its cells."""
    with writing("grid.draft", by=by, now=now, key=key) as event:
        rows = [(cell.code, cell.name, cell.geometry, cell.area_m2, cell.place_codes) for cell in queries.cells(grid)]
        proposal = GridProposal.objects.create(
            place=grid.place,
            since=since,
            tolerance_mm=grid.tolerance_mm,
            noise_mm=grid.noise_mm,
            begun_from=grid.pk,
            file_name=f"{grid.place.code}-{grid.valid_from}.geojson",
            cells=zlib.compress(json.dumps(as_feature_collection(rows, {}), ensure_ascii=False).encode()),
            boundary=zlib.compress(grid.boundary.encode()) if grid.boundary else b"",
            made_by=by.ref,
            made_at=now,
        )
        event.about(proposal.ref, grid=grid.ref)
    return proposal


def edit_map(
    proposal: GridProposal,
    changes: Changes,
    *,
    action: EditAction,
    seen: int,
    by: Actor,
    now: datetime,
    key: str,
) -> GridStep:
    """Make one edit of a map whose last known edit was `seen` (its key, 0: none); faults are not refused, it waits.

    Locks the map. Refused: an edit made meanwhile, a map that was saved, an outline that crosses itself.
    """
    with writing("grid.edit", by=by, now=now, key=key) as event:
        found = _locked(proposal, seen)
        for fault in queries.edit_faults(found, changes):
            if fault.kind is FaultKind.INVALID:
                raise Refusal(
                    "grid.edit_crossing",
                    gettext_noop("The outline of %(cell)s would cross itself; choose another place."),
                    cell=fault.cells[0],
                )
        step = GridStep.objects.create(
            proposal=found,
            number=found.steps.count() + 1,
            action=action.value,
            cells=", ".join(changes)[:_NAMED],
            changes=pack(changes),
            made_by=by.ref,
            made_at=now,
        )
        event.about(found.ref, step=step.number, action=action.value, cells=[*changes])
    return step


def undo_edit(proposal: GridProposal, *, seen: int, by: Actor, now: datetime, key: str) -> int:
    """Take back the edit `seen`, the last one; return how many are left. Locks the map.

    Refused: an edit or an undo made meanwhile, a map without edits, one that was saved.
    """
    with writing("grid.undo", by=by, now=now, key=key) as event:
        found = _locked(proposal, seen)
        step = found.steps.last()
        if step is None:
            raise Refusal("grid.edit_none", gettext_noop("Nothing was changed yet."))
        step.delete()
        event.about(found.ref, step=step.number, action=step.action)
    return step.number - 1


def _locked(proposal: GridProposal, seen: int) -> GridProposal:
    found = waiting(proposal)
    if found.datum_open:
        raise Refusal("grid.datum_open", gettext_noop("First say in which coordinates the map was drawn."))
    check_seen(found, seen)
    return found


def waiting(proposal: GridProposal) -> GridProposal:
    """Lock a map that waits and return it. Refused: one that was saved, or thrown away."""
    found = GridProposal.objects.select_for_update().filter(pk=proposal.pk).first()
    if found is None:
        raise Refusal("grid.discarded", gettext_noop("Somebody has thrown this map away; begin anew."))
    if found.grid_id is not None:
        raise Refusal("grid.adopted", gettext_noop("This map is saved already: send a new one to change the grid."))
    return found


def check_seen(found: GridProposal, seen: int) -> None:
    """Refuse a map that was edited after `seen`, the key of its last known edit (0: none)."""
    last = found.steps.last()
    if (last.pk if last else 0) != seen:
        raise Refusal("grid.edit_seen", MESSAGE)
