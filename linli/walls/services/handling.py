"""What those who answer for a wall do with an issue. The state table says what is possible when.

The public line names the body that spoke; where it is not the one that leads, both (ADR 0026). Each locks the issue,
and refuses one that was passed up since it was read.
"""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.notify.services import post_all
from linli.walls.models import Issue, Posting
from linli.walls.policy.kinds import Cause, EventKind, Outcome
from linli.walls.policy.states import Action, after
from linli.walls.services.clocks import Clocks
from linli.walls.services.notes import PASSED_UP, note
from linli.walls.services.record import REASON, answering, here, labelled, line, touch, voice, words


def accept(issue: Issue, *, by: Actor, now: datetime, key: str, photo_public: bool = False) -> Issue:
    """Take the issue on: who leads is public from now. `photo_public`: the photo was looked at and may be shown."""
    with writing("issue.accept", by=by, now=now, key=key) as event:
        issue = here(issue)
        issue.state = after(issue.state, Action.ACCEPT)
        issue.accepted_at = now
        issue.photo_public = photo_public and issue.photo_id is not None and not issue.category.private
        issue.save(update_fields=["state", "accepted_at", "photo_public"])
        spoke = voice(issue, by)
        line(issue, EventKind.ACCEPTED, now=now, spoke=spoke)
        touch(issue)
        event.about(issue.ref, photo_public=issue.photo_public, spoke=spoke.code)
    return issue


def reply(issue: Issue, *, text: str, outcome: str, by: Actor, now: datetime, key: str) -> Issue:
    """Answer in public; every wall that the issue was on shows it. An issue not accepted before is so now.

    The reporter has some days to open it again. Refused: an empty or overlong text, an unknown outcome, a
    settled issue.
    """
    with writing("issue.reply", by=by, now=now, key=key) as event:
        issue = here(issue)
        shown = words(text, field="text")
        issue.outcome = labelled(Outcome, outcome, field="outcome")
        issue.state = after(issue.state, Action.REPLY)
        issue.accepted_at = issue.accepted_at or now
        issue.answered_at = now
        issue.rings_at = None
        issue.settles_at = Clocks(now).settles_at(issue.wall)
        issue.save(update_fields=["outcome", "state", "accepted_at", "answered_at", "rings_at", "settles_at"])
        spoke = voice(issue, by)
        line(issue, EventKind.REPLIED, now=now, text=shown, spoke=spoke)
        touch(issue)
        event.about(issue.ref, outcome=issue.outcome, spoke=spoke.code)
    return issue


def escalate(issue: Issue, *, reason: str, by: Actor, now: datetime, key: str) -> Issue:
    """Pass the issue up to the next wall with its whole history; nothing is typed again but the reason.

    Deadlines begin anew there; the wall below keeps its record, linked to the new one. Refused: no reason,
    no wall above, a settled issue.
    """
    with writing("issue.escalate", by=by, now=now, key=key) as event:
        issue = here(issue)
        shown = words(reason, field="reason", longest=REASON)
        state = after(issue.state, Action.ESCALATE)
        upper = issue.wall.above
        if upper is None:
            raise Refusal(
                "issue-top", gettext_noop("This is the highest wall: the issue has to be answered or declined here.")
            )
        below = Posting.objects.get(issue=issue, wall=issue.wall)
        Posting.objects.create(
            issue=issue, wall=upper, came_from=below, cause=Cause.BY_HAND, reason=shown, posted_at=now
        )
        touch(issue)
        upper = answering(upper.pk)
        spoke = voice(issue, by)
        line(issue, EventKind.ESCALATED, now=now, text=shown, spoke=spoke)
        promise = Clocks(now).promise(issue.category.clock, upper)
        issue.state = state
        issue.wall, issue.owner = upper, upper.body
        issue.accept_due, issue.answer_due = promise.accept_due, promise.answer_due
        issue.rings_at, issue.accepted_at = promise.answer_due, None
        issue.save(update_fields=["state", "wall", "owner", "accept_due", "answer_due", "rings_at", "accepted_at"])
        told = note(
            PASSED_UP, number=issue.number, wall=upper.name, body_code=upper.body.code, cause=f"at:{upper.code}"
        )
        post_all([told], now=now)
        event.about(issue.ref, cause=Cause.BY_HAND.value, to=upper.code, spoke=spoke.code)
    return issue


def decline(issue: Issue, *, reason: str, by: Actor, now: datetime, key: str) -> Issue:
    """Say in public why the issue is not for the wall; its text is no longer shown, the reason is.

    The reporter may open it again within the same days as after an answer. Refused: no reason, a settled issue.
    """
    with writing("issue.decline", by=by, now=now, key=key) as event:
        issue = here(issue)
        shown = words(reason, field="reason", longest=REASON)
        issue.state = after(issue.state, Action.DECLINE)
        issue.closed_at = now
        issue.rings_at = None
        issue.photo_public = False
        issue.settles_at = Clocks(now).settles_at(issue.wall)
        issue.save(update_fields=["state", "closed_at", "rings_at", "photo_public", "settles_at"])
        spoke = voice(issue, by)
        line(issue, EventKind.DECLINED, now=now, text=shown, spoke=spoke)
        touch(issue)
        event.about(issue.ref, spoke=spoke.code)
    return issue
