"""When a message that could not be sent is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

PAUSES = (1, 5, 30, 120, 480)
"""Minutes after the first, second, … failure."""
ATTEMPTS = len(PAUSES) + 1
"""After so many failures a message is parked."""
PATIENCE = timedelta(days=7)
"""How long messages wait for an address to be set up; older ones are no news any more."""


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` failures; None: no more, park it."""
    if attempts >= ATTEMPTS:
        return None
    return now + timedelta(minutes=PAUSES[attempts - 1])
