"""Accounts: those that one can log in with, and those by which branches record and confirm."""

from __future__ import annotations

from linli.access.decide import Actor
from linli.access.roles import Role
from linli.accounts import queries
from linli.accounts import services as accounts
from linli.accounts.models import User
from linli.demo.policy.logins import LOGINS, Login
from linli.demo.policy.tree import COMMUNITIES
from linli.demo.policy.units import units
from linli.demo.services.build import Build
from linli.members import services as members
from linli.members.models import Member
from linli.members.policy.kinds import Title

OFFICE = "jiedao"
"""The account of the subdistrict office, which acts in the stories as well."""


def open_logins(build: Build, password: str) -> None:
    """Open the accounts of the first tree, with `password` and second factors."""
    for login in LOGINS:
        member = _behind(build, login)
        user = _user(build, login.name, member, login.shown, password)
        _grant(build, user, login.role, login.body)
        if login.role is Role.COMMUNITY_STAFF:
            _grant(build, user, login.role, login.body.replace("-ZZ", "-JWH"))
        if login.staff:
            accounts.give_totp(user, secret=login.secret, by=build.by, now=build.days.start, key=build.key())


def open_branches(build: Build) -> None:
    """Give every branch a secretary and a deputy, every community its staff, who can act; none can log in yet."""
    if OFFICE not in build.users:
        _grant(build, _user(build, _named(build, OFFICE), None, "街道办事处"), Role.SUBDISTRICT_STAFF, "DGW")
    for community in COMMUNITIES:
        for title in (Title.SECRETARY, Title.DEPUTY):
            head = build.posts[build.code(f"{community.code}-ZZ"), title.value]
            user = _user(build, f"{title.value}.{head.number.lower()}", head)
            _grant(build, user, Role.COMMUNITY_STAFF, f"{community.code}-ZZ")
            _grant(build, user, Role.COMMUNITY_STAFF, f"{community.code}-JWH")
    for unit in units():
        for title, role in ((Title.SECRETARY, Role.SECRETARY), (Title.DEPUTY, Role.DEPUTY)):
            member = build.posts[build.code(unit.code), title.value]
            if not member.user_id:
                user = _user(build, f"{title.value}.{member.number.lower()}", member)
                _grant(build, user, role, unit.code)


def actor(build: Build, body: str, title: Title) -> Actor:
    """Return the holder of a post as one who acts."""
    user = build.posts[build.code(body), title.value].user
    if user is None:
        raise LookupError(body, title)
    if user.username not in build.actors:
        build.actors[user.username] = queries.actor_of_user(user, build.days.as_of)
    return build.actors[user.username]


def office(build: Build) -> Actor:
    """Return the staff of the subdistrict office as one who acts."""
    name = _named(build, OFFICE)
    if name not in build.actors:
        build.actors[name] = queries.actor_of_user(build.users[name], build.days.as_of)
    return build.actors[name]


def _named(build: Build, name: str) -> str:
    """Return a user name that no other tree has."""
    return f"{name}.{build.prefix.removesuffix('-')}" if build.prefix else name


def _behind(build: Build, login: Login) -> Member | None:
    if login.post:
        return build.posts[build.code(login.post[0]), login.post[1].value]
    if login.role is not Role.MEMBER:
        return None
    held = {member.pk for member in build.posts.values()}
    group = build.members[build.code(login.body)]
    return next(m for m in group if m.pk not in held and m.member_class.code == "direct" and m.full_on)


def _user(build: Build, name: str, member: Member | None, shown: str = "", password: str | None = None) -> User:
    user = accounts.make_user(
        username=name,
        shown_name=member.name if member else shown,
        by=build.by,
        now=build.days.start,
        key=build.key(),
        password=password,
        outside_party=member is None,
    )
    if member:
        members.link_account(member, user=user, by=build.by, now=build.days.start, key=build.key())
    build.users[name] = user
    return user


def _grant(build: Build, user: User, role: Role, body: str) -> None:
    accounts.grant_role(
        user,
        role=role,
        body=build.body(body),
        by=build.by,
        now=build.days.start,
        key=build.key(),
        since=build.days.elected,
    )
