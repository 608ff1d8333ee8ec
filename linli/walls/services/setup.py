"""Walls, categories and posters."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from linli.access.decide import SYSTEM, Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.paths import chain, covers
from linli.lib.words import gettext_noop
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.places.models import Place
from linli.walls.models import Category, Issue, Poster, Wall
from linli.walls.policy.categories import DEFAULTS
from linli.walls.policy.kinds import Clock, Level
from linli.walls.policy.levels import ABOVE, PLACES, may_hang_above
from linli.walls.policy.numbers import poster_code

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


def open_wall(
    *,
    place: Place,
    body: Body,
    by: Actor,
    now: datetime,
    key: str,
    code: str = "",
    name: str = "",
    above: Wall | None = None,
) -> Wall:
    """Open the wall of `place`, for which `body` answers, with its first poster and the shipped categories.

    The level follows from the kind of the place; `above` is the nearest wall of the next level where it is
    not named; `code` and `name` are those of the place where they are not given. Refused: a kind of place
    that has no wall, a place that has one, a code that cannot stand in a number or is taken, no wall above.
    """
    with writing("wall.open", by=by, now=now, key=key) as event:
        level = _level(place)
        code = _free_code(code or place.code)
        upper = _upper(level, place, above)
        wall = Wall.objects.create(
            code=code, name=name.strip() or place.name, level=level, place=place, body=body, above=upper
        )
        _missing_categories()
        _poster(wall, place, now=now, seed=key)
        event.about(wall.ref, place=place.code, body=body.code)
    return wall


def print_poster(wall: Wall, *, place: Place, by: Actor, now: datetime, key: str) -> Poster:
    """Make a poster of `wall` that hangs at `place`; what it opens knows the place.

    A place has one poster of a wall: asked again, the same comes back. Refused: a place outside the wall's.
    """
    with writing("poster.print", by=by, now=now, key=key) as event:
        if not covers(wall.place.path, place.path):
            raise Refusal(
                "poster-place",
                gettext_noop("%(place)s is not within %(wall)s; choose a place of this wall."),
                field="place",
                place=place.name,
                wall=wall.name,
            )
        made = wall.posters.filter(place=place).first() or _poster(wall, place, now=now, seed=key)
        event.about(wall.ref, poster=made.code, place=place.code)
    return made


def ensure_categories(*, by: Actor, now: datetime, key: str) -> int:
    """Add the shipped categories that are missing; return how many. Those there are left as they are."""
    with writing("category.ensure", by=by, now=now, key=key) as event:
        added = _missing_categories()
        event.about("category:*", added=added)
    return added


def set_category(
    *,
    code: str,
    name: str,
    guidance: str,
    clock: Clock,
    private: bool,
    order: int,
    by: Actor,
    now: datetime,
    key: str,
) -> Category:
    """Make or change a category. An empty name or guidance stands for the shipped words, where there are any."""
    with writing("category.set", by=by, now=now, key=key) as event:
        if not name.strip() and code not in DEFAULTS:
            raise Refusal("category-name", gettext_noop("Give the category a name."), field="name")
        category, _new = Category.objects.update_or_create(
            code=code,
            defaults={"name": name, "guidance": guidance, "clock": clock, "private": private, "order": order},
        )
        event.about(f"category:{code}", clock=clock.value, private=private)
    return category


def _level(place: Place) -> Level:
    level = PLACES.get(place.kind)
    if level is None:
        raise Refusal(
            "wall-place",
            gettext_noop(
                "%(place)s cannot have a wall: walls hang in courtyards, estates, communities and subdistricts."
            ),
            field="place",
            place=place.name,
        )
    if Wall.objects.filter(place=place).exists():
        raise Refusal("wall-exists", gettext_noop("%(place)s has a wall already."), field="place", place=place.name)
    return level


def _free_code(code: str) -> str:
    if not CODE.fullmatch(code):
        raise Refusal(
            "wall-code",
            gettext_noop(
                "The code %(code)s cannot be used: take up to 40 Latin letters, digits, hyphens and underscores."
            ),
            field="code",
            code=code,
        )
    if Wall.objects.filter(code=code).exists():
        raise Refusal(
            "wall-code-taken", gettext_noop("The code %(code)s is taken; choose another."), field="code", code=code
        )
    return code


def _upper(level: Level, place: Place, named: Wall | None) -> Wall | None:
    wanted = ABOVE[level]
    if wanted is None:
        return None
    if named is not None and may_hang_above(level, Level(named.level)) and covers(named.place.path, place.path):
        return named
    found = Wall.objects.filter(level=wanted, place__in=chain(place.path)).order_by("-place__path").first()
    if found is None or named is not None:
        raise Refusal(
            "wall-above",
            gettext_noop("%(place)s has no wall above it that can take over; open that one first."),
            field="place",
            place=place.name,
        )
    return found


def _missing_categories() -> int:
    before = Category.objects.count()
    Category.objects.bulk_create(
        [
            Category(code=code, clock=shipped.clock, private=shipped.private, order=order * 10)
            for order, (code, shipped) in enumerate(DEFAULTS.items(), start=1)
        ],
        ignore_conflicts=True,
    )
    return Category.objects.count() - before


def _poster(wall: Wall, place: Place, *, now: datetime, seed: str) -> Poster:
    digest = hashlib.sha256(f"{wall.code}/{place.code}/{seed}".encode()).digest()
    while Poster.objects.filter(code=poster_code(digest)).exists():
        digest = hashlib.sha256(digest).digest()
    return Poster.objects.create(code=poster_code(digest), wall=wall, place=place, made_at=now)


def hand_over(now: datetime) -> int:
    """Give the walls of bodies that have ended, with what is not closed on them, to their heirs; return how many walls.

    Locks the issues, then the walls, as they are locked wherever an issue moves. What was signed stays signed by
    the body that ended.
    """
    heirs = organisations.heirs(local_date(now))
    if not Wall.objects.filter(body__in=heirs).exists():
        return 0
    with writing("wall.hand_over", by=SYSTEM, now=now, key=f"wall-hand-over:{now.isoformat()}") as event:
        left = Issue.objects.filter(wall__body__in=heirs, closed_at=None)
        list(left.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        walls = list(Wall.objects.select_for_update(of=("self",)).filter(body__in=heirs).order_by("pk"))
        for wall in walls:
            wall.body = heirs[wall.body_id]
            wall.version += 1
            Issue.objects.filter(wall=wall, closed_at=None).update(owner=wall.body)
        Wall.objects.bulk_update(walls, ["body", "version"])
        event.about("wall:*", walls={wall.code: wall.body.code for wall in walls})
    return len(walls)
