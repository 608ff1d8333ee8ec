"""Due work of the organisation tree."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import SYSTEM
from linli.organisations import services


def changes_that_begin(now: datetime) -> int:
    """Let changes entered ahead take effect on their day; return how many bodies changed."""
    return services.refresh_tree(by=SYSTEM, now=now, key=f"body.refresh:{now.isoformat()}")


def hand_over(now: datetime) -> int:
    """Give the open duties of bodies that have ended to who took over; return how many."""
    return services.hand_over(by=SYSTEM, now=now, key=f"organisations.hand_over:{now.isoformat()}")


JOBS = ("changes_that_begin", "hand_over")
