"""Due work of the members app."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import SYSTEM
from linli.lib.clock import local_date
from linli.lib.errors import Repeated
from linli.members import queries, services

JOBS = ("forget_uploads", "hand_over", "check_classes", "reseal")


def forget_uploads(now: datetime) -> int:
    """Delete rosters that were uploaded a day ago and never imported."""
    return services.forget_old_uploads(by=SYSTEM, now=now, key=f"roster-forget-{now:%Y%m%d%H%M%S}")


def hand_over(now: datetime) -> int:
    """Give what bodies that have ended leave (applicants, open transfers) to their heirs."""
    return services.hand_over(by=SYSTEM, now=now, key=f"members.hand_over:{now.isoformat()}")


def check_classes(now: datetime) -> int:
    """Note, once a day, how many members do not have exactly one class and one unit; the desk lists them."""
    try:
        return services.note_check(by=SYSTEM, now=now, key=f"members.checked:{local_date(now)}")
    except Repeated:
        return 0


def reseal(now: datetime) -> int:
    """Seal anew the numbers in plain text or under a fallback secret; return how many that were."""
    if not queries.stale_keys():
        return 0
    return services.reseal_phones(by=SYSTEM, now=now, key=f"members.reseal:{now:%Y%m%d%H%M%S}")
