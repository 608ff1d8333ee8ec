"""Reads of places."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.lib.paths import prefixes
from linli.places.models import Place


def by_code(code: str) -> Place | None:
    """Return the place with `code`, or None; places are public."""
    return Place.objects.filter(code=code).first()


def line(place: Place) -> QuerySet[Place]:
    """Return the places from the root down to `place` itself, in order."""
    return Place.objects.filter(path__in=prefixes(place.path)).order_by("path")
