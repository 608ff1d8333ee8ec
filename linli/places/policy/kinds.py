"""Kinds of places, and which may stand below which."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop


class PlaceKind(Labelled):
    """A level of the tree of places, from the subdistrict down to the door of a household."""

    DISTRICT = "district", gettext_noop("District")
    SUBDISTRICT = "subdistrict", gettext_noop("Subdistrict")
    COMMUNITY = "community", gettext_noop("Community")
    ESTATE = "estate", gettext_noop("Estate")
    COURTYARD = "courtyard", gettext_noop("Courtyard")
    BUILDING = "building", gettext_noop("Building")
    STAIRWELL = "stairwell", gettext_noop("Stairwell")
    HOUSEHOLD = "household", gettext_noop("Household")


PARENTS: dict[PlaceKind, frozenset[PlaceKind]] = {
    PlaceKind.DISTRICT: frozenset(),
    PlaceKind.SUBDISTRICT: frozenset({PlaceKind.DISTRICT}),
    PlaceKind.COMMUNITY: frozenset({PlaceKind.SUBDISTRICT}),
    PlaceKind.ESTATE: frozenset({PlaceKind.COMMUNITY}),
    PlaceKind.COURTYARD: frozenset({PlaceKind.ESTATE}),
    PlaceKind.BUILDING: frozenset({PlaceKind.COURTYARD, PlaceKind.ESTATE}),
    PlaceKind.STAIRWELL: frozenset({PlaceKind.BUILDING}),
    PlaceKind.HOUSEHOLD: frozenset({PlaceKind.STAIRWELL, PlaceKind.BUILDING}),
}
"""Small estates have buildings without a courtyard, small buildings doors without a stairwell."""

ROOTS = frozenset({PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT})


def may_stand_below(kind: PlaceKind, parent: PlaceKind | None) -> bool:
    """Tell whether a place of `kind` may have a parent of kind `parent` (None: stand alone)."""
    return kind in ROOTS if parent is None else parent in PARENTS[kind]
