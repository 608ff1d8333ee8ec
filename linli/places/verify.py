"""Truths about the tree of places and about grids."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from django.utils.translation import gettext

from linli.lib.clock import local_date, now
from linli.lib.invariants import Invariant
from linli.lib.paths import topmost
from linli.lib.words import gettext_noop
from linli.places import queries
from linli.places.models import Cell, Place, PlaceParent
from linli.places.policy.kinds import ROOTS
from linli.places.policy.levels import torn
from linli.places.policy.report import KIND_NAMES
from linli.places.words import summary

type Proofs = Callable[[], list[queries.Proof]]


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of the tree of places and of the grids of today, which are proven once for all of them."""
    proofs = cache(_proofs)
    return (
        Invariant(
            "places.path",
            gettext_noop("The position of every place in the tree agrees with its dated parents"),
            _wrong_paths,
        ),
        Invariant(
            "places.land",
            gettext_noop("The cells of every grid cover its land without gap or overlap"),
            partial(_uncovered_land, proofs),
        ),
        Invariant(
            "places.above",
            gettext_noop("Every grid covers the land of the cell above in which its place lies"),
            partial(_apart_levels, proofs),
        ),
        Invariant(
            "places.doors",
            gettext_noop("Every door below a place with a grid is in exactly one cell of it"),
            partial(_uncovered_doors, proofs),
        ),
        Invariant(
            "places.levels",
            gettext_noop("Every door is in exactly one smallest cell, and lower cells add up to the cells above them"),
            _torn_levels,
        ),
    )


def _wrong_paths() -> list[str]:
    parents = dict(PlaceParent.objects.on(local_date(now())).values_list("place_id", "parent__path"))
    lines = []
    for place in Place.objects.all():
        above = parents.get(place.pk, "")
        if place.path != f"{above}{place.pk}." or (not above and place.kind not in ROOTS):
            lines.append(f"{place.ref} {place.path}")
    return lines


def _uncovered_land(proofs: Proofs) -> list[str]:
    lines = []
    for proof in proofs():
        if proof.land is None:
            lines.append(gettext("%(grid)s: the geometry cannot be read") % {"grid": proof.grid.ref})
            continue
        lines += [
            f"{proof.grid.ref}: {gettext(KIND_NAMES[fault.kind])} {fault.area:,.2f} m² ({', '.join(fault.cells)})"
            for fault in proof.land.faults
        ]
    return lines


def _uncovered_doors(proofs: Proofs) -> list[str]:
    lines = []
    for proof in proofs():
        known = proof.code_of
        lines += [
            gettext("%(grid)s: door %(door)s is in no cell") % {"grid": proof.grid.ref, "door": known[path]}
            for path in proof.doors.missing
        ]
        lines += [
            gettext("%(grid)s: door %(door)s is in more than one cell") % {"grid": proof.grid.ref, "door": known[path]}
            for path in proof.doors.doubled
        ]
    return lines


def _apart_levels(proofs: Proofs) -> list[str]:
    words = gettext("%(grid)s does not fit cell %(cell)s of %(place)s: %(faults)s")
    return [
        words % {"grid": one.grid.ref, "cell": one.above.cell, "place": one.above.place, "faults": summary(one.fit)}
        for one in proofs()
        if one.above is not None and one.fit is not None and not one.fit.is_sound
    ]


def _torn_levels() -> list[str]:
    today = local_date(now())
    grids = queries.grids(today)
    doors = queries.doors_on(topmost(grid.place.path for grid in grids), today)
    held: dict[str, list[Cell]] = {path: [] for path in doors}
    for leaf in queries.leaves(grids, today):
        for path in leaf.doors:
            held[path].append(leaf.cell)
    faults = torn(doors, queries.lists_on(today))
    named = {path for fault in faults for path in fault.parts.values()} | {p for p in doors if len(held[p]) != 1}
    codes = dict(Place.objects.filter(path__in=named).values_list("path", "code"))
    cells = (
        Cell.objects.defer("geometry")
        .select_related("grid__place")
        .in_bulk({cell for fault in faults for cell in (*fault.parts, *filter(None, [fault.cell]))})
    )
    lines = [
        gettext("door %(door)s is in %(count)d smallest cells: %(cells)s")
        % {"door": codes[path], "count": len(found), "cells": ", ".join(map(_ref, found))}
        for path, found in held.items()
        if len(found) != 1
    ]
    for fault in faults:
        parts = {_ref(cells[cell]): codes[path] for cell, path in fault.parts.items()}
        if fault.cell is None:
            words = gettext("door %(door)s is in several cells of one grid: %(cells)s")
            lines.append(words % {"door": next(iter(parts.values())), "cells": ", ".join(parts)})
        else:
            words = gettext("cell %(cell)s lies in several cells above it: %(cells)s")
            above = ", ".join(gettext("%(cell)s (door %(door)s)") % {"cell": c, "door": d} for c, d in parts.items())
            lines.append(words % {"cell": _ref(cells[fault.cell]), "cells": above})
    return lines


def _ref(cell: Cell) -> str:
    return f"{cell.grid.place.code}/{cell.code}"


def _proofs() -> list[queries.Proof]:
    return queries.prove(queries.grids(local_date(now())), local_date(now()))
