"""Reads of the tree of places; it is public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.http import Http404

from linli.lib.paths import prefixes
from linli.places.models import Place, PlaceParent
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.placeplan import KnownPlace
from linli.store.statements import prepared
from linli.store.validity import holds_on

CODES_A_QUERY = 10_000


def by_code(code: str) -> Place | None:
    """Return the place with `code`, or None; places are public."""
    return Place.objects.filter(code=code).first()


def place(code: str) -> Place:
    """Return the place with `code`; 404 where there is none."""
    found = by_code(code)
    if found is None:
        raise Http404
    return found


def by_codes(codes: Iterable[str]) -> dict[str, Place]:
    """Return the places with `codes` that there are, by code, however many they are."""
    wanted, found = sorted(set(codes)), dict[str, Place]()
    for start in range(0, len(wanted), CODES_A_QUERY):
        rows = Place.objects.filter(code__in=wanted[start : start + CODES_A_QUERY])
        found |= {place.code: place for place in rows}
    return found


def known(codes: Iterable[str], day: date) -> dict[str, KnownPlace]:
    """Return what is there on `day` of the places with `codes`, however many they are."""
    wanted = sorted(set(codes))
    found: dict[str, KnownPlace] = {}
    for start in range(0, len(wanted), CODES_A_QUERY):
        part = wanted[start : start + CODES_A_QUERY]
        links = PlaceParent.objects.on(day).filter(place__code__in=part)
        parents = dict(links.values_list("place__code", "parent__code"))
        rows = Place.objects.filter(code__in=part).values_list("code", "kind", "name")
        found |= {code: KnownPlace(PlaceKind(kind), name, parents.get(code, "")) for code, kind, name in rows}
    return found


def line(place: Place) -> QuerySet[Place]:
    """Return the places from the root down to `place` itself, in order."""
    return Place.objects.filter(path__in=prefixes(place.path)).order_by("path")


def below(place: Place, day: date) -> QuerySet[Place]:
    """Return the places that stand directly below `place` on `day`, by code."""
    return Place.objects.filter(holds_on(day, "parents__"), parents__parent=place).order_by("code")


def under(paths: Iterable[str], field: str = "path") -> Q:
    """Return the condition that `field` is at or below one of `paths`; nothing where there are none."""
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), Q(pk__in=()))


def line_on(place: Place, day: date) -> list[Place]:
    """Return the places from the root down to `place` itself as they stood on `day`."""
    found, parents = [place], PlaceParent.objects.on(day).select_related("parent")
    while (link := parents.filter(place=found[0]).first()) is not None:
        found.insert(0, link.parent)
    return found


def codes(path: str) -> tuple[str, ...]:
    """Return the codes of the places from the root down to the one at `path`."""
    return tuple(_codes(prefixes(path)))


@prepared
def _codes(paths: Sequence[str]) -> QuerySet[Place, str]:
    return Place.objects.filter(path__in=paths).order_by("path").values_list("code", flat=True)
