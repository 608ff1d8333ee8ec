"""Due work of the members app."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import SYSTEM
from linli.members import services

JOBS = ("forget_uploads",)


def forget_uploads(now: datetime) -> int:
    """Delete rosters that were uploaded a day ago and never imported."""
    return services.forget_old_uploads(by=SYSTEM, now=now, key=f"roster-forget-{now:%Y%m%d%H%M%S}")
