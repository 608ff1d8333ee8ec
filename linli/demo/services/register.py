"""Classes of members, the 1,017 members in their units, their posts and consents."""

from __future__ import annotations

from datetime import timedelta

from linli.demo.policy.changes import MERGED, merged_on
from linli.demo.policy.people import Person, people
from linli.demo.policy.terms import term_until
from linli.demo.services import life
from linli.demo.services.build import Build
from linli.members import services as members
from linli.members.models import ClassRule, Member, MemberClass
from linli.members.policy.classes import Flaw
from linli.members.policy.kinds import Purpose, Stage, Title
from linli.organisations.models import Body
from linli.organisations.policy.kinds import BodyKind

PURPOSES = ((Purpose.NAME_BULLETIN, 0.3), (Purpose.NAME_WALL, 0.15), (Purpose.IDENTITY_CARD, 0.2))
RETIRED_AT = 60
INVENTED = "1990000"
"""Begins the telephone numbers of the demonstration: one in `PHONE_EACH` members has one, plainly counted up."""
PHONE_EACH = 3
PROBATION = timedelta(days=366)


def ensure_classes(build: Build) -> dict[str, MemberClass]:
    """Make the classes of classified management (四分) with their duty sets, and what is the same for all."""
    return members.ensure_default_classes(by=build.by, now=build.days.start, key=build.key())


def ensure_rules(build: Build, classes: dict[str, MemberClass]) -> None:
    """Give what holds everywhere to the working committee, and to each community its backstop."""
    root = next(body for body in build.bodies.values() if body.kind == BodyKind.WORKING_COMMITTEE)
    everywhere = (
        ClassRule(body=root, flaw=Flaw.UNIT_ENDED),
        ClassRule(body=root, flaw=Flaw.NO_CLASS, to_class=classes["direct"]),
        ClassRule(body=root, of_class=classes["direct"], age_from=RETIRED_AT, to_class=classes["retired"]),
    )
    communities = [body for body in build.bodies.values() if body.kind == BodyKind.GENERAL_BRANCH]
    for rule in (*everywhere, *(ClassRule(body=body, flaw=Flaw.NO_UNIT, to_unit=body) for body in communities)):
        members.add_rule(rule, by=build.by, now=build.days.start, key=build.key())


def enrol_members(build: Build, classes: dict[str, MemberClass]) -> None:
    """Enrol all members into their branches and appoint those with posts."""
    planned = people(build.days, build.prefix)
    for person in planned:
        member = _enrol(build, person, classes)
        for body, title in person.posts:
            build.posts.setdefault((build.code(body), title.value), member)
            if build.body(body).kind != BodyKind.GENERAL_BRANCH:  # elected, see `elections`
                _appoint(build, member, body, title)
    _lead_groups(build)
    _consents(build)


def _enrol(build: Build, person: Person, classes: dict[str, MemberClass]) -> Member:
    body = build.body(person.branch)
    member = life.admitted(build, person, classes) or _member(build, person, classes, body)
    build.members.setdefault(body.code, []).append(member)
    return member


def _member(build: Build, person: Person, classes: dict[str, MemberClass], body: Body) -> Member:
    full = person.joined_on + PROBATION if person.stage is Stage.FULL else None
    member = Member(
        number=build.code(f"M{person.index + 1:04d}"),
        name=person.name,
        sex=person.sex,
        born_on=person.born_on,
        education=person.education,
        stage=person.stage,
        joined_on=person.joined_on,
        full_on=full,
        member_class=classes[person.kind],
        phone=f"{INVENTED}{person.index:04}" if person.index % PHONE_EACH == 0 else "",
    )
    since = max(person.joined_on, build.days.founded)
    early = since < merged_on(build.days) and len(build.members.get(body.code, ())) < MERGED.members
    unit = build.body(MERGED.code) if early and person.branch == MERGED.into else body
    return members.enrol(member, body=unit, by=build.by, now=build.days.start, key=build.key(), since=since)


def _appoint(build: Build, member: Member, body: str, title: Title) -> None:
    members.appoint(
        member,
        body=build.body(body),
        title=title,
        by=build.by,
        now=build.days.start,
        key=build.key(),
        since=build.days.elected,
        term_until=term_until(build.days, body, title),
    )


def _lead_groups(build: Build) -> None:
    """Appoint the leader of each building group and the member of each centre household, from its own branch."""
    taken: dict[str, int] = {}
    titles = {BodyKind.BUILDING_GROUP: Title.GROUP_LEADER, BodyKind.CENTRE_HOUSEHOLD: Title.CENTRE_HOUSEHOLD}
    for code, body in list(build.bodies.items()):
        title = titles.get(BodyKind(body.kind))
        if title is None:
            continue
        branch = code.rsplit("-", 2)[0] + "-ZB"
        leaders = [m for m in build.members[branch] if m.member_class.code in {"direct", "retired"} and m.full_on]
        turn = taken[branch] = taken.get(branch, -1) + 1
        leader = leaders[-1 - turn % len(leaders)]
        build.posts.setdefault((code, title.value), leader)
        _appoint(build, leader, code.removeprefix(build.prefix), title)


def _consents(build: Build) -> None:
    """Let some members agree, each purpose on its own; nobody is presumed to."""
    for group in build.members.values():
        for member in group:
            for purpose, share in PURPOSES:
                if build.random.random() < share:
                    members.set_consent(
                        member, purpose=purpose, given=True, by=build.by, now=build.days.start, key=build.key()
                    )
