"""Walls of courtyards, communities and the subdistrict, with a year of issues in every state.

Each issue is a small story; the rounds of the clock are one as well. The rounds end some days before the as-of day,
so that what was left overdue on purpose is still there for the first `linli tick`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.access.decide import VISITOR, Actor
from linli.demo.policy import problems
from linli.demo.policy.days import at
from linli.demo.policy.problems import Problem
from linli.demo.policy.tree import COMMUNITIES, HONTING, SUBDISTRICT
from linli.demo.policy.units import units
from linli.demo.services import people
from linli.demo.services.build import Build
from linli.demo.services.timeline import Story
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.members.policy.kinds import Title
from linli.walls import services as walls
from linli.walls.models import Category, Issue, Wall
from linli.walls.policy.kinds import Level, Outcome

PER_WALL, BY_MEMBERS, VALUED = 4, 0.3, 0.5
"""Issues of a child wall in the year; shares that members post, and that reporters say they are content with."""
LAST_ROUND = 4
"""Days before the as-of day after which no round of the clock was run."""
RECEIPT = gettext_noop("Receipt of an answered issue, to try out")


@dataclass(slots=True)
class Street:
    """The walls of one tree, and who answers on each."""

    build: Build
    walls: dict[str, Wall]
    answers: dict[str, Actor]
    categories: dict[str, Category]


def stories(build: Build) -> Iterator[Story]:
    """Open all walls; return the story of each issue of the year, and that of the clock."""
    street = _open(build)
    yield _rounds(build)
    yield from _ordinary(street)
    yield from _telling(street)


def _open(build: Build) -> Street:
    """Open the wall of the subdistrict, the mother walls, and a child wall for each courtyard and other estate."""
    opened: dict[str, Wall] = {}
    answers: dict[str, Actor] = {}
    rows = [(SUBDISTRICT[0], "BSC", people.office(build))]
    rows += [(c.code, f"{c.code}-JWH", people.actor(build, f"{c.code}-ZZ", Title.SECRETARY)) for c in COMMUNITIES]
    whole = {f"{c.code}-{e.code}" for c in COMMUNITIES for e in c.estates if e.yards}
    rows += [(u.place, u.code, people.actor(build, u.code, Title.SECRETARY)) for u in units() if u.place not in whole]
    for place, body, actor in rows:
        opened[place] = walls.open_wall(
            place=build.place(place), body=build.body(body), by=build.by, now=build.days.start, key=build.key()
        )
        answers[opened[place].code] = actor
    return Street(build, opened, answers, {c.code: c for c in Category.objects.all()})


def _rounds(build: Build) -> Story:
    """Let the clock do what is due, once a day; each tree at a minute of its own."""
    tree = int(build.prefix.removesuffix("-") or 1)
    day, last = build.days.months[0].first, build.days.as_of - timedelta(days=LAST_ROUND)
    while day <= last:
        moment = at(day, 6) + timedelta(minutes=tree)
        yield moment
        walls.escalate_due(moment)
        walls.close_due(moment)
        day += timedelta(days=1)


def _ordinary(street: Street) -> Iterator[Story]:
    """Let every child wall have some issues in the year, answered in time; some reporters say that they are content."""
    random = street.build.random
    children = [wall for wall in street.walls.values() if wall.level == Level.CHILD]
    span = (street.build.days.as_of - street.build.days.months[0].first).days - 30
    for wall in children:
        for problem in random.sample(problems.ORDINARY, PER_WALL):
            day = street.build.days.months[0].first + timedelta(days=random.randrange(span))
            posted = at(day, random.randint(8, 20), random.randrange(60))
            reporter = _reporter(street, wall) if random.random() < BY_MEMBERS else None
            content = random.random() < VALUED
            yield _answered(street, wall, problem, posted, reporter=reporter, content=content)


def _reporter(street: Street, wall: Wall) -> Member:
    """Return a member of the branch that answers for `wall`, but for its committee."""
    group = street.build.members[wall.body.code]
    return group[street.build.random.randrange(8, len(group))]


def _post(street: Street, wall: Wall, problem: Problem, moment: datetime, reporter: Member | None = None) -> Issue:
    return _receipted(street, wall, problem, moment, reporter)[0]


def _receipted(
    street: Street, wall: Wall, problem: Problem, moment: datetime, reporter: Member | None = None
) -> tuple[Issue, str]:
    reported = walls.report(
        wall=wall,
        place=wall.place,
        category=street.categories[problem.category],
        text=problem.text,
        by=VISITOR,
        now=moment,
        key=street.build.key(),
        reporter=reporter,
    )
    return reported.issue, reported.secret


def _accept(street: Street, issue: Issue, moment: datetime) -> None:
    walls.accept(issue, by=_owner(street, issue), now=moment, key=street.build.key())


def _reply(street: Street, issue: Issue, problem: Problem, moment: datetime) -> None:
    outcome = Outcome.SOLVED if problem.solved else Outcome.EXPLAINED
    walls.reply(
        issue,
        text=problem.answer,
        outcome=outcome.value,
        by=_owner(street, issue),
        now=moment,
        key=street.build.key(),
    )


def _owner(street: Street, issue: Issue) -> Actor:
    issue.refresh_from_db()
    return street.answers[issue.wall.code]


def _answered(
    street: Street,
    wall: Wall,
    problem: Problem,
    posted: datetime,
    *,
    reporter: Member | None = None,
    content: bool = False,
) -> Story:
    """Accept the same day, answer some days later; perhaps the reporter is content, else time closes it."""
    hours = 1 if problem.category == "danger" else 3
    answer = (
        timedelta(hours=1) if problem.category == "danger" else timedelta(days=1 + street.build.random.randrange(5))
    )
    yield posted
    issue = _post(street, wall, problem, posted, reporter)
    if problem.category != "danger":
        yield posted + timedelta(hours=hours)
        _accept(street, issue, posted + timedelta(hours=hours))
    yield posted + answer
    _reply(street, issue, problem, posted + answer)
    if content:
        moment = posted + answer + timedelta(hours=20)
        yield moment
        walls.satisfied(issue, by=VISITOR, now=moment, key=street.build.key())


def _telling(street: Street) -> Iterator[Story]:
    """Tell the stories to look at: every state, in the estate whose model is complete."""
    today = street.build.days.as_of
    yard = [street.walls[f"JM-HT-{yard.code}"] for yard in HONTING.yards]
    mother = street.walls["JM"]

    def before(days: int, hour: int = 9, minute: int = 0) -> datetime:
        return at(today - timedelta(days=days), hour, minute)

    yield _answered(street, yard[2], problems.MANHOLE, before(45), content=True)
    yield _answered(street, yard[2], problems.WIRE, before(200))
    yield _passed_up_by_time(street, yard[0], problems.LIFT, before(75))
    yield _passed_up_by_hand(street, yard[1], problems.WORKS, before(60))
    yield _to_the_top(street, yard[2], problems.ROAD, before(90))
    yield _reopened(street, yard[1], problems.HEDGE, before(9))
    yield _answered(street, yard[2], problems.PRIVATE, before(25))
    yield _left(street, yard[0], problems.PRIVATE, before(1, 15))
    yield _left(street, yard[0], problems.ORDINARY[1], before(1, 18, 20))
    yield _left(street, yard[0], problems.ORDINARY[3], before(2, 8), accepted=before(2, 10))
    yield _left(street, yard[1], problems.WATER, before(3, 8), accepted=before(3, 9))
    yield _left(street, yard[0], problems.MANHOLE, before(1, 19))
    yield _left(street, mother, problems.ORDINARY[5], before(2, 11))
    yield _left(street, street.walls[SUBDISTRICT[0]], problems.WATER, before(LAST_ROUND + 3))
    yield _declined(street, yard[0], problems.ADVERT, before(12))
    yield _to_try(street, yard[0], problems.BENCH, before(2, 9))


def _left(street: Street, wall: Wall, problem: Problem, posted: datetime, accepted: datetime | None = None) -> Story:
    """Left for the visitor of the demonstration: open, accepted or overdue."""
    yield posted
    issue = _post(street, wall, problem, posted)
    if accepted:
        yield accepted
        _accept(street, issue, accepted)


def _passed_up_by_time(street: Street, wall: Wall, problem: Problem, posted: datetime) -> Story:
    """Let the clock pass it to the mother wall, whose answer comes back."""
    yield posted
    issue = _post(street, wall, problem, posted)
    moment = posted
    while issue.wall_id == wall.pk:
        moment += timedelta(days=1)
        yield moment
        issue.refresh_from_db()
    yield from _taken_on(street, issue, problem, moment)


def _passed_up_by_hand(street: Street, wall: Wall, problem: Problem, posted: datetime) -> Story:
    """Pass up what the courtyard cannot solve; the mother wall answers."""
    yield posted
    issue = _post(street, wall, problem, posted)
    yield from _pass_up(street, issue, posted + timedelta(days=2), problems.REASONS[1])
    yield from _taken_on(street, issue, problem, posted + timedelta(days=3))


def _to_the_top(street: Street, wall: Wall, problem: Problem, posted: datetime) -> Story:
    """From the courtyard to the community to the subdistrict, with a reply that comes back to all three walls."""
    yield posted
    issue = _post(street, wall, problem, posted)
    yield from _pass_up(street, issue, posted + timedelta(days=1), problems.REASONS[0])
    yield from _pass_up(street, issue, posted + timedelta(days=4), problems.REASONS[2])
    yield from _taken_on(street, issue, problem, posted + timedelta(days=5))


def _pass_up(street: Street, issue: Issue, moment: datetime, reason: str) -> Story:
    yield moment
    walls.escalate(issue, reason=reason, by=_owner(street, issue), now=moment, key=street.build.key())


def _taken_on(street: Street, issue: Issue, problem: Problem, moment: datetime) -> Story:
    yield moment + timedelta(hours=3)
    _accept(street, issue, moment + timedelta(hours=3))
    yield moment + timedelta(days=4)
    _reply(street, issue, problem, moment + timedelta(days=4))


def _reopened(street: Street, wall: Wall, problem: Problem, posted: datetime) -> Story:
    """Answered, but the reporter is not content."""
    yield from _answered(street, wall, problem, posted)
    issue = Issue.objects.filter(wall=wall, text=problem.text).latest("pk")
    moment = posted + timedelta(days=7)
    yield moment
    walls.reopen(issue, reason=problems.UNSATISFIED, by=VISITOR, now=moment, key=street.build.key())


def _declined(street: Street, wall: Wall, problem: Problem, posted: datetime) -> Story:
    yield posted
    issue = _post(street, wall, problem, posted)
    moment = posted + timedelta(hours=5)
    yield moment
    walls.decline(issue, reason=problem.answer, by=_owner(street, issue), now=moment, key=street.build.key())


def _to_try(street: Street, wall: Wall, problem: Problem, posted: datetime) -> Story:
    """Answered yesterday; its receipt is printed, so that one can look, be content or open it again."""
    yield posted
    issue, secret = _receipted(street, wall, problem, posted)
    street.build.receipts.setdefault(RECEIPT, secret)
    moment = posted + timedelta(hours=26)
    yield moment
    _reply(street, issue, problem, moment)
