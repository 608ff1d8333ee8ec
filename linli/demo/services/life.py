"""The life of memberships in one branch: applicants at every step, who lives elsewhere, transfers, a death.

Who comes is balanced by who goes: at the end of the year the register counts what it counted before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from linli.demo.policy.days import at
from linli.demo.policy.names import name
from linli.demo.policy.people import Person
from linli.demo.services.build import Build
from linli.demo.services.timeline import Story
from linli.members import services as members
from linli.members.models import Applicant, Member, MemberClass
from linli.members.policy.kinds import ApplicantStage, Education, Ending, Sex, Stage, Standing

BRANCH, NEIGHBOUR = "JM-HT-Y1-ZB", "JM-HT-Y2-ZB"
FIRST = 1100
"""Number of the first name that no member of the plan has."""
WAYS = (
    (ApplicantStage.APPLICANT, 20),
    (ApplicantStage.APPLICANT, 45),
    (ApplicantStage.ACTIVIST, 300),
    (ApplicantStage.TARGET, 800),
)
"""Applicants: how far, and how many days ago they applied. Nobody has talked with the second yet."""
AWAY = (
    ("浙江杭州", 400, "社区流动证明1号"),
    ("浙江杭州", 150, ""),
    ("浙江杭州", 60, ""),
    ("广东深圳", 800, "社区流动证明2号"),
)
"""Mobile members: where, for how many days, certificate."""


def admitted(build: Build, person: Person, classes: dict[str, MemberClass]) -> Member | None:
    """Let the one on probation in `BRANCH` come by way of an application; None for everybody else."""
    if person.branch != BRANCH or person.stage is Stage.FULL:
        return None
    days = build.days
    applicant = _apply(build, person.name, person.sex, person.born_on, person.joined_on - timedelta(days=900))
    _talk(build, applicant, person.joined_on - timedelta(days=880))
    _advance(build, applicant, ApplicantStage.ACTIVIST, person.joined_on - timedelta(days=600))
    _advance(build, applicant, ApplicantStage.TARGET, person.joined_on - timedelta(days=120))
    return members.admit(
        applicant,
        on=person.joined_on,
        member_class=classes[person.kind],
        number=build.code(f"M{person.index + 1:04d}"),
        document="支部大会决议",
        by=build.by,
        now=days.moment,
        key=build.key(),
    )


def stories(build: Build) -> Iterator[Story]:
    """Return the stories of the branch."""
    yield _leavers(build)
    yield _standings(build)
    yield _way_in(build)
    yield _transfers(build)


def _leavers(build: Build) -> Story:
    """Let one member die, and another be transferred out; both were members before the year began."""
    days, group = build.days, build.members[build.code(BRANCH)]
    dying, going = (_before(build, turn, group[0].member_class) for turn in (0, 1))
    moment = at(days.months[3].first + timedelta(days=7), 8)  # before the first roll of that day
    yield moment
    members.depart(dying, ending=Ending.DIED, on=moment.date(), by=build.by, now=moment, key=build.key())
    moment = at(days.months[6].first + timedelta(days=2), 8)
    yield moment
    slip = members.issue(
        going, target_name="长沙市某社区党委", reason="随子女居住", by=build.by, now=moment, key=build.key()
    )
    moment += timedelta(days=20)
    yield moment
    members.receive(slip, on=moment.date(), by=build.by, now=moment, key=build.key())


def _before(build: Build, turn: int, ordinary: MemberClass) -> Member:
    """Enrol one who is not in the plan, and leaves before the year is over; takes no part in points."""
    frail = MemberClass.objects.filter(code="frail").first() or ordinary
    born_on = date(build.days.as_of.year - 84 - turn, 5, 20)
    member = Member(
        number=build.code(f"M{1018 + turn}"),
        name=name(FIRST + turn),
        sex=Sex.MALE,
        born_on=born_on,
        education=Education.SENIOR,
        joined_on=date(born_on.year + 30, 7, 1),
        full_on=date(born_on.year + 31, 7, 1),
        member_class=frail,
    )
    since = build.days.founded
    return members.enrol(
        member, body=build.body(BRANCH), by=build.by, now=build.days.start, key=build.key(), since=since
    )


def _standings(build: Build) -> Story:
    """Let some live elsewhere, one have no vote for a time, one be excused for age."""
    group = [member for member in build.members[build.code(BRANCH)] if member.full_on]
    mobile, frail = ([m for m in group if m.member_class.code == code] for code in ("mobile", "frail"))
    moment = build.days.moment - timedelta(hours=12)
    yield moment
    for member, (where, ago, document) in zip(mobile, AWAY, strict=False):
        since = max(build.days.as_of - timedelta(days=ago), build.days.founded)
        _stand(build, member, Standing.MOBILE, since, where, document)
        if document:
            members.note_contact(
                member, on=since + timedelta(days=180), words="电话汇报", by=build.by, now=moment, key=build.key()
            )
    for member in frail[:1]:
        _stand(build, member, Standing.EXCUSED, build.days.founded, "", "支部决议3号")
    for member in [m for m in group if m.member_class.code == "serving"][:1]:
        _stand(build, member, Standing.SUSPENDED, build.days.as_of - timedelta(days=40), "", "纪决2号")


def _stand(build: Build, member: Member, kind: Standing, since: date, where: str, document: str) -> None:
    members.begin_standing(
        member,
        kind=kind,
        since=since,
        where=where,
        document=document,
        by=build.by,
        now=build.days.moment,
        key=build.key(),
    )


def _way_in(build: Build) -> Story:
    """Let people apply, and come as far as `WAYS` says."""
    moment = build.days.moment - timedelta(hours=11)
    yield moment
    for turn, (stage, ago) in enumerate(WAYS):
        on = build.days.as_of - timedelta(days=ago)
        born_on = date(build.days.as_of.year - 30 - turn, 3, 12)
        applicant = _apply(build, name(FIRST + 10 + turn), Sex.FEMALE, born_on, on)
        if stage is not ApplicantStage.APPLICANT:
            _talk(build, applicant, on + timedelta(days=15))
            _advance(build, applicant, ApplicantStage.ACTIVIST, on + timedelta(days=200))
        if stage is ApplicantStage.TARGET:
            _advance(build, applicant, ApplicantStage.TARGET, on + timedelta(days=600))


def _transfers(build: Build) -> Story:
    """Have two slips under way between branches, and one with which somebody comes from outside."""
    moment = at(build.days.as_of - timedelta(days=6), 15)
    yield moment
    for body, target in ((BRANCH, NEIGHBOUR), (NEIGHBOUR, BRANCH)):
        held = {member.pk for member in build.posts.values()}
        group = [member for member in build.members[build.code(body)] if member.pk not in held and member.full_on]
        member = next(m for m in reversed(group) if not m.user_id)
        members.issue(member, target=build.body(target), reason="搬到新楼", by=build.by, now=moment, key=build.key())
    members.announce(
        number=build.code("外转2041号"),
        name=name(FIRST + 20),
        source_name="株洲市某街道党工委",
        target=build.body(BRANCH),
        issued_on=moment.date() - timedelta(days=10),
        valid_until=moment.date() + timedelta(days=80),
        by=build.by,
        now=moment,
        key=build.key(),
    )


def _apply(build: Build, called: str, sex: Sex, born_on: date, on: date) -> Applicant:
    found = Applicant(name=called, sex=sex, born_on=born_on, education=Education.BACHELOR, body=build.body(BRANCH))
    return members.apply(found, on=on, document="入党申请书", by=build.by, now=build.days.moment, key=build.key())


def _talk(build: Build, applicant: Applicant, on: date) -> None:
    members.talk(applicant, on=on, by=build.by, now=build.days.moment, key=build.key())


def _advance(build: Build, applicant: Applicant, to: ApplicantStage, on: date) -> None:
    members.advance(applicant, to=to, on=on, document="支部决议", by=build.by, now=build.days.moment, key=build.key())
