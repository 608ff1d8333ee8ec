"""Reads of kinds of activities."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.http import Http404

from linli.activities.models import Kind


def kinds() -> QuerySet[Kind]:
    """Return all kinds in order."""
    return Kind.objects.all()


def offered() -> QuerySet[Kind]:
    """Return the kinds of which new activities can be planned, in order."""
    return Kind.objects.filter(offered=True)


def used_kinds() -> QuerySet[Kind]:
    """Return all kinds in order, each with `used`: how many activities are of it."""
    return Kind.objects.annotate(used=Count("activities")).order_by("order", "code")


def kind(code: str) -> Kind:
    """Return the kind with `code`; 404 where there is none."""
    found = Kind.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found
