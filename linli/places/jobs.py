"""Due work of the places app."""

from __future__ import annotations

from datetime import datetime

from linli.places import services

JOBS = ("forget_maps",)


def forget_maps(now: datetime) -> int:
    """Remove the maps that nobody saved for 30 days; return how many."""
    return services.forget_maps(now=now, key=f"grid.forget:{now.isoformat()}")
