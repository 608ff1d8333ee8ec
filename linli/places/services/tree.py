"""Writes of places."""

from __future__ import annotations

from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.models import Place, PlaceParent
from linli.places.policy.kinds import PlaceKind, may_stand_below


def add_place(
    *,
    kind: PlaceKind,
    code: str,
    name: str,
    parent: Place | None,
    by: Actor,
    now: datetime,
    key: str,
    since: date | None = None,
) -> Place:
    """Add a place below `parent` from `since` (default: today).

    Refused: a kind that may not stand below the parent's kind, a code that exists.
    """
    with writing("place.add", by=by, now=now, key=key) as event:
        if not may_stand_below(kind, PlaceKind(parent.kind) if parent else None):
            raise Refusal(
                "place-parent",
                gettext_noop("%(code)s: a %(kind)s cannot stand there; choose another parent."),
                field="parent",
                code=code,
                kind=kind,
            )
        if Place.objects.filter(code=code).exists():
            raise Refusal(
                "place-code", gettext_noop("The code %(code)s is taken; choose another."), field="code", code=code
            )
        place = Place.objects.create(kind=kind, code=code, name=name)
        place.path = f"{parent.path if parent else ''}{place.pk}."
        place.save(update_fields=["path"])
        if parent:
            PlaceParent.objects.create(place=place, parent=parent, valid_from=since or local_date(now))
        event.about(place.ref, kind=kind.value, name=name)
    return place
