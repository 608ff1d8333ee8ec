"""The rounds of the clock. Each works on what is due only, in one transaction, with statements for whole sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import batched

from django.db.models import F, OuterRef, QuerySet, Subquery

from linli.access.decide import SYSTEM
from linli.audit.services import writing
from linli.notify.services import Note, post_all
from linli.walls.models import Issue, IssueEvent, Posting, Wall
from linli.walls.policy.kinds import Cause, EventKind
from linli.walls.policy.states import Action, State, after
from linli.walls.services.clocks import Clocks
from linli.walls.services.credits import credit
from linli.walls.services.notes import LATE, LEFT, OVERDUE_UP, note

BATCH = 5000


def escalate_due(now: datetime) -> int:
    """Pass up every issue whose deadline passed without an answer; return how many moved.

    At the highest wall nothing moves: the body is told once, and the pages show it as overdue. The rows are
    locked, then the walls, so that each goes to the body that answers now; history, link and cause are written with
    the move. A second round at the same time finds nothing.
    """
    if not _due(now).exists():
        return 0
    with writing("issue.escalate_due", by=SYSTEM, now=now, key=f"escalate-due:{now.isoformat()}") as event:
        due = list(
            _due(now)
            .select_for_update(of=("self",))
            .select_related("wall__above__body", "wall__above__place", "wall__body", "category")
        )
        moving = [issue for issue in due if issue.wall.above_id]
        _write_history(moving, now)
        _touch([issue.pk for issue in due])
        _move(moving, now)
        for part in batched((issue.pk for issue in due if not issue.wall.above_id), BATCH):
            Issue.objects.filter(pk__in=part).update(rings_at=None)
        post_all(_notes(due, now), now=now)
        event.about("issue:*", moved=[issue.number for issue in moving], late=len(due) - len(moving))
    return len(moving)


def close_due(now: datetime) -> int:
    """Close the answered issues that nobody opened again in time; return how many.

    The members who reported what was solved get the deed.
    """
    settled = Issue.objects.filter(state=State.ANSWERED, settles_at__lt=now)
    if not settled.exists():
        return 0
    closed = after(State.ANSWERED, Action.CLOSE)
    with writing("issue.close_due", by=SYSTEM, now=now, key=f"close-due:{now.isoformat()}") as event:
        issues = list(settled.select_for_update(of=("self",)).select_related("reporter").order_by("pk"))
        IssueEvent.objects.bulk_create(
            [IssueEvent(issue=issue, wall_id=issue.wall_id, kind=EventKind.CLOSED, at=now) for issue in issues],
            batch_size=BATCH,
        )
        for part in batched((issue.pk for issue in issues), BATCH):
            Issue.objects.filter(pk__in=part).update(state=closed, closed_at=now, settles_at=None)
        _touch([issue.pk for issue in issues])
        for issue in issues:
            credit(issue, now=now)
        event.about("issue:*", closed=[issue.number for issue in issues])
    return len(issues)


def _due(now: datetime) -> QuerySet[Issue]:
    return Issue.objects.filter(rings_at__isnull=False, rings_at__lt=now).order_by("pk")


def _write_history(moving: Sequence[Issue], now: datetime) -> None:
    below: dict[int, int] = {}
    for part in batched((issue.pk for issue in moving), BATCH):
        here = Posting.objects.filter(issue__in=part, wall=F("issue__wall"))
        below.update(here.values_list("issue_id", "pk"))
    Posting.objects.bulk_create(
        [
            Posting(
                issue=issue,
                wall=issue.wall.above,
                came_from_id=below[issue.pk],
                cause=Cause.OVERDUE,
                posted_at=now,
            )
            for issue in moving
        ],
        batch_size=BATCH,
    )
    IssueEvent.objects.bulk_create(
        [
            IssueEvent(
                issue=issue, wall_id=issue.wall_id, kind=EventKind.ESCALATED, signed=issue.wall.body.name, at=now
            )
            for issue in moving
        ],
        batch_size=BATCH,
    )


def _move(moving: Sequence[Issue], now: datetime) -> None:
    """One statement for all issues that get the same new deadlines."""
    clocks = Clocks(now)
    alike: dict[tuple[datetime, datetime], list[int]] = defaultdict(list)
    for issue in moving:
        upper = issue.wall.above
        assert upper is not None  # noqa: S101 -- `moving` holds only issues below another wall
        promise = clocks.promise(issue.category.clock, upper)
        alike[promise.accept_due, promise.answer_due].append(issue.pk)
    above = Wall.objects.filter(pk=OuterRef("wall_id"))
    for (accept_due, answer_due), ids in alike.items():
        for part in batched(ids, BATCH):
            Issue.objects.filter(pk__in=part).update(
                owner_id=Subquery(above.values("above__body_id")),
                wall_id=Subquery(above.values("above_id")),
                state=State.OPEN,
                accepted_at=None,
                accept_due=accept_due,
                answer_due=answer_due,
                rings_at=answer_due,
            )


def _touch(ids: Iterable[int]) -> None:
    """Let the version of every wall that shows one of the issues grow, which locks these walls."""
    walls: set[int] = set()
    for part in batched(ids, BATCH):
        walls.update(Posting.objects.filter(issue__in=part).values_list("wall_id", flat=True).distinct())
    for some in batched(walls, BATCH):
        Wall.objects.filter(pk__in=some).update(version=F("version") + 1)


def _notes(due: Sequence[Issue], now: datetime) -> Iterator[Note]:
    walls = {key for issue in due for key in (issue.wall_id, issue.wall.above_id) if key}
    leads = dict(Wall.objects.filter(pk__in=walls).values_list("pk", "body__code"))
    for issue in due:
        wall, upper = issue.wall, issue.wall.above
        if upper is None:
            cause = f"late:{now.isoformat()}"
            yield note(LATE, number=issue.number, wall=wall.name, body_code=leads[wall.pk], cause=cause)
            continue
        yield note(
            OVERDUE_UP, number=issue.number, wall=upper.name, body_code=leads[upper.pk], cause=f"at:{upper.code}"
        )
        yield note(LEFT, number=issue.number, wall=upper.name, body_code=leads[wall.pk], cause=f"left:{wall.code}")
