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
        keys = due.order_by("pk").values_list("pk", flat=True)
        list(keys.select_for_update())  # who edits one has the lock: they are looked at again below
        gone = list(keys)
        due.filter(pk__in=gone).delete()
        event.about("grid-proposal:*", maps=gone)
    return len(gone)
