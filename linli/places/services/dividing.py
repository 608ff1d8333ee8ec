"""Writes of divisions: a plan becomes a map that waits."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from string import ascii_lowercase

from django.conf import settings
from django.utils.translation import gettext, override

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.places import queries
from linli.places.models import GridProposal, Place
from linli.places.policy import planning
from linli.places.policy.bricks import check_limits
from linli.places.policy.datum import Datum
from linli.places.policy.kept import as_geometry
from linli.places.policy.precision import DEFAULT_TOLERANCE
from linli.places.policy.saving import MAX_CODE, MAX_NAME
from linli.places.policy.sending import Sent
from linli.places.services.grids import propose_grid

_ROOM = 14
"""Signs of a code that are left for the day and the number."""


def propose_division(
    place: Place,
    *,
    sent: Sent,
    datum: Datum,
    least: int,
    most: int,
    since: date,
    by: Actor,
    now: datetime,
    key: str,
) -> GridProposal:
    """Divide `place` anew and keep the plan as a map that waits, as `propose_grid` does.

    The work of some seconds is done before the first write, so that nobody waits for it. `sent`: the buildings, or no
    cells for the map of `since`. Refused: limits that nobody could keep, what `bricks_of` and `plan` refuse.
    """
    check_limits(least, most)
    given = queries.bricks_of(place, since, sent, datum)
    prefix = _prefix(place, since)
    plan = planning.plan(given, least=least, most=most, prefix=prefix, whole=not sent.cells)
    with override(settings.LANGUAGE_CODE):  # kept and read by everybody, so not in the language of who pressed
        file_name, words = gettext("Division into %(count)d cells"), gettext("%(place)s, cell %(number)d")
    names = [words % {"place": place.name, "number": number} for number in range(1, len(plan.cells.ids) + 1)]
    cells = replace(plan.cells, names=tuple(name[-MAX_NAME:] for name in names))
    with writing("grid.divide", by=by, now=now, key=key) as event:
        proposal = propose_grid(
            place,
            since=since,
            file_name=file_name % {"count": len(cells.ids)},
            cells=json.dumps(planning.as_document(cells), ensure_ascii=False).encode(),
            boundary=as_geometry(plan.boundary.shapes).encode(),
            datum=Datum.WGS84,
            tolerance=DEFAULT_TOLERANCE,
            identify="code",
            by=by,
            now=now,
            key=f"{key}:map",
        )
        event.about(proposal.ref, cells=len(cells.ids), least=least, most=most)
    return proposal


def _prefix(place: Place, since: date) -> str:
    """Return what the codes of new cells begin with: never what one of the place had, since workers go with codes."""
    plain = f"{place.code[: MAX_CODE - _ROOM]}-W"
    dated = (f"{plain}{since:%y%m%d}{letter}-" for letter in ("", *ascii_lowercase))
    free = (each for each in (plain, *dated) if not place.grids.filter(cells__code__startswith=each).exists())
    return next(free, plain)
