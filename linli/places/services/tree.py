"""Writes of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places import queries
from linli.places.models import Place, PlaceParent
from linli.places.policy.kinds import PlaceKind, may_stand_below
from linli.places.policy.placelist import PlaceList
from linli.places.policy.placeplan import PlacePlan, codes_of, plan_places


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
            raise _taken(code)
        place = Place.objects.create(kind=kind, code=code, name=name)
        place.path = f"{parent.path if parent else ''}{place.pk}."
        place.save(update_fields=["path"])
        if parent:
            PlaceParent.objects.create(place=place, parent=parent, valid_from=since or local_date(now))
        event.about(place.ref, kind=kind.value, name=name)
    return place


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to be added; `parent` is the code of one that exists, or that stands earlier in the same list."""

    kind: PlaceKind
    code: str
    name: str
    parent: str


def add_places(
    rows: Sequence[NewPlace], *, by: Actor, now: datetime, key: str, since: date | None = None
) -> dict[str, Place]:
    """Add many places in one write with one event; return them by code.

    The same refusals as `add_place`, for all rows before the first is written. It takes a few queries a
    level of the tree, however many places there are.
    """
    with writing("place.add_all", by=by, now=now, key=key) as event:
        codes = {row.code for row in rows}
        known = {p.code: p for p in Place.objects.filter(code__in={row.parent for row in rows} - codes)}
        _refuse_taken(rows)
        levels = _levels(rows, {code: PlaceKind(place.kind) for code, place in known.items()})
        made: dict[str, Place] = {}
        for level in levels:
            fresh = Place.objects.bulk_create([Place(kind=r.kind, code=r.code, name=r.name) for r in level])
            links = []
            for row, place in zip(level, fresh, strict=True):
                above = made.get(row.parent) or known.get(row.parent)
                place.path = f"{above.path if above else ''}{place.pk}."
                if above:
                    links.append(PlaceParent(place=place, parent=above, valid_from=since or local_date(now)))
                made[row.code] = place
            Place.objects.bulk_update(fresh, ["path"], batch_size=400)
            PlaceParent.objects.bulk_create(links)
        event.about(f"place:{rows[0].code}" if rows else "", count=len(rows))
    return made


def import_places(listing: PlaceList, *, by: Actor, now: datetime, key: str) -> PlacePlan:
    """Add the places of a list that are new and rename those whose name differs; return what was done.

    All or nothing. Refused: a list with problems, its own or against the places that are there.
    """
    with writing("place.import", by=by, now=now, key=key) as event:
        plan = plan_places(listing, queries.known(codes_of(listing), local_date(now)))
        count = len(listing.problems) + len(plan.problems)
        if count:
            message = gettext_noop("The list has %(count)d problems, so nothing is saved: mend them and import again.")
            raise Refusal("places.problems", message, count=count)
        rows = [NewPlace(row.kind, row.code, row.name, row.parent) for row in plan.added]
        if rows:
            add_places(rows, by=by, now=now, key=f"{key}:add")
        for row in plan.renamed:
            place = Place.objects.get(code=row.code)
            event.also("place.rename", place.ref, was=place.name, name=row.name)
            place.name = row.name
            place.save(update_fields=["name"])
        event.about("places", added=len(plan.added), renamed=len(plan.renamed), unchanged=plan.unchanged)
    return plan


def _refuse_taken(rows: Sequence[NewPlace]) -> None:
    """Refuse a code that exists, or that stands twice in the list."""
    seen: set[str] = set()
    for row in rows:
        if row.code in seen:
            raise _taken(row.code)
        seen.add(row.code)
    for start in range(0, len(rows), queries.CODES_A_QUERY):
        codes = [row.code for row in rows[start : start + queries.CODES_A_QUERY]]
        for taken in Place.objects.filter(code__in=codes).values_list("code", flat=True)[:1]:
            raise _taken(taken)


def _taken(code: str) -> Refusal:
    return Refusal("place-code", gettext_noop("The code %(code)s is taken; choose another."), field="code", code=code)


def _levels(rows: Sequence[NewPlace], known: dict[str, PlaceKind]) -> list[list[NewPlace]]:
    """Return the rows in layers, each below the one before. Refused: a kind that may not stand there."""
    depth: dict[str, int] = {}
    kinds = dict(known)
    layers: list[list[NewPlace]] = []
    for row in rows:
        above = kinds.get(row.parent)
        if (row.parent and above is None) or not may_stand_below(row.kind, above):
            raise Refusal(
                "place-parent",
                gettext_noop("%(code)s: a %(kind)s cannot stand there; choose another parent."),
                field="parent",
                code=row.code,
                kind=row.kind,
            )
        kinds[row.code] = row.kind
        depth[row.code] = depth.get(row.parent, -1) + 1
        while len(layers) <= depth[row.code]:
            layers.append([])
        layers[depth[row.code]].append(row)
    return layers
