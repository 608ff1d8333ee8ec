"""Writes of maps that nobody came back to."""

from __future__ import annotations

from datetime import datetime, timedelta

from linli.access.decide import SYSTEM
from linli.audit.services import writing
from linli.places.models import GridProposal

WAITING = timedelta(days=30)


def forget_maps(*, now: datetime, key: str) -> int:
    """Remove the maps that were sent in, and last edited, more than 30 days ago, and never saved; return how many."""
    since = now - WAITING
    due = GridProposal.objects.filter(grid=None, made_at__lt=since).exclude(steps__made_at__gte=since)
    if not due.exists():
        return 0
    with writing("grid.forget", by=SYSTEM, now=now, key=key) as event:
        list(due.select_for_update().order_by("pk"))  # who edits one has the lock: they are looked at again below
        gone = list(due.order_by("pk"))
        due.filter(pk__in=[each.pk for each in gone]).delete()
        event.about("grid-proposal:*", maps=[each.pk for each in gone])
    return len(gone)
