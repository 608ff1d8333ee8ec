"""The way into the Party: steps in order and in time, admission, full membership, and who is due when."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.lib.errors import Refusal
from linli.members import queries, services
from linli.members.models import Applicant, Member
from linli.members.policy.kinds import ApplicantStage
from linli.members.queries import applicants as reads
from linli.rules import services as rules

DAY = date(2026, 3, 18)
BORN = date(1995, 5, 20)


def writes(world):
    return {"by": world.by, "now": world.now, "key": world.key()}


def apply(world, on=date(2024, 1, 10), *, born=BORN, body="BY1", name="赵新一"):
    found = Applicant(name=name, born_on=born, body=world.bodies[body])
    return services.apply(found, on=on, document="申1", **writes(world))


def advance(world, found, to, on):
    return services.advance(found, to=to, on=on, **writes(world))


def target(world, name="赵新一"):
    found = apply(world, name=name)
    advance(world, found, ApplicantStage.ACTIVIST, date(2024, 6, 1))
    return advance(world, found, ApplicantStage.TARGET, date(2025, 6, 1))


def admit(world, on=date(2025, 9, 1), **more):
    return services.admit(target(world), on=on, member_class=world.member.member_class, **more, **writes(world))


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as refusal:
        call(*args, **more)
    assert refusal.value.code == code


def test_the_whole_way(world):
    member = admit(world, document="支1")
    assert (member.number, member.stage, member.joined_on) == ("M000001", "probationary", date(2025, 9, 1))
    assert member.memberships.get().body.code == "BY1"
    found = Applicant.objects.get()
    assert (found.stage, found.member) == ("admitted", member)
    assert list(found.steps.values_list("stage", "on")) == [
        ("applicant", date(2024, 1, 10)), ("activist", date(2024, 6, 1)), ("target", date(2025, 6, 1)),
        ("admitted", date(2025, 9, 1)),
    ]  # fmt: skip
    assert queries.stage_on(member, date(2025, 8, 31)) is None


@pytest.mark.parametrize(
    ("born", "on", "code"),
    [
        (date(2006, 1, 11), date(2024, 1, 10), "applicant-age"),
        (date(2006, 1, 10), date(2024, 1, 10), None),
        (BORN, DAY + timedelta(days=1), "applicant-ahead"),
        (date(2025, 1, 1), date(2024, 1, 10), "applicant-order"),
    ],
)
def test_who_may_apply_and_when(world, born, on, code):
    if code:
        refused(code, apply, world, on, born=born)
        assert not Applicant.objects.exists()
    else:
        apply(world, on, born=born)


def test_a_body_without_members_takes_no_application(world):
    refused("member-unit", apply, world, body="OF")


@pytest.mark.parametrize(
    ("to", "on", "code"),
    [
        (ApplicantStage.TARGET, date(2025, 5, 31), "applicant-early"),
        (ApplicantStage.TARGET, date(2025, 6, 1), None),
        (ApplicantStage.TARGET, DAY + timedelta(days=1), "applicant-ahead"),
        (ApplicantStage.ACTIVIST, date(2025, 6, 1), "applicant-step"),
        (ApplicantStage.ENDED, date(2024, 5, 31), "applicant-order"),
        (ApplicantStage.ENDED, date(2024, 6, 1), None),
    ],
)
def test_an_activist_waits_a_year(world, to, on, code):
    found = apply(world)
    advance(world, found, ApplicantStage.ACTIVIST, date(2024, 6, 1))
    if code:
        refused(code, advance, world, found, to, on)
        assert found.steps.count() == 2
    else:
        assert advance(world, found, to, on).stage == to


def test_after_the_end_nothing_follows(world):
    found = apply(world)
    advance(world, found, ApplicantStage.ENDED, DAY)
    refused("applicant-step", advance, world, found, ApplicantStage.ACTIVIST, DAY)
    refused("applicant-step", services.admit, found, on=DAY, member_class=world.member.member_class, **writes(world))


def test_the_numbers_are_those_of_the_place(world):
    rules.set_value(
        "member.activist_months", place_code="C1", value=24, since=DAY, source="街道", by=world.by, now=world.now,
        key=world.key(),
    )  # fmt: skip
    found = apply(world)
    advance(world, found, ApplicantStage.ACTIVIST, date(2024, 6, 1))
    refused("applicant-early", advance, world, found, ApplicantStage.TARGET, DAY)


@pytest.mark.parametrize(
    ("joined", "on", "code"),
    [
        (date(2025, 3, 1), date(2026, 2, 28), "probation-runs"),
        (date(2025, 3, 1), date(2026, 3, 1), None),
        (date(2025, 3, 1), DAY + timedelta(days=1), "applicant-ahead"),
    ],
)
def test_full_membership_comes_after_a_year(world, joined, on, code):
    member = admit(world)
    Member.objects.filter(pk=member.pk).update(joined_on=joined)
    if code:
        refused(code, services.make_full, member, on=on, **writes(world))
        return
    services.make_full(member, on=on, **writes(world))
    member.refresh_from_db()
    assert (member.stage, member.full_on) == ("full", on)
    refused("probation-none", services.make_full, member, on=on, **writes(world))


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (date(2026, 9, 1), "probation-span"),
        (date(2026, 9, 2), None),
        (date(2027, 9, 1), None),
        (date(2027, 9, 2), "probation-span"),
    ],
)
def test_probation_is_prolonged_once_by_a_year_at_most(world, until, code):
    member = admit(world)
    if code:
        refused(code, services.prolong, member, until=until, **writes(world))
        return
    services.prolong(member, until=until, **writes(world))
    refused("probation-twice", services.prolong, member, until=until + timedelta(days=1), **writes(world))
    refused("probation-runs", services.make_full, member, on=until - timedelta(days=1), **writes(world))


def test_what_comes_next_and_what_is_due(world):
    apply(world, date(2026, 2, 18), name="钱申请")
    late = apply(world, date(2026, 2, 1), name="孙申请")
    services.talk(late, on=date(2026, 2, 20), **writes(world))
    activist = apply(world, name="李积极")
    advance(world, activist, ApplicantStage.ACTIVIST, date(2025, 12, 1))
    member = admit(world)
    actor = world.actor(Role.SECRETARY, "BY1")
    coming = [(each.what.value, each.on) for each in reads.upcoming(actor, DAY)]
    assert coming == [
        ("activist", date(2026, 2, 1)), ("talk", DAY), ("full", date(2026, 9, 1)), ("target", date(2026, 12, 1)),
    ]  # fmt: skip
    assert reads.upcoming(world.actor(Role.SECRETARY, "BY2"), DAY) == []

    def due(day):
        found = reads.matters(actor, Permission.MEMBER_EDIT, day)
        return [(each.finding.rule.code, str(each.applicant or each.member)) for each in found]

    assert due(DAY - timedelta(days=1)) == []
    assert due(DAY) == [("W2", "钱申请")]
    assert ("W4", member.name) in due(date(2026, 9, 1))


def test_a_talk_lies_between_the_application_and_today(world):
    found = apply(world)
    refused("applicant-order", services.talk, found, on=date(2024, 1, 9), **writes(world))
    refused("applicant-ahead", services.talk, found, on=DAY + timedelta(days=1), **writes(world))


def test_the_pages_lead_from_the_application_to_the_member(world, as_user):
    client = as_user(world.user(Role.SECRETARY, "BY1"))

    def send(page, *args, **data):
        return client.post(reverse(page, args=args), data | {"key": world.key() + "-" * 8}, follow=True)

    facts = {"body": "BY1", "name": "周申请", "born_on": "1995-05-20", "on": "2024-01-10"}
    page = send("applicant-new", **facts)
    found = Applicant.objects.get()
    assert "周申请" in page.text
    send("applicant-talk", found.pk, on="2024-01-20")
    send("applicant-step", found.pk, on="2024-06-01", document="支2024-6")
    early = client.post(reverse("applicant-step", args=[found.pk]), {"on": "2025-01-01", "key": "k" * 20})
    assert early.status_code == 422
    assert "2025-06-01" in early.text
    send("applicant-step", found.pk, on="2025-06-01")
    page = send("applicant-step", found.pk, on="2025-09-01", member_class="direct", number="")
    member = Member.objects.get(name="周申请")
    assert reverse("member", args=[member.number]) in page.text
    assert reverse("member-prolong", args=[member.number]) in client.get(reverse("member", args=[member.number])).text
    assert send("member-full", member.number, on="2026-03-18").status_code == 422
