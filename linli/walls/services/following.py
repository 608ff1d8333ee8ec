"""What the reporter says of the answer, by receipt."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.notify.services import post_all
from linli.walls.models import Issue
from linli.walls.policy.kinds import EventKind
from linli.walls.policy.states import Action, after
from linli.walls.services.clocks import Clocks
from linli.walls.services.credits import credit
from linli.walls.services.notes import REOPENED, note
from linli.walls.services.record import REASON, answering, line, locked, touch, words

HOLDER = Actor(name="receipt")
"""The actor of a receipt: whoever holds it."""


def satisfied(issue: Issue, *, by: Actor, now: datetime, key: str) -> Issue:
    """Close an answered issue: the reporter is satisfied. A member who reported what was solved gets the deed."""
    with writing("issue.satisfied", by=by, now=now, key=key) as event:
        issue = locked(issue)
        issue.state = after(issue.state, Action.SATISFIED)
        issue.satisfied = True
        issue.closed_at = now
        issue.settles_at = None
        issue.save(update_fields=["state", "satisfied", "closed_at", "settles_at"])
        line(issue, EventKind.SATISFIED, now=now)
        touch(issue)
        credit(issue, now=now)
        event.about(issue.ref)
    return issue


def reopen(issue: Issue, *, reason: str, by: Actor, now: datetime, key: str) -> Issue:
    """Open an answered or declined issue again, on the wall that answered, with new deadlines.

    Refused: no reason, after the days for it, an issue that is open or closed.
    """
    with writing("issue.reopen", by=by, now=now, key=key) as event:
        issue = locked(issue)
        shown = words(reason, field="reason", longest=REASON)
        state = after(issue.state, Action.REOPEN)
        if issue.settles_at is None or now > issue.settles_at:
            raise Refusal(
                "issue-settled",
                gettext_noop("The time for opening the issue again is over; please post the problem anew."),
            )
        promise = Clocks(now).promise(issue.category.clock, issue.wall)
        touch(issue)
        issue.state = state
        issue.owner = answering(issue.wall_id).body  # a declined issue did not go along when its wall was handed over
        issue.satisfied = False
        issue.reopened += 1
        issue.outcome = ""
        issue.accepted_at = issue.answered_at = issue.closed_at = issue.settles_at = None
        issue.accept_due, issue.answer_due = promise.accept_due, promise.answer_due
        issue.rings_at = promise.answer_due
        issue.save()
        line(issue, EventKind.REOPENED, now=now, text=shown)
        told = note(
            REOPENED,
            number=issue.number,
            wall=issue.wall.name,
            body_code=issue.owner.code,
            cause=f"reopened:{issue.reopened}",
        )
        post_all([told], now=now)
        event.about(issue.ref, times=issue.reopened)
    return issue
