"""Due work of the grid app."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import SYSTEM
from linli.grid import services
from linli.grid.queries import phones

JOBS = ("end_departed", "end_over", "reseal")


def end_departed(now: datetime) -> int:
    """End the links of members who left the register or live elsewhere, so that their doors are listed as free."""
    return services.end_departed(now=now, key=f"grid.end_departed:{now.isoformat()}")


def end_over(now: datetime) -> int:
    """End the duties of workers whose cell the map has no more, and of those who died."""
    return services.end_over(now=now, key=f"grid.end_over:{now.isoformat()}")


def reseal(now: datetime) -> int:
    """Seal the telephones of workers anew after the secret of the server was changed."""
    if not phones.stale():
        return 0
    return services.reseal(by=SYSTEM, now=now, key=f"grid.reseal:{now:%Y%m%d%H%M%S}")
