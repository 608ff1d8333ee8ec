"""What anybody may see: walls, issues with their public record, the echo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, Q, QuerySet
from django.http import Http404

from linli.lib.clock import local_date
from linli.lib.mask import mask_name
from linli.lib.paths import chain, prefixes
from linli.members.policy.kinds import Purpose
from linli.places.models import Place
from linli.rules import queries as rules
from linli.store.statements import prepared
from linli.walls.models import Category, Issue, IssueEvent, Poster, Posting, Wall
from linli.walls.policy.deadlines import ACCEPT, CHILD, MOTHER, REOPEN
from linli.walls.policy.kinds import Level
from linli.walls.policy.measures import Measure, Measures
from linli.walls.policy.states import UNSETTLED, State
from linli.walls.queries.lines import IssueLine, covered, hidden, lines, released, silent

PER_PAGE = 20
WALLS_PER_PAGE = 60
YEAR = timedelta(days=365)
SHOWS: dict[str, Q] = {
    "open": Q(issue__state__in=UNSETTLED),
    "answered": Q(issue__state__in=[State.ANSWERED, State.CLOSED]),
    "all": Q(),
}


@dataclass(frozen=True, slots=True)
class WallPage:
    """A wall with one page of its issues, and until when nothing on it changes by time alone."""

    wall: Wall
    waiting: int
    late: int
    passed_up: int
    answered: int
    lines: list[IssueLine]
    page: Page[Posting]
    fresh_until: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the public record of an issue."""

    event: IssueEvent
    text: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A wall on which an issue was, and why it came there."""

    posting: Posting
    reason: str
    """Empty where the text of the issue is hidden."""


@dataclass(frozen=True, slots=True)
class IssuePage:
    """An issue in public: where it was, what was said, who has to answer until when."""

    line: IssueLine
    place: str
    owner: str
    author: str
    """The surname of a member who posted it, the whole name where consent was given; empty: a resident."""
    photo: bool
    stops: list[Stop]
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class EchoPage:
    """What was answered, newest first, and the response figures of a year."""

    measures: Measures
    lines: list[IssueLine]
    page: Page[Issue]


@dataclass(frozen=True, slots=True)
class Promises:
    """The lengths that hold for ordinary issues of a wall: what posters and pages promise."""

    accept_hours: int
    answer_days: int
    reopen_days: int


def wall_or_404(code: str) -> Wall:
    """Return the wall with `code`, with its body, place and the wall above."""
    for found in _wall(code):
        return found
    raise Http404


@prepared
def _wall(code: str) -> QuerySet[Wall]:
    return Wall.objects.select_related("body", "place", "above").filter(code=code)


def nearest_wall(path: str) -> Wall | None:
    """Return the wall of the place at `path`, or of the nearest place above that has one."""
    return Wall.objects.filter(place__path__in=prefixes(path)).order_by("-place__path").first()


def street_walls() -> list[Wall]:
    """Return the walls of the subdistricts, for which their offices answer."""
    return list(Wall.objects.filter(level=Level.STREET).select_related("place", "body"))


def wall_version(code: str) -> int | None:
    """Return the version of the wall `code`, None where there is none. Asked for every page that is sent."""
    return next(iter(_version(code)), None)


@prepared
def _version(code: str) -> QuerySet[Wall, int]:
    return Wall.objects.filter(code=code).values_list("version", flat=True)


def poster_or_404(code: str) -> Poster:
    """Return the poster that a QR code names; typed codes may be in small letters."""
    for found in _poster(code.upper()):
        return found
    raise Http404


@prepared
def _poster(code: str) -> QuerySet[Poster]:
    return Poster.objects.select_related("wall__body", "wall__place", "place").filter(code=code)


@prepared
def category(code: str) -> QuerySet[Category]:
    """Return the category with `code`: one, or none."""
    return Category.objects.filter(code=code)


def walls(now: datetime, number: str = "1") -> Page[Any]:
    """Return a page of walls in the order of the places, with what waits (`waiting`, `late`) and `answered`."""
    here = Q(postings__issue__wall=F("pk"))
    waiting = here & Q(postings__issue__state__in=UNSETTLED)
    found = Wall.objects.order_by("place__path").annotate(
        waiting=Count("postings", filter=waiting),
        late=Count("postings", filter=waiting & Q(postings__issue__answer_due__lt=now)),
        answered=Count("postings", filter=Q(postings__issue__state__in=[State.ANSWERED, State.CLOSED])),
    )
    return Paginator(found, WALLS_PER_PAGE).get_page(number)


def wall_page(code: str, now: datetime, show: str = "open", number: str = "1") -> WallPage:
    """Return the wall `code` with the issues that were ever posted on it, wherever they are now."""
    wall = wall_or_404(code)
    posted = Posting.objects.filter(wall=wall)
    waiting = Q(issue__state__in=UNSETTLED)
    counts = posted.aggregate(
        waiting=Count("pk", filter=waiting),
        late=Count("pk", filter=waiting & Q(issue__answer_due__lt=now)),
        passed_up=Count("pk", filter=waiting & ~Q(issue__wall=wall)),
        answered=Count("pk", filter=SHOWS["answered"]),
        every=Count("pk"),
        next_answer=Min("issue__answer_due", filter=waiting & Q(issue__answer_due__gte=now)),
        next_accept=Min("issue__accept_due", filter=waiting & Q(issue__accept_due__gte=now)),
    )
    chosen = show if show in SHOWS else "open"
    order = ("issue__answer_due", "pk") if chosen == "open" else ("-posted_at", "-pk")
    rows = posted.filter(SHOWS[chosen]).select_related("issue__wall", "issue__category").order_by(*order)
    total = counts["every"] if chosen == "all" else counts["waiting" if chosen == "open" else "answered"]
    pages = Paginator(rows, PER_PAGE)
    pages.__dict__["count"] = total  # counted above; saves a query
    page = pages.get_page(number)
    changes = [moment for moment in (counts["next_answer"], counts["next_accept"]) if moment]
    return WallPage(
        wall=wall,
        waiting=counts["waiting"],
        late=counts["late"],
        passed_up=counts["passed_up"],
        answered=counts["answered"],
        lines=lines([posting.issue for posting in page], now),
        page=page,
        fresh_until=min(changes, default=None),
    )


def issue_page(number: str, now: datetime) -> IssuePage:
    """Return the public record of the issue `number`; 404 where there is none.

    The texts of a private issue are left out, of a declined one those that were said about its own words; all others
    passed the masking gate when written.
    """
    issue = Issue.objects.select_related("wall", "category", "place", "owner", "reporter").filter(number=number).first()
    if issue is None:
        raise Http404
    postings = list(issue.postings.select_related("wall", "came_from__wall", "went_to__wall"))
    return IssuePage(
        line=lines([issue], now)[0],
        place=issue.place.name,
        owner=issue.owner.name,
        author=_author(issue),
        photo=released(issue),
        stops=[Stop(each, "" if hidden(issue) else covered(issue, each.reason)) for each in postings],
        steps=steps(issue),
    )


def steps(issue: Issue) -> list[Step]:
    """Return the record of `issue` as the public reads it."""
    return [Step(event, "" if silent(issue, event.kind) else covered(issue, event.text)) for event in record(issue)]


def record(issue: Issue) -> QuerySet[IssueEvent]:
    """Return the lines of the record of `issue`, the first one first."""
    return issue.events.select_related("wall", "instead_of").order_by("at", "pk")


def photo_of(number: str) -> tuple[Issue, bool]:
    """Return the issue `number` with its photo, and whether anybody may see that; 404 where there is none."""
    issue = Issue.objects.select_related("photo", "category", "place").filter(number=number).first()
    if issue is None or issue.photo is None:
        raise Http404
    return issue, released(issue)


def _author(issue: Issue) -> str:
    if issue.reporter is None or issue.category.private:
        return ""
    agreed = issue.reporter.consents.filter(purpose=Purpose.NAME_WALL, withdrawn_at=None).exists()
    return issue.reporter.name if agreed else mask_name(issue.reporter.name)


def echo(now: datetime, number: str = "1") -> EchoPage:
    """Return what was answered, and the response figures of the issues posted within the last year."""
    answered = (
        Issue.objects.filter(state__in=[State.ANSWERED, State.CLOSED])
        .select_related("wall", "category")
        .order_by("-answered_at", "-pk")
    )
    page = Paginator(answered, PER_PAGE).get_page(number)
    return EchoPage(measures=measures(now), lines=lines(page, now), page=page)


def measures(now: datetime, place_path: str = "") -> Measures:
    """Return the response figures of the issues posted within the last year at or below `place_path`."""
    posted = Issue.objects.filter(posted_at__gt=now - YEAR, place__path__startswith=place_path).exclude(
        state=State.DECLINED
    )
    moved = Posting.objects.filter(cause="overdue").values("issue_id")
    by_hand = Posting.objects.filter(cause="by_hand").values("issue_id")
    answered = Q(answered_at__isnull=False)
    late = Q(pk__in=moved)
    counts = posted.aggregate(
        n_posted=Count("pk"),
        n_accept_due=Count("pk", filter=Q(accepted_at__isnull=False) | Q(accept_due__lt=now)),
        n_accepted=Count("pk", filter=Q(accepted_at__lte=F("accept_due"))),
        n_answer_due=Count("pk", filter=answered | Q(answer_due__lt=now) | late),
        n_in_time=Count("pk", filter=Q(answered_at__lte=F("answer_due")) & ~late),
        n_answered=Count("pk", filter=answered),
        n_solved=Count("pk", filter=answered & Q(outcome="solved")),
        n_valued=Count("pk", filter=Q(satisfied__isnull=False)),
        n_satisfied=Count("pk", filter=Q(satisfied=True)),
        n_moved_overdue=Count("pk", filter=late),
        n_moved_by_hand=Count("pk", filter=Q(pk__in=by_hand)),
    )
    return Measures(
        posted=counts["n_posted"],
        accepted=Measure(counts["n_accepted"], counts["n_accept_due"]),
        answered=Measure(counts["n_in_time"], counts["n_answer_due"]),
        solved=Measure(counts["n_solved"], counts["n_answered"]),
        satisfied=Measure(counts["n_satisfied"], counts["n_valued"]),
        moved_overdue=counts["n_moved_overdue"],
        moved_by_hand=counts["n_moved_by_hand"],
    )


def promises(wall: Wall, now: datetime) -> Promises:
    """Return what `wall` promises today for an ordinary issue."""
    downwards = Place.objects.filter(pk__in=chain(wall.place.path)).order_by("path")
    codes = tuple(downwards.values_list("code", flat=True))
    day = local_date(now)
    days = CHILD if Level(wall.level) is Level.CHILD else MOTHER
    found = rules.values((ACCEPT, days, REOPEN), codes, day)
    return Promises(accept_hours=found[ACCEPT], answer_days=found[days], reopen_days=found[REOPEN])
