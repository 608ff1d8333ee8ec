"""Due work of the walls, for `linli tick`."""

from __future__ import annotations

from datetime import datetime

from linli.walls import services

JOBS = ("escalate_overdue", "close_settled")


def escalate_overdue(now: datetime) -> int:
    """Pass up what was not answered in time; return how many issues moved."""
    return services.escalate_due(now)


def close_settled(now: datetime) -> int:
    """Close what was answered and not opened again in time; return how many."""
    return services.close_due(now)
