"""What those who answer for walls see: issues at the places that their bodies serve.

The words as typed, the contact, the reporter, a photo before its release and private issues are for who can act at
the place of the issue; who may only see issues reads them as the public does (ADR 0091).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.clock import local_date
from linli.lib.paths import chain, covers
from linli.members.models import Member
from linli.organisations.models import Body, BodyPlace
from linli.organisations.queries import below, bodies, place_paths
from linli.places.models import Place
from linli.walls.models import Issue, Poster, Wall
from linli.walls.policy.levels import PLACES
from linli.walls.policy.states import STAFF_ACTIONS, UNSETTLED, Action, State, actions
from linli.walls.queries.lines import hidden, released, shown
from linli.walls.queries.public import Step, record, steps

PER_PAGE = 30
FILTERS: dict[str, Q] = {
    "waiting": Q(state__in=UNSETTLED),
    "answered": Q(state=State.ANSWERED),
    "ended": Q(state__in=[State.CLOSED, State.DECLINED]),
    "all": Q(),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An issue in the due list: whether it is the turn of this reader's own wall, and whether it is late.

    `text` is for this reader: as typed where `inside`, else as the public reads it (empty where that is hidden).
    """

    issue: Issue
    inside: bool
    text: str
    mine: bool
    late: bool
    slow: bool


@dataclass(frozen=True, slots=True)
class DeskList:
    """A page of the due list, with counts of what waits: in all, on the reader's own walls, on walls below them.

    `late_here` counts what is overdue at the places where the reader can act; `acts` tells whether there are any.
    """

    rows: list[Row]
    page: Page[Issue]
    waiting: int
    late: int
    late_here: int
    mine: int
    below: int
    acts: bool


@dataclass(frozen=True, slots=True)
class DeskIssue:
    """An issue with its record, as much of it as this reader may read, and what the reader can do with it now.

    `hides`: words can be hidden by hand; `releases`: the photo can be shown to the public or taken back.
    """

    issue: Issue
    row: Row
    steps: list[Step]
    public_text: str
    photo: bool
    actions: tuple[Action, ...]
    hides: bool
    releases: bool


def _issues(actor: Actor, own: _Own, today: date) -> QuerySet[Issue]:
    """Return the issues at the places that `actor` may see: the private ones only where `actor` can act."""
    seen = below(place_paths(actor, Permission.ISSUE_VIEW, today), "place__path")
    return Issue.objects.filter(seen & (below(own.handled, "place__path") | Q(category__private=False)))


def due_list(actor: Actor, now: datetime, *, show: str = "waiting", turn: str = "", number: str = "1") -> DeskList:
    """Return the issues in reach, overdue first, then by the next deadline.

    `turn="mine"`: those that a wall of the actor's own bodies has to answer; `turn="below"`: those that the
    actor could answer in place of a body below.
    """
    today = local_date(now)
    own = _own(actor, today)
    handled = below(own.handled, "wall__place__path")
    turns = {"mine": handled & own.condition, "below": handled & ~own.condition}
    every = _issues(actor, own, today)
    late = FILTERS["waiting"] & Q(answer_due__lt=now)
    counts = every.aggregate(
        waiting=Count("pk", filter=FILTERS["waiting"]),
        late=Count("pk", filter=late),
        late_here=Count("pk", filter=late & below(own.handled, "place__path")),
        mine=Count("pk", filter=FILTERS["waiting"] & turns["mine"]),
        below=Count("pk", filter=FILTERS["waiting"] & turns["below"]),
    )
    chosen = FILTERS.get(show, FILTERS["waiting"])
    rows = every.filter(FILTERS["waiting"] & turns[turn] if turn in turns else chosen)
    order = ("answer_due", "pk") if show not in FILTERS or show == "waiting" else ("-posted_at", "-pk")
    page = Paginator(
        rows.select_related("wall__place", "place", "category", "owner").order_by(*order), PER_PAGE
    ).get_page(number)
    return DeskList(
        rows=[_row(issue, own, now) for issue in page],
        page=page,
        waiting=counts["waiting"],
        late=counts["late"],
        late_here=counts["late_here"],
        mine=counts["mine"],
        below=counts["below"],
        acts=bool(own.handled),
    )


def desk_issue(actor: Actor, number: str, now: datetime) -> DeskIssue:
    """Return the issue `number` as the desk sees it; 404 where it is out of reach."""
    today = local_date(now)
    own = _own(actor, today)
    issue = (
        _issues(actor, own, today)
        .select_related("wall__place", "wall__above", "place", "category", "owner", "photo", "reporter")
        .filter(number=number)
        .first()
    )
    if issue is None:
        raise Http404
    row = _row(issue, own, now)
    handles = _reaches(own.handled, issue.wall.place)
    possible = actions(issue.state) if handles else ()
    public = handles and not hidden(issue)
    return DeskIssue(
        issue=issue,
        row=row,
        steps=[Step(event, event.text) for event in record(issue)] if row.inside else steps(issue),
        public_text=shown(issue),
        photo=issue.photo is not None and (row.inside or released(issue)),
        hides=public,
        releases=public and issue.photo is not None and (issue.state != State.OPEN or issue.photo_public),
        actions=tuple(
            action
            for action in possible
            if action in STAFF_ACTIONS and (action is not Action.ESCALATE or issue.wall.above_id)
        ),
    )


