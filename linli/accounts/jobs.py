"""Due work of accounts: second factors from before the newest secret are sealed under it."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import SYSTEM
from linli.accounts import queries, services

JOBS = ("reseal",)


def reseal(now: datetime) -> int:
    """Seal anew what is in plain text or under a fallback secret; return how many second factors that were."""
    if not queries.stale_factors():
        return 0
    return services.reseal_factors(by=SYSTEM, now=now, key=f"accounts.reseal:{now:%Y%m%d%H%M%S}")
