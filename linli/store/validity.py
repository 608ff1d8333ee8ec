"""Facts that hold from a day on: the half-open interval [valid_from, valid_to)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q


def holds_on(day: date | F, prefix: str = "") -> Q:
    """Return the condition that a dated row (reached through `prefix`) holds on `day`, or on the day in a column."""
    began = Q(**{f"{prefix}valid_from__lte": day})
    return began & (Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": day}))


class DatedQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows that hold between dates."""

    def on(self, day: date) -> DatedQuerySet[M]:
        """Return the rows that hold on `day`."""
        return self.filter(holds_on(day))


class Dated(models.Model):
    """A row valid from a day on, until (not including) another day, or open."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.valid_from} – {self.valid_to or ''}"


def validity_check(name: str) -> models.CheckConstraint:
    """Return the constraint that a validity does not end before it begins."""
    condition: Any = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
    return models.CheckConstraint(condition=condition, name=name)