def issue_to_handle(actor: Actor, number: str, now: datetime) -> Issue:
    """Return the issue `number` on a wall that `actor` answers for; 404 otherwise."""
    paths = place_paths(actor, Permission.ISSUE_HANDLE, local_date(now))
    issue = Issue.objects.select_related("wall").filter(below(paths, "wall__place__path"), number=number).first()
    if issue is None:
        raise Http404
    return issue


def may_see(actor: Actor, issue: Issue, now: datetime) -> bool:
    """Tell whether `actor` may see the internal side of `issue` (with its place loaded)."""
    if not actor.may(Permission.ISSUE_HANDLE):
        return False
    return _reaches(place_paths(actor, Permission.ISSUE_HANDLE, local_date(now)), issue.place)


def managed_walls(actor: Actor, now: datetime) -> QuerySet[Wall]:
    """Return the walls that `actor` may set up, in the order of the places."""
    paths = place_paths(actor, Permission.WALL_MANAGE, local_date(now))
    return Wall.objects.filter(below(paths, "place__path")).select_related("body", "place").order_by("place__path")


def managed_wall(actor: Actor, code: str, now: datetime) -> Wall:
    """Return the wall `code` that `actor` may set up; 404 otherwise."""
    wall = managed_walls(actor, now).filter(code=code).first()
    if wall is None:
        raise Http404
    return wall


def posters(wall: Wall) -> QuerySet[Poster]:
    """Return the posters of `wall`, its own place first."""
    return wall.posters.select_related("place").order_by("place__path")


def poster_places(wall: Wall) -> QuerySet[Place]:
    """Return the places at which a poster of `wall` can hang: its own and those below, but no doors."""
    return Place.objects.filter(path__startswith=wall.place.path).exclude(kind="household")


def places_without_wall(actor: Actor, now: datetime) -> QuerySet[Place]:
    """Return the places in reach that can have a wall and have none."""
    paths = place_paths(actor, Permission.WALL_MANAGE, local_date(now))
    return Place.objects.filter(below(paths), kind__in=PLACES, wall=None).order_by("path")


def place_without_wall(actor: Actor, code: str, now: datetime) -> Place:
    """Return the place `code` at which `actor` may open a wall; 404 otherwise, also where there is one."""
    place = places_without_wall(actor, now).filter(code=code).first()
    if place is None:
        raise Http404
    return place


def bodies_for_wall(actor: Actor, place: Place, now: datetime) -> QuerySet[Body]:
    """Return the bodies that can answer for a wall at `place`: those in reach that serve it or a place around it."""
    serving = BodyPlace.objects.on(local_date(now)).filter(place__in=chain(place.path))
    return bodies(actor, Permission.WALL_MANAGE).filter(pk__in=serving.values("body_id")).order_by("-path")


def member_of(actor: Actor) -> Member | None:
    """Return the member that `actor` is."""
    return Member.objects.filter(pk=actor.member_id).first() if actor.member_id else None


def _reaches(paths: tuple[str, ...], place: Place) -> bool:
    return any(covers(path, place.path) for path in paths)


@dataclass(frozen=True, slots=True)
class _Own:
    """The bodies at which the actor's roles sit, the places that these themselves serve, where the actor can act."""

    bodies: frozenset[str]
    places: frozenset[int]
    handled: tuple[str, ...]

    @property
    def condition(self) -> Q:
        return Q(owner__path__in=self.bodies) | Q(wall__place__in=self.places)

    def holds(self, issue: Issue) -> bool:
        return issue.owner.path in self.bodies or issue.wall.place_id in self.places


def _own(actor: Actor, today: date) -> _Own:
    seats = actor.seats(Permission.ISSUE_HANDLE)
    served = BodyPlace.objects.on(today).filter(body__path__in=seats)
    handled = place_paths(actor, Permission.ISSUE_HANDLE, today)
    return _Own(seats, frozenset(served.values_list("place_id", flat=True)), handled)


def _row(issue: Issue, own: _Own, now: datetime) -> Row:
    waiting = issue.state in UNSETTLED
    late = waiting and issue.answer_due < now
    inside = _reaches(own.handled, issue.place)
    return Row(
        issue=issue,
        inside=inside,
        text=issue.text if inside else shown(issue),
        mine=waiting and own.holds(issue),
        late=late,
        slow=issue.state == State.OPEN and not late and issue.accept_due < now,
    )
