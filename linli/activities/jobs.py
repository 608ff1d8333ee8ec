"""Due work of activities: plans follow the tree of bodies; what was kept against guessing is forgotten after a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from linli.access.decide import SYSTEM
from linli.activities import queries, services
from linli.lib.clock import local_date

JOBS = ("hand_over", "forget_codes")
KEPT = timedelta(days=1)


def hand_over(now: datetime) -> int:
    """Give what bodies that have ended had planned to who took over; return how many activities."""
    return services.hand_over(now=now, key=f"activities.hand_over:{now.isoformat()}")


def forget_codes(now: datetime) -> int:
    """Delete wrong sign-in codes older than a day; return how many."""
    before = now - KEPT
    if not queries.wrong_codes(before).exists():
        return 0
    oldest = f"{local_date(now):%Y%m%d}:{queries.wrong_codes(before).latest('pk').pk}"
    return services.forget_wrong_codes(before=before, by=SYSTEM, now=now, key=f"activities.forget_codes:{oldest}")
