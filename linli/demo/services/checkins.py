"""In-service members who checked in at their community at the beginning of the year (双报到)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from linli.demo.policy.tree import COMMUNITIES
from linli.demo.policy.units import units
from linli.demo.services.build import Build
from linli.demo.services.timeline import Story
from linli.lib.quarter import Quarter
from linli.members import services as members
from linli.members.models import Member
from linli.points import queries as points

HOME_UNITS = (
    ("区教育局机关党委", "组织科 0731-80000001"),
    ("区人民医院党委", "党办 0731-80000002"),
    ("区城管局机关党委", "人事科 0731-80000003"),
)
HOW_MANY = 6
SILENT = 5
"""The place of the one who does not agree to feedback."""


def stories(build: Build) -> Iterator[Story]:
    """Return the story of each community."""
    for turn, community in enumerate(COMMUNITIES, start=1):
        yield _check_ins(build, community.code, turn)


def _check_ins(build: Build, community: str, turn: int) -> Story:
    """Enter the slips of the year: first those who have served since, so that their home units hear something."""
    moment = build.days.moment - timedelta(hours=10)
    yield moment
    since = build.days.months[0].first + timedelta(days=9)
    for place, member in enumerate(_serving(build, community)[:HOW_MANY]):
        unit, contact = HOME_UNITS[place % len(HOME_UNITS)]
        members.check_in(
            member,
            body=build.body(f"{community}-ZZ"),
            home_unit=unit,
            contact=contact,
            slip=build.code(f"报到{since.year}-{turn}{place + 1:02d}"),
            since=since,
            agreed=place != SILENT,
            by=build.by,
            now=moment,
            key=build.key(),
        )


def _serving(build: Build, community: str) -> list[Member]:
    """Return the members in work of a community who joined before the year, those who served last quarter first."""
    branches = [unit.code for unit in units() if unit.community == community]
    first = build.days.months[0].first
    found = [
        member
        for code in branches
        for member in build.members[build.code(code)]
        if member.member_class.code == "serving" and member.joined_on and member.joined_on < first
    ]
    quarter = Quarter.of(build.days.as_of).previous
    served = points.deeds_of([member.pk for member in found], "SHUANG", quarter.first, quarter.after)
    return sorted(found, key=lambda member: member.pk not in {deed.member for deed in served})
