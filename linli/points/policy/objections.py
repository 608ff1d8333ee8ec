"""How long a draft is open to objection."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from linli.lib.clock import CHINA


def objections_end(made: datetime, days: int) -> datetime:
    """Return the end of the `days`-th day in China after the one on which a draft was made: nobody counts hours."""
    last = made.astimezone(CHINA).date() + timedelta(days=days)
    return datetime.combine(last, time.max, CHINA)
