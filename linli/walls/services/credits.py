"""A member's issue that was solved is a deed, witnessed by the wall."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import SYSTEM
from linli.lib.clock import local_date
from linli.points import services as points
from linli.walls.models import Issue
from linli.walls.policy.kinds import Outcome

INDICATOR = "ISSUE"


def credit(issue: Issue, *, now: datetime) -> None:
    """Record the deed of the member who reported `issue`, once for ever; nothing where nobody did or not solved."""
    if issue.reporter is None or issue.outcome != Outcome.SOLVED:
        return
    points.record_deed(
        member=issue.reporter,
        indicator=INDICATOR,
        quantity=1,
        deed_on=local_date(now),
        note=issue.number,
        source=issue.ref,
        recorder=SYSTEM.ref,
        by=SYSTEM,
        now=now,
        key=f"{issue.ref}:deed",
    )
