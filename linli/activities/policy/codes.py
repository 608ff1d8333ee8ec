"""The sign-in code: six digits that change every half minute, and when signing in is open."""

from __future__ import annotations

import hmac
import unicodedata
from datetime import datetime, timedelta

STEP = 30
"""Seconds for which a code is shown; the one before is accepted as well, so it lives for a minute at most."""
OPENS_BEFORE = timedelta(minutes=30)
TRIES = 5
"""Wrong codes of one member at one activity before a pause; with two codes of a million valid at a time."""
PAUSE = timedelta(minutes=10)
DIGITS = 6


def step_of(moment: datetime) -> int:
    """Return the number of the half minute that contains `moment`."""
    return int(moment.timestamp()) // STEP


def code_of(secret: str, step: int) -> str:
    """Return the six digits of `step`: HMAC-SHA-256 of the step under the secret of the activity."""
    digest = hmac.digest(secret.encode(), step.to_bytes(8, "big"), "sha256")
    return str(int.from_bytes(digest[:8], "big") % 10**DIGITS).zfill(DIGITS)


def accepted(secret: str, typed: str, moment: datetime) -> bool:
    """Tell whether `typed` (full-width digits and spaces allowed) is the code of now or of the step before."""
    bare = "".join(unicodedata.normalize("NFKC", typed).split()).encode()
    step = step_of(moment)
    now, before = (hmac.compare_digest(code_of(secret, at).encode(), bare) for at in (step, step - 1))
    return now or before


def seconds_left(moment: datetime) -> int:
    """Return for how many more seconds (1–30) the code of `moment` is shown."""
    return STEP - int(moment.timestamp()) % STEP


def opens_at(starts_at: datetime) -> datetime:
    """Return when signing in opens."""
    return starts_at - OPENS_BEFORE


def is_open(starts_at: datetime, ends_at: datetime, moment: datetime) -> bool:
    """Tell whether members can sign in at `moment`: from half an hour before the start until the end."""
    return opens_at(starts_at) <= moment <= ends_at
