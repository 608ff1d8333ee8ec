"""A member's issue that was solved is a deed, witnessed by the wall."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from linli.access.decide import SYSTEM
from linli.lib.clock import local_date
from linli.lib.errors import Refusal, Repeated
from linli.points import services as points
from linli.walls.models import Issue
from linli.walls.policy.kinds import Outcome

INDICATOR = "ISSUE"


def credit(issue: Issue, *, now: datetime) -> None:
    """Record the deed of the member who reported `issue`, where it was solved; it waits for a second person.

    A house without an indicator sheet has no such deed: the issue closes all the same.
    """
    if issue.reporter is None or issue.outcome != Outcome.SOLVED:
        return
    with suppress(Refusal, Repeated):
        points.record_deed(
            member=issue.reporter,
            indicator=INDICATOR,
            deed_on=local_date(now),
            note=issue.number,
            source=issue.ref,
            recorder=SYSTEM.ref,
            by=SYSTEM,
            now=now,
            key=f"{issue.ref}:deed",
        )
