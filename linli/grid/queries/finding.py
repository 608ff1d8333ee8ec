"""Find my grid: the places that an address means, and the cells in which they lie. Everything here is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet, TextField, Value

from linli.grid.policy.address import best, plain, words
from linli.grid.queries.links import addresses
from linli.places import queries as places
from linli.places.models import Cell, Place

MOST = 20
"""Places that are shown of those that an address could mean."""
CANDIDATES = 20_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was meant, its address, and the smallest cells of its doors."""

    place: Place
    address: str
    cells: tuple[Cell, ...]


def find(text: str, day: date) -> list[Hit]:
    """Return the places that `text` means: a code, or an address as people say it; at most `MOST` and one more."""
    asked = plain(text)
    if not asked:
        return []
    exact = Place.objects.filter(code__iexact=asked).first()
    found = [exact] if exact else list(_meant(asked)[: MOST + 1])
    named = addresses(found)
    return [Hit(place, named[place.path] or place.name, tuple(places.smallest_cells(place, day))) for place in found]


def _meant(text: str) -> QuerySet[Place]:
    """Return the places that `text` means, by the names that it has and the names that have its words."""
    parts = [word for word in words(text) if len(word) > 1 and not word.isdigit()]
    named = reduce(or_, (Q(name__contains=word) for word in parts), Q(asked__contains=F("name")))
    rows = Place.objects.annotate(asked=Value(text, output_field=TextField())).filter(named).exclude(name="")
    names = dict(rows.values_list("path", "name")[:CANDIDATES])
    return Place.objects.filter(path__in=best(text, names)[: MOST + 1]).order_by("path")
