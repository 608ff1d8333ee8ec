"""The order in which a demonstration comes into being."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.demo.policy.days import Days, at
from linli.demo.queries import LOADED
from linli.demo.services import (
    checkins,
    doors,
    elections,
    gatherings,
    history,
    institutions,
    land,
    life,
    merits,
    people,
    register,
    structure,
    timeline,
    walls,
    workers,
)
from linli.demo.services.build import Build
from linli.lib.words import gettext_noop
from linli.organisations.models import Body
from linli.places.models import Place
from linli.rules import services as rules

type Work = Callable[[Build], Iterator[float]]
"""A builder; it yields how much of itself is done, between 0 and 1."""

REGISTER, YEAR = 1, 7
"""Weights of the two parts on the progress bar."""


def load(as_of: date, *, subdistricts: int, password: str, receipts: dict[str, str]) -> Iterator[tuple[float, str]]:
    """Load the demonstration into an empty, migrated database; yield (share done, words) on the way.

    The caller opens the transaction, or throws the file away where the load is interrupted. `receipts` is
    filled with receipts to try out, by what they show.
    """
    days = Days(as_of)
    _calendar(days)
    above = structure.district(Build(days, prefix="QU-")) if subdistricts > 1 else (None, None)
    steps: list[tuple[str, int, Work]] = [
        (gettext_noop("Places, bodies, members"), REGISTER, partial(register_tree, above, password)),
        (gettext_noop("A year of activities, points and issues"), YEAR, _year),
    ]
    whole = sum(weight for _words, weight, _work in steps)
    for tree in range(subdistricts):
        build = Build(days, prefix=f"{tree + 1:02d}-" if tree else "")
        done = 0
        for words, weight, work in steps:
            for share in work(build):
                yield (tree + (done + share * weight) / whole) / subdistricts, words
            done += weight
        receipts |= build.receipts
    with writing(LOADED, by=Actor(name="demo"), now=days.moment, key=LOADED) as event:
        event.about(LOADED, as_of=as_of.isoformat(), subdistricts=subdistricts)
    yield 1.0, gettext_noop("Done")


def _calendar(days: Days) -> None:
    """Enter the holidays and make-up days of the years that the demonstration touches, and of the next one."""
    by = Actor(name="demo")
    for year in range(days.start.year, days.as_of.year + 2):
        rules.seed_year(year, by=by, now=days.start, key=f"demo:calendar:{year}")


def register_tree(above: tuple[Place | None, Body | None], password: str, build: Build) -> Iterator[float]:
    """Make places, bodies, members and accounts of one tree below `above`."""
    structure.add_places(build, above[0])
    yield 0.2
    structure.found_bodies(build, above[1])
    yield 0.3
    land.draw_grids(build)
    yield 0.4
    classes = register.ensure_classes(build)
    register.enrol_members(build, classes)
    register.ensure_rules(build, classes)
    history.change_tree(build)
    yield 0.7
    doors.link_doors(build)
    doors.show_some(build)
    workers.staff_cells(build)
    elections.elect_committees(build)
    yield 0.8
    if not build.prefix:
        people.open_logins(build, password)
    people.open_branches(build)
    yield 1.0


def _year(build: Build) -> Iterator[float]:
    """Let the year happen: activities, issues, deeds, bulletins, in the order of time."""
    chapters = (merits, gatherings, walls, institutions, life, checkins, elections)
    stories = [story for chapter in chapters for story in chapter.stories(build)]
    yield from timeline.run(stories, start=at(build.days.months[0].first, 0), end=build.days.moment)
