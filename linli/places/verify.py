"""Truths about the tree of places and about grids."""

from __future__ import annotations

from django.utils.translation import gettext

from linli.lib.clock import local_date, now
from linli.lib.invariants import Invariant
from linli.lib.words import gettext_noop
from linli.places import queries
from linli.places.models import Place, PlaceParent
from linli.places.policy.kinds import ROOTS
from linli.places.policy.report import KIND_NAMES


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of the tree of places and of the grids of today."""
    return (
        Invariant(
            "places.path",
            gettext_noop("The position of every place in the tree agrees with its dated parents"),
            _wrong_paths,
        ),
        Invariant(
            "places.land",
            gettext_noop("The cells of every grid cover its land without gap or overlap"),
            _uncovered_land,
        ),
        Invariant(
            "places.doors",
            gettext_noop("Every door below a place with a grid is in exactly one cell of it"),
            _uncovered_doors,
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


def _uncovered_land() -> list[str]:
    lines = []
    for proof in _proofs():
        if proof.land is None:
            lines.append(gettext("%(grid)s: the geometry cannot be read") % {"grid": proof.grid.ref})
            continue
        lines += [
            f"{proof.grid.ref}: {gettext(KIND_NAMES[fault.kind])} {fault.area:,.2f} m² ({', '.join(fault.cells)})"
            for fault in proof.land.faults
        ]
    return lines


def _uncovered_doors() -> list[str]:
    lines = []
    for proof in _proofs():
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


def _proofs() -> list[queries.Proof]:
    return queries.prove(queries.grids(local_date(now())))
