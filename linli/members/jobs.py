"""Due work of the members app."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import SYSTEM
from linli.members import queries, services

JOBS = ("forget_uploads", "hand_over", "reseal")


def forget_uploads(now: datetime) -> int:
    """Delete rosters that were uploaded a day ago and never imported."""
    return services.forget_old_uploads(by=SYSTEM, now=now, key=f"roster-forget-{now:%Y%m%d%H%M%S}")


def hand_over(now: datetime) -> int:
    """Give what bodies that have ended leave (applicants, open transfers) to their heirs."""
    return services.hand_over(by=SYSTEM, now=now, key=f"members.hand_over:{now.isoformat()}")


def reseal(now: datetime) -> int:
    """Seal anew the numbers in plain text or under a fallback secret; return how many that were."""
    if not queries.stale_keys():
        return 0
    return services.reseal_phones(by=SYSTEM, now=now, key=f"members.reseal:{now:%Y%m%d%H%M%S}")
