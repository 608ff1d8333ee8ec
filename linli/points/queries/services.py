"""Reads of what members did in confirmed deeds of one indicator, for feedback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.points.models import Deed, Entry


@dataclass(frozen=True, slots=True)
class DeedDone:
    """A confirmed deed that nobody reversed: whose, when, the words it was recorded with, what it earned, by what."""

    member: int
    on: date
    name: str
    note: str
    tenths: int
    source: str


def deeds_of(members: Sequence[int], indicator: str, first: date, after: date) -> list[DeedDone]:
    """Return what `members` earned for the indicator `indicator` by deeds from `first` until before `after`, in order.

    Reversed lines and reversals are left out. Two queries.
    """
    lines = Entry.objects.filter(
        member__in=members,
        indicator__code=indicator,
        deed_on__gte=first,
        deed_on__lt=after,
        reverses=None,
        reversed_by=None,
    ).select_related("indicator")
    found = list(lines.order_by("deed_on", "pk"))
    deeds = Deed.objects.filter(source__in=[line.source for line in found])
    notes = {(deed.member_id, deed.source): deed.note for deed in deeds}
    return [
        DeedDone(
            line.member_id,
            line.deed_on,
            line.indicator.name,
            notes.get((line.member_id, line.source), ""),
            line.tenths,
            line.source,
        )
        for line in found
    ]
