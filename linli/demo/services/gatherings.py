"""A year of activities with their rolls: planned, recorded by one, confirmed by another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from linli.access.decide import Actor
from linli.activities import queries, services
from linli.activities.models import Activity, Kind
from linli.activities.policy.rolls import Line
from linli.activities.policy.states import Presence
from linli.demo.policy.year import Occasion, year
from linli.demo.services import minutes, people
from linli.demo.services.build import Build
from linli.demo.services.timeline import Story
from linli.members.models import Member, MemberClass
from linli.members.policy.kinds import Title

COMES = {"direct": 94, "serving": 82, "retired": 88, "frail": 35, "mobile": 12}
"""Of a hundred times, how often a member of the class comes."""
EXCUSED = {"direct": "出差", "serving": "单位值班", "retired": "看病", "frail": "身体原因", "mobile": "在外地"}
MINUTED = ("general-meeting", "committee")
OPEN = timedelta(days=5)
"""Of committee meetings only the latest have minutes here: those wait for corrections."""
LEAVE = 75
"""Of a hundred who do not come, how many asked for leave."""


def stories(build: Build) -> Iterator[Story]:
    """Set up the kinds; return the story of each activity of the year."""
    services.ensure_default_kinds(by=build.by, now=build.days.start, key=build.key())
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    for occasion in year(build.days):
        yield _story(build, occasion, kinds[occasion.kind])


def _story(build: Build, occasion: Occasion, kind: Kind) -> Story:
    """Plan it ten days before; record the roll at its end; let another person confirm it the next morning."""
    first, second = _pair(build, occasion.body)
    planned = min(occasion.starts_at - timedelta(days=10), build.days.moment - timedelta(hours=2))
    yield planned
    activity = services.plan(
        kind=kind,
        body=build.body(occasion.body),
        title=occasion.title,
        spot=occasion.spot,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        by=first,
        now=planned,
        key=build.key(),
    )
    if occasion.cancelled:
        yield planned + timedelta(days=9)
        moment = planned + timedelta(days=9)
        services.cancel(activity, reason=occasion.cancelled, by=first, now=moment, key=build.key())
        return
    recorded = occasion.ends_at + timedelta(minutes=15)
    yield recorded
    roll = _roll(build, activity, occasion)
    services.record_roll(activity, lines=roll, by=first, now=recorded, key=build.key())
    confirmed = recorded + timedelta(hours=13)
    yield confirmed
    services.confirm_roll(activity, seen=1, by=second, now=confirmed, key=build.key())
    if occasion.kind in MINUTED and (occasion.kind != "committee" or build.days.moment - occasion.ends_at < OPEN):
        yield from minutes.written(build, activity, first, second, confirmed)


def _pair(build: Build, body: str) -> tuple[Actor, Actor]:
    """Return who records and who confirms for a body: its secretary and its deputy."""
    return people.actor(build, body, Title.SECRETARY), people.actor(build, body, Title.DEPUTY)


def _roll(build: Build, activity: Activity, occasion: Occasion) -> list[Line]:
    if occasion.comers:
        return [Line(member.number, Presence.PRESENT) for member in _comers(build, occasion)]
    if occasion.kind == "committee":
        return [Line(member.number, Presence.PRESENT) for member in queries.due_list(activity)]
    classes = dict(MemberClass.objects.values_list("pk", "code"))
    return [_line(build, member, classes[member.member_class_id]) for member in queries.due_list(activity)]


def _line(build: Build, member: Member, kind: str) -> Line:
    if build.random.randrange(100) < COMES[kind]:
        return Line(member.number, Presence.PRESENT)
    if build.random.randrange(100) < LEAVE:
        return Line(member.number, Presence.LEAVE, reason=EXCUSED[kind])
    return Line(member.number, Presence.ABSENT)


def _comers(build: Build, occasion: Occasion) -> Sequence[Member]:
    """Draw those who come to a service from the branches of the body; the frail and the mobile stay at home."""
    path = build.body(occasion.body).path
    day = occasion.starts_at.date()
    able = [
        member
        for branch, group in build.members.items()
        if build.bodies[branch].path.startswith(path)
        for member in group
        if member.member_class.scored and member.joined_on and member.joined_on < day
    ]
    return build.random.sample(able, occasion.comers)
