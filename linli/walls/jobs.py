"""Due work of the walls, for `linli tick`."""

from __future__ import annotations

from datetime import datetime

from linli.walls import services

JOBS = ("hand_over", "escalate_overdue", "close_settled")


def hand_over(now: datetime) -> int:
    """Give walls of bodies that have ended to who took over; return how many."""
    return services.hand_over(now)


def escalate_overdue(now: datetime) -> int:
    """Pass up what was not answered in time; return how many issues moved."""
    return services.escalate_due(now)


def close_settled(now: datetime) -> int:
    """Close what was answered and not opened again in time; return how many."""
    return services.close_due(now)
