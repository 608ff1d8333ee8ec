"""Who reported an issue, where the person was entered twice."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.members.models import Member
from linli.walls.models import Issue


def pass_on(other: Member, *, into: Member, by: Actor, now: datetime, key: str) -> int:
    """Let the issues that `other` reported be those of the lasting record of the same person; return how many."""
    with writing("issue.pass_on", by=by, now=now, key=key) as event:
        count = Issue.objects.filter(reporter=other).update(reporter=into)
        event.about(into.ref, other=other.number, issues=count)
    return count
