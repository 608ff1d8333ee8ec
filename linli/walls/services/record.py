"""The public record of an issue: lines are added here and nowhere else."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.errors import Refusal
from linli.lib.words import Labelled, gettext_noop
from linli.organisations.models import Body
from linli.store.statements import insert
from linli.walls.models import Issue, IssueEvent, Posting, Wall
from linli.walls.policy.gate import public
from linli.walls.policy.kinds import EventKind
from linli.walls.policy.voice import speaker

LONGEST = 2000
REASON = 300


def words(text: str, *, field: str, longest: int = LONGEST) -> str:
    """Return `text` as it may be shown in public. Refused: empty, longer than `longest` characters."""
    shown = public(text)
    if not shown:
        raise Refusal("wall-text", gettext_noop("Write at least one sentence; everybody can read it."), field=field)
    if len(shown) > longest:
        raise Refusal(
            "wall-text-long",
            gettext_noop("The text has %(length)s characters; at most %(longest)s fit. Shorten it."),
            field=field,
            length=len(shown),
            longest=longest,
        )
    return shown


def line(issue: Issue, kind: EventKind, *, now: datetime, text: str = "", spoke: Body | None = None) -> None:
    """Add a line to the public record of `issue` at the wall where it is now, signed by the body that `spoke`."""
    insert(
        IssueEvent(
            issue=issue,
            wall_id=issue.wall_id,
            kind=kind,
            text=text,
            signed=spoke.name if spoke else "",
            instead_of=issue.owner if spoke and spoke != issue.owner else None,
            at=now,
        )
    )


def voice(issue: Issue, by: Actor) -> Body:
    """Return the body in whose name `by` speaks about `issue`: the one that leads, or the one of the actor's role."""
    path = speaker(by.seats(Permission.ISSUE_HANDLE), issue.owner.path)
    return issue.owner if path == issue.owner.path else Body.objects.get(path=path)


def touch(issue: Issue) -> None:
    """Let the version of every wall that shows `issue` grow, which locks these walls until the transaction ends."""
    shown = Posting.objects.filter(issue=issue).values("wall_id")
    Wall.objects.filter(pk__in=shown).update(version=F("version") + 1)


def answering(wall: int) -> Wall:
    """Return the wall `wall`, which is locked (`touch`), with the body that answers for it now, and its place."""
    return Wall.objects.select_related("body", "place").get(pk=wall)


def locked(issue: Issue) -> Issue:
    """Return `issue` locked until the transaction ends and read afresh, with what the services need.

    Locked first and read then: PostgreSQL finds no row where what is joined changed while the lock was waited for.
    """
    Issue.objects.select_for_update().values_list("pk", flat=True).get(pk=issue.pk)
    return Issue.objects.select_related(
        "wall__body", "wall__place", "wall__above__body", "wall__above__place", "category", "owner"
    ).get(pk=issue.pk)


def here(issue: Issue) -> Issue:
    """Return `issue` locked. Refused: one that is on another wall than where it was read."""
    found = locked(issue)
    if found.wall_id != issue.wall_id:
        raise Refusal(
            "issue-moved",
            gettext_noop("The issue was passed up at this moment and is on %(wall)s now. Load the page again."),
            wall=found.wall.name,
        )
    return found


def labelled[L: Labelled](kind: type[L], value: str, *, field: str) -> L:
    """Return the member of `kind` that is stored as `value`; refused: another value."""
    try:
        return kind(value)
    except ValueError as unknown:
        raise Refusal(
            "wall-choice",
            gettext_noop("“%(value)s” is not one of the choices; choose again."),
            field=field,
            value=value,
        ) from unknown
