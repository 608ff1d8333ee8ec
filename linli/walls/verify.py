"""Truths about walls and issues."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q

from linli.lib.invariants import Invariant
from linli.lib.words import gettext_noop
from linli.walls.models import Issue, IssueEvent, Posting, Wall
from linli.walls.policy.gate import public
from linli.walls.policy.kinds import EventKind, Level
from linli.walls.policy.levels import may_hang_above
from linli.walls.policy.states import UNSETTLED


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of walls and issues."""
    return (
        Invariant(
            "walls.owner",
            gettext_noop("Every open issue has an owner that answers for its wall, and dates that follow each other"),
            _without_owner,
        ),
        Invariant(
            "walls.clock", gettext_noop("Every open issue is waited for by the clock, or is overdue"), _unwatched
        ),
        Invariant("walls.posted", gettext_noop("Every issue is posted on the wall where it is now"), _unposted),
        Invariant("walls.linked", gettext_noop("The records of an issue on several walls are linked"), _unlinked),
        Invariant(
            "walls.above", gettext_noop("Every wall hangs below a wall of the next level around it"), _wrong_above
        ),
        Invariant("walls.record", gettext_noop("The public record of every issue begins with its posting"), _no_record),
        Invariant("walls.masked", gettext_noop("Every public text has passed the masking gate"), _unmasked),
    )


def _without_owner() -> list[str]:
    wrong = Issue.objects.filter(state__in=UNSETTLED).exclude(
        owner=F("wall__body"), accept_due__lte=F("answer_due"), posted_at__lt=F("accept_due")
    )
    return [f"{issue.ref} {issue.state}" for issue in wrong]


def _unwatched() -> list[str]:
    wrong = Issue.objects.filter(state__in=UNSETTLED).filter(
        (Q(rings_at=None) & Q(wall__above__isnull=False)) | (Q(rings_at__isnull=False) & ~Q(rings_at=F("answer_due")))
    )
    return [f"{issue.ref} {issue.rings_at}" for issue in wrong]


def _unposted() -> list[str]:
    here = Posting.objects.filter(issue=OuterRef("pk"), wall=OuterRef("wall"))
    return [issue.ref for issue in Issue.objects.filter(~Exists(here))]


def _unlinked() -> list[str]:
    moved = Q(came_from__isnull=False)
    wrong = Posting.objects.filter(
        (moved & ~Q(came_from__issue=F("issue")))
        | (moved & ~Q(came_from__wall__above=F("wall")))
        | (moved & Q(cause=""))
    )
    firsts = Posting.objects.filter(issue=OuterRef("issue"), came_from=None).exclude(pk=OuterRef("pk"))
    doubled = Posting.objects.filter(Exists(firsts), came_from=None)
    return [f"issue:{p.issue.number} wall:{p.wall.code}" for p in (wrong | doubled).select_related("issue", "wall")]


def _wrong_above() -> list[str]:
    lines = []
    for wall in Wall.objects.select_related("above__place", "place"):
        above = wall.above
        if above is None:
            sound = wall.level == Level.STREET
        else:
            sound = may_hang_above(Level(wall.level), Level(above.level)) and wall.place.path.startswith(
                above.place.path
            )
        if not sound:
            lines.append(wall.ref)
    return lines


def _no_record() -> list[str]:
    begun = IssueEvent.objects.filter(issue=OuterRef("pk"), kind=EventKind.POSTED)
    return [issue.ref for issue in Issue.objects.filter(~Exists(begun))]


def _unmasked() -> list[str]:
    texts = [(issue.ref, issue.public_text) for issue in Issue.objects.only("number", "public_text").iterator()]
    texts += [(f"event:{event.pk}", event.text) for event in IssueEvent.objects.exclude(text="").iterator()]
    return [ref for ref, text in texts if public(text) != text]
