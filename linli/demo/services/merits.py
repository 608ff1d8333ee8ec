"""Points: deeds by hand, those that wait for a second person, and the bulletins of the months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from linli.access.decide import Actor
from linli.demo.policy.days import at
from linli.demo.policy.tree import COMMUNITIES
from linli.demo.policy.units import Unit, units
from linli.demo.services import people
from linli.demo.services.build import Build
from linli.demo.services.timeline import Story
from linli.lib.month import Month
from linli.members.policy.kinds import Title
from linli.points import services
from linli.points.models import Deed
from linli.points.policy.booking import may_confirm
from linli.points.policy.kinds import DeedState

PREPARED, PUBLISHED = 6, 12
"""Days of the next month on which a bulletin is drafted and published; between them objections can come."""
TRY_PUBLISHING, TRY_PREPARING = "JM-HT-Y1-ZB", "JM-HT-ZB"
"""The branch whose draft can be published by hand, and the one whose last month is still to be prepared."""
DUES_AT = "JM-HT-Y1"
DEEDS = (
    ("PLEDGE", "承诺践诺：认领楼道绿植养护"),
    ("SHUANG", "双报到：周末到社区值守半天"),
    ("LINK", "联户：走访本单元住户并记录"),
    ("PLEDGE", "承诺践诺：教邻居用手机挂号"),
)


def stories(build: Build) -> Iterator[Story]:
    """Set up the indicator sheet; return the stories of deeds and bulletins."""
    services.ensure_default_sheet(since=build.days.founded, by=build.by, now=build.days.start, key=build.key())
    for index, unit in enumerate(units()):
        yield _deeds(build, unit, index)
        yield _bulletins(build, unit)
        if unit.place.startswith(DUES_AT):
            yield _dues(build, unit)
    for community in COMMUNITIES:
        yield _second_person(build, community.code)


def _deeds(build: Build, unit: Unit, index: int) -> Story:
    """Record a deed of some member each month, by the secretary; the last ones are still waiting."""
    months = (*build.days.months, Month.of(build.days.as_of))
    by = people.actor(build, unit.code, Title.SECRETARY)
    group = [m for m in build.members[build.code(unit.code)] if m.member_class.scored and m.full_on]
    for turn, month in enumerate(months):
        done = month.first + timedelta(days=(index + turn) % 27)
        yield at(done, 17)
        indicator, note = DEEDS[(index + turn) % len(DEEDS)]
        services.record_deed(
            member=build.random.choice(group[5:]),
            indicator=indicator,
            deed_on=done,
            note=note,
            recorder=by.ref,
            by=by,
            now=at(done, 17),
            key=build.key(),
        )


def _second_person(build: Build, community: str) -> Story:
    """Let the community's staff confirm once a week what waits; what came in the last ten days still waits."""
    pair = [people.actor(build, f"{community}-ZZ", title) for title in (Title.SECRETARY, Title.DEPUTY)]
    branches = [unit.code for unit in units() if unit.community == community]
    numbers = [member.pk for code in branches for member in build.members[build.code(code)]]
    moment = at(build.days.months[0].first + timedelta(days=3), 10)
    while moment < build.days.moment - timedelta(days=10):
        yield moment
        settled = moment - timedelta(days=2)
        waiting = Deed.objects.filter(state=DeedState.WAITING, member__in=numbers, recorded_at__lt=settled)
        for by, deeds in _shared_out(list(waiting.select_related("member").order_by("pk")), pair).items():
            services.confirm_deeds(deeds, by=by, now=moment, key=build.key())
        moment += timedelta(days=7)


def _shared_out(waiting: list[Deed], pair: list[Actor]) -> dict[Actor, list[Deed]]:
    """Return the deeds by who may confirm them."""
    found: dict[Actor, list[Deed]] = {}
    for deed in waiting:
        earner = f"user:{deed.member.user_id}"
        by = next((actor for actor in pair if may_confirm(actor.ref, recorder=deed.recorder, earner=earner)), None)
        if by is not None:
            found.setdefault(by, []).append(deed)
    return found


def _dues(build: Build, unit: Unit) -> Story:
    """Let the treasurer of one branch tick who paid dues in time, and the deputy confirm."""
    treasurer, second = (people.actor(build, unit.code, title) for title in (Title.SECRETARY, Title.DEPUTY))
    for month in build.days.months:
        moment = at(month.first.replace(day=25), 15)
        yield moment
        lines = [
            services.Award(member, "DUES")
            for member in build.members[build.code(unit.code)]
            if member.member_class.scored and member.joined_on and member.joined_on < month.first
        ]
        others = [line for line in lines if line.member.user_id != second.user_id]
        deeds = services.record_deeds(
            lines=others,
            deed_on=month.first.replace(day=25),
            note="按月交纳党费",
            recorder=treasurer.ref,
            by=treasurer,
            now=moment,
            key=build.key(),
            source=f"dues:{unit.code}:{month}",
        )
        yield moment + timedelta(days=1)
        services.confirm_deeds(deeds, by=second, now=moment + timedelta(days=1), key=build.key())


def _bulletins(build: Build, unit: Unit) -> Story:
    """Draft each month by the secretary and publish it by the deputy; the last month is left to be done by hand."""
    days = build.days
    preparer, publisher = (people.actor(build, unit.code, title) for title in (Title.SECRETARY, Title.DEPUTY))
    *earlier, last = days.months
    early = days.as_of.day <= PUBLISHED
    for month in earlier:
        drafted = at(month.following.first.replace(day=PREPARED), 9)
        yield drafted
        bulletin = services.prepare_bulletin(
            build.body(unit.code), month=month, by=preparer, now=drafted, key=build.key()
        )
        if early and unit.code == TRY_PUBLISHING and month == earlier[-1]:
            return
        published = at(month.following.first.replace(day=PUBLISHED), 9)
        yield published
        services.publish_bulletin(bulletin, by=publisher, now=published, key=build.key())
    if unit.code != TRY_PREPARING:
        drafted = at(last.following.first.replace(day=PREPARED), 9)
        yield drafted
        services.prepare_bulletin(build.body(unit.code), month=last, by=preparer, now=drafted, key=build.key())
