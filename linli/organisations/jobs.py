"""Due work of the organisation tree."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import SYSTEM
from linli.organisations import services


def changes_that_begin(now: datetime) -> int:
    """Let changes entered ahead take effect on their day; return how many bodies changed."""
    return services.refresh_tree(by=SYSTEM, now=now, key=f"body.refresh:{now.isoformat()}")


JOBS = ("changes_that_begin",)
