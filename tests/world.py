"""A small subdistrict that every database test finds: built once through the services, loaded by each test.

Places   S > C1 > E1 > Y1 > B1 > U1 > H1;  E1 > Y2;  S > C2 > E3
Bodies   W serves S;  W > OF > RC1 (C1), RC2 (C2);  W > G1 (C1) > BR1 (E1) > BY1 (Y1) > BG1 (B1);
         BR1 > BY2 (Y2);  W > G2 (C2) > BR2 (E3)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import transaction

from linli.access.decide import Actor
from linli.access.roles import Role
from linli.accounts import queries as accounts_queries
from linli.accounts import services as accounts
from linli.accounts.models import User
from linli.lib.clock import CHINA, local_date
from linli.members import services as members
from linli.members.models import Member
from linli.organisations import services as organisations
from linli.organisations.models import Body
from linli.organisations.policy.kinds import BodyKind as B
from linli.places import services as places
from linli.places.models import Place
from linli.places.policy.kinds import PlaceKind as P

NOW = datetime(2026, 3, 18, 10, 0, tzinfo=CHINA)
SINCE = date(2020, 1, 1)
PLACES = [
    ("S", P.SUBDISTRICT, ""),
    ("C1", P.COMMUNITY, "S"),
    ("C2", P.COMMUNITY, "S"),
    ("E1", P.ESTATE, "C1"),
    ("E3", P.ESTATE, "C2"),
    ("Y1", P.COURTYARD, "E1"),
    ("Y2", P.COURTYARD, "E1"),
    ("B1", P.BUILDING, "Y1"),
    ("U1", P.STAIRWELL, "B1"),
    ("H1", P.HOUSEHOLD, "U1"),
]
BODIES = [
    ("W", B.WORKING_COMMITTEE, "", "S"),
    ("OF", B.OFFICE, "W", "S"),
    ("RC1", B.RESIDENTS_COMMITTEE, "OF", "C1"),
    ("RC2", B.RESIDENTS_COMMITTEE, "OF", "C2"),
    ("G1", B.GENERAL_BRANCH, "W", "C1"),
    ("G2", B.GENERAL_BRANCH, "W", "C2"),
    ("BR1", B.BRANCH, "G1", "E1"),
    ("BR2", B.BRANCH, "G2", "E3"),
    ("BY1", B.BRANCH, "BR1", "Y1"),
    ("BY2", B.BRANCH, "BR1", "Y2"),
    ("BG1", B.BUILDING_GROUP, "BY1", "B1"),
]
NAMES = ["王小一", "李小二", "张小三", "刘小四", "陈小五"]
_numbers = itertools.count(1)


class World:
    """The objects of the small subdistrict, read afresh from the database."""

    now = NOW

    def __init__(self) -> None:
        self.places = {place.code: place for place in Place.objects.all()}
        self.bodies = {body.code: body for body in Body.objects.all()}
        self.members: dict[str, list[Member]] = {}
        for member in Member.objects.order_by("number").select_related("user"):
            self.members.setdefault(member.number.split("-")[0], []).append(member)
        self.member = self.members["BY1"][0]
        self.by = Actor(name="tests")

    def key(self) -> str:
        return f"test-key-{next(_numbers):012d}"

    def user(
        self, role: Role | None = None, body: str = "W", *, ended: bool = False, totp: bool = True, outside: bool = True
    ) -> User:
        """Make a user, with a grant of `role` at `body` (ended yesterday where `ended`), said to be no member."""
        name = f"user-{next(_numbers)}"
        given = {"by": self.by, "now": self.now, "key": self.key()}
        user = accounts.make_user(username=name, shown_name=name, outside_party=outside, **given)
        if role is not None:
            grant = accounts.grant_role(
                user, role=role, body=self.bodies[body], by=self.by, now=self.now, key=self.key(), since=SINCE
            )
            if ended:
                yesterday = self.now - timedelta(days=1)
                accounts.end_role(grant, by=self.by, now=yesterday, key=self.key())
        if totp:
            add_totp(user)
        return user

    def actor_of(self, user: User) -> Actor:
        return accounts_queries.actor_of_user(user, local_date(self.now))

    def actor(self, role: Role, body: str = "W") -> Actor:
        """Make a user with `role` at `body` and return it as an actor."""
        return self.actor_of(self.user(role, body))

    def wall(self, body: str) -> object:
        """The wall for which `body` answers."""
        from linli.walls.models import Wall

        return Wall.objects.get(body=self.bodies[body])


def add_totp(user: User) -> None:
    """Give `user` a second factor."""
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build() -> None:
    """Build the small subdistrict in an empty database."""
    by = Actor(name="tests")
    step = (f"world-{number:06d}" for number in itertools.count())
    made: dict[str, Place] = {}
    for code, kind, above in PLACES:
        made[code] = places.add_place(
            kind=kind, code=code, name=f"地{code}", parent=made.get(above), by=by, now=NOW, key=next(step), since=SINCE
        )
    bodies: dict[str, Body] = {}
    for code, body_kind, above, serves in BODIES:
        bodies[code] = organisations.found_body(
            kind=body_kind,
            code=code,
            name=f"组织{code}",
            parent=bodies.get(above),
            by=by,
            now=NOW,
            key=next(step),
            since=SINCE,
            serves=[made[serves]],
        )
    ordinary = members.ensure_class(
        code="direct", name="社区直管", duties="", scored=True, by=by, now=NOW, key=next(step)
    )
    for code in ("BR1", "BY1", "BY2", "BR2"):
        for index, name in enumerate(NAMES, start=1):
            member = Member(
                number=f"{code}-{index}",
                name=name,
                member_class=ordinary,
                joined_on=date(2010, 7, index),
                full_on=date(2011, 7, index),
                born_on=date(1980, 5, index),
            )
            members.enrol(member, body=bodies[code], by=by, now=NOW, key=next(step), since=SINCE)
    first = Member.objects.get(number="BY1-1")
    user = accounts.make_user(username="member", shown_name="王小一", by=by, now=NOW, key=next(step))
    members.link_account(first, user=user, by=by, now=NOW, key=next(step))
    build_apps(made, bodies, by, step)


def build_apps(places: dict[str, Place], bodies: dict[str, Body], by: Actor, step: Iterator[str]) -> None:
    """Default data of the apps; each app adds its part here."""
    from linli.activities import services as activities
    from linli.points import services as points

    points.ensure_default_sheet(since=SINCE, by=by, now=NOW, key=next(step))
    activities.ensure_default_kinds(by=by, now=NOW, key=next(step))
    build_walls(places, bodies, by, step)


def build_walls(places: dict[str, Place], bodies: dict[str, Body], by: Actor, step: Iterator[str]) -> None:
    """Walls: street S (OF), mother C1 (RC1) and C2 (RC2), child Y1 (BY1) and Y2 (BY2)."""
    from linli.walls.services import open_wall

    for place, body in (("S", "OF"), ("C1", "RC1"), ("C2", "RC2"), ("Y1", "BY1"), ("Y2", "BY2")):
        open_wall(place=places[place], body=bodies[body], by=by, now=NOW, key=next(step))
