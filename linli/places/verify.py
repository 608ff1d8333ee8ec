"""Truths about the tree of places."""

from __future__ import annotations

from linli.lib.clock import local_date, now
from linli.lib.invariants import Invariant
from linli.lib.words import gettext_noop
from linli.places.models import Place, PlaceParent
from linli.places.policy.kinds import ROOTS


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of the tree of places."""
    return (
        Invariant(
            "places.path",
            gettext_noop("The position of every place in the tree agrees with its dated parents"),
            _wrong_paths,
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
