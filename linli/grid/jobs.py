"""Due work of the grid app."""

from __future__ import annotations

from datetime import datetime

from linli.grid import services

JOBS = ("end_departed",)


def end_departed(now: datetime) -> int:
    """End the links of members who left the register or live elsewhere, so that their doors are listed as free."""
    return services.end_departed(now=now, key=f"grid.end_departed:{now.isoformat()}")
