"""Truths about linked households and workers of cells."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q

from linli.grid.models import CellWorker, HouseholdLink
from linli.lib.clock import local_date, now
from linli.lib.invariants import Invariant
from linli.lib.words import gettext_noop
from linli.members.models import Membership
from linli.places.models import Cell, Grid
from linli.places.policy.kinds import PlaceKind

GRACE = timedelta(days=2)
"""Within so many days the nightly job ends the links of who left."""


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of the links between doors and members, and of duties at cells."""
    return (
        Invariant(
            "grid.one_member", gettext_noop("Every door is linked to one member at a time at most"), _doors_twice
        ),
        Invariant(
            "grid.units",
            gettext_noop("Whoever answers for a door belongs to a unit (two days after leaving at the latest)"),
            _without_unit,
        ),
        Invariant("grid.doors", gettext_noop("Only doors of households are linked to members"), _not_doors),
        Invariant(
            "grid.cells",
            gettext_noop("Who works for a cell works for one of the map (two days after a new map at the latest)"),
            _without_cell,
        ),
    )


def _doors_twice() -> list[str]:
    overlapping = Q(door__links__valid_from__gte=F("valid_from")) & ~Q(door__links__pk=F("pk"))
    open_then = Q(valid_to=None) | Q(valid_to__gt=F("door__links__valid_from"))
    rows = HouseholdLink.objects.filter(overlapping, open_then).values_list("door__code", flat=True)
    return [f"place:{code}" for code in sorted(set(rows))]


def _without_unit() -> list[str]:
    day = local_date(now()) - GRACE
    held = HouseholdLink.objects.on(local_date(now())).filter(valid_from__lte=day)
    astray = held.exclude(member__in=Membership.objects.on(day).values("member"))
    astray = astray.exclude(member__in=Membership.objects.on(local_date(now())).values("member"))
    return [f"{row.door.ref} {row.member.ref}" for row in astray.select_related("door", "member")]


def _not_doors() -> list[str]:
    rows = HouseholdLink.objects.exclude(door__kind=PlaceKind.HOUSEHOLD).select_related("door")
    return [row.door.ref for row in rows]


def _without_cell() -> list[str]:
    today = local_date(now())
    there = [
        set(Cell.objects.filter(grid__in=Grid.objects.on(day)).values_list("grid__place", "code"))
        for day in (today - GRACE, today)
    ]
    rows = CellWorker.objects.on(today).filter(valid_from__lte=today - GRACE).select_related("place")
    gone = [row for row in rows if all((row.place_id, row.cell_code) not in each for each in there)]
    return [f"{row.ref} {row.place.ref} {row.cell_code}" for row in gone]
