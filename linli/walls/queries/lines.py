"""An issue as the public sees it. What is hidden is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from linli.walls.models import Issue, IssueEvent
from linli.walls.policy.cover import cover
from linli.walls.policy.kinds import EventKind, Level
from linli.walls.policy.states import UNSETTLED, State


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue on a public page: no contact, no reporter, only text that passed the gate."""

    number: str
    category: str
    text: str
    """Empty where `hidden` says why: `"private"` or `"declined"`."""
    hidden: str
    state: State
    posted_at: datetime
    accept_due: datetime
    answer_due: datetime
    answered_at: datetime | None
    late: bool
    """Waiting, and the day for the answer is over."""
    slow: bool
    """Not accepted, and the time for that is over; the day for the answer is not."""
    reopened: int
    wall_code: str
    wall_name: str
    level: Level
    """The wall that has to answer, or that answered."""
    outcome: str
    reply: str
    signed: str

    @property
    def waiting(self) -> bool:
        """Whether somebody still has to answer."""
        return self.state in UNSETTLED


def hidden(issue: Issue) -> str:
    """Tell why the text of `issue` is not for the public; empty where it may be shown."""
    if issue.category.private:
        return "private"
    return "declined" if issue.state == State.DECLINED else ""


ABOUT = frozenset({EventKind.REOPENED, EventKind.ESCALATED})
"""What the reporter, or who passed the issue up, says about its text; a declined issue shows neither."""


def silent(issue: Issue, kind: str) -> bool:
    """Tell whether the words of a line of this kind of the public record are left out; the line itself is shown."""
    why = hidden(issue)
    return why == "private" or (why == "declined" and kind in ABOUT)


def shown(issue: Issue) -> str:
    """Return the text of `issue` as the public reads it; empty where it is hidden."""
    return "" if hidden(issue) else covered(issue, issue.public_text)


def covered(issue: Issue, text: str) -> str:
    """Return a public text of `issue` without the words that were hidden by hand."""
    return cover(text, issue.hidden_words)


def released(issue: Issue) -> bool:
    """Tell whether anybody may see the photo of `issue`."""
    return issue.photo_public and not hidden(issue)


def lines(issues: Iterable[Issue], now: datetime) -> list[IssueLine]:
    """Return `issues` (with wall and category loaded) as the public sees them; one query for all replies."""
    listed = list(issues)
    replies = _replies([issue.pk for issue in listed if issue.answered_at])
    return [_line(issue, replies.get(issue.pk), now) for issue in listed]


def _replies(ids: list[int]) -> dict[int, IssueEvent]:
    found = IssueEvent.objects.filter(issue__in=ids, kind=EventKind.REPLIED)
    return {event.issue_id: event for event in found.select_related("instead_of").order_by("at", "pk")}


def _line(issue: Issue, reply: IssueEvent | None, now: datetime) -> IssueLine:
    why = hidden(issue)
    waiting = issue.state in UNSETTLED
    late = waiting and issue.answer_due < now
    return IssueLine(
        number=issue.number,
        category=issue.category.words,
        text=shown(issue),
        hidden=why,
        state=State(issue.state),
        posted_at=issue.posted_at,
        accept_due=issue.accept_due,
        answer_due=issue.answer_due,
        answered_at=issue.answered_at,
        late=late,
        slow=issue.state == State.OPEN and not late and issue.accept_due < now,
        reopened=issue.reopened,
        wall_code=issue.wall.code,
        wall_name=issue.wall.name,
        level=Level(issue.wall.level),
        outcome=issue.outcome,
        reply=covered(issue, reply.text) if reply and why != "private" else "",
        signed=reply.voice if reply else "",
    )
