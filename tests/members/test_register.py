"""Enrolment, consents, the job: what the register's own verbs promise."""

from datetime import date, timedelta

import pytest

from linli.lib.errors import Refusal
from linli.members import jobs, queries, services
from linli.members.models import Consent, Member, Membership, RosterUpload
from linli.members.policy.kinds import Purpose
from tests.catalogue.members import uploaded

from .test_roster_import import checked, line, save


def enrol(world, number="N1", body="BY1", **facts):
    member = Member(number=number, name="赵新一", member_class=world.member.member_class, **facts)
    return services.enrol(member, body=world.bodies[body], by=world.by, now=world.now, key=world.key())


@pytest.mark.parametrize(("facts", "code"), [({"number": "BY1-1"}, "member-number"), ({"body": "OF"}, "member-unit")])
def test_an_enrolment_is_refused(world, facts, code):
    with pytest.raises(Refusal) as refused:
        enrol(world, **facts)
    assert refused.value.code == code


def test_a_membership_begins_on_the_day_of_joining_or_today(world):
    assert enrol(world, joined_on=date(2010, 1, 1)).memberships.get().valid_from == date(2010, 1, 1)
    assert enrol(world, "N2").memberships.get().valid_from == date(2026, 3, 18)


def test_a_consent_is_given_once_and_withdrawn(world):
    def say(given):
        options = {"by": world.by, "now": world.now, "key": world.key()}
        services.set_consent(world.member, purpose=Purpose.NAME_WALL, given=given, **options)

    for _time in (1, 2):
        say(given=True)
        assert queries.named(["BY1-1", "BY1-2"], Purpose.NAME_WALL) == {
            "BY1-1": ("王小一", True),
            "BY1-2": ("李小二", False),
        }
    assert Consent.objects.count() == 1
    say(given=False)
    assert queries.named(["BY1-1"], Purpose.NAME_WALL) == {"BY1-1": ("王小一", False)}
    assert queries.named([], Purpose.NAME_WALL) == {}
    say(given=True)
    assert Consent.objects.count() == 2


def test_the_job_forgets_uploads_of_a_day_ago(world):
    uploaded(world)
    assert jobs.forget_uploads(world.now) == 0
    assert jobs.forget_uploads(world.now + timedelta(days=1)) == 1
    assert not RosterUpload.objects.exists()


def test_a_member_without_a_unit_is_taken_up_again(world):
    member = world.members["BY1"][1]
    Membership.objects.filter(member=member).update(valid_to=date(2026, 1, 1))
    assert "roster.number_elsewhere" in {
        problem.code for problem in checked(world, [line(member, "BY2")], "W").read.problems
    }
    done = save(world, checked(world, [line(member, "BY2")], None), None)
    assert (done.moved, done.added) == (1, 0)
    assert member.memberships.get(valid_to=None).body.code == "BY2"


def test_an_account_is_linked_by_a_colleague_to_one_member(world):
    other, user = world.members["BY1"][1], world.user()
    with pytest.raises(Refusal) as own:
        services.link_account(other, user=user, by=world.actor_of(user), now=world.now, key=world.key())
    services.link_account(other, user=user, by=world.by, now=world.now, key=world.key())
    with pytest.raises(Refusal) as taken:
        services.link_account(world.members["BY1"][2], user=user, by=world.by, now=world.now, key=world.key())
    assert (own.value.code, taken.value.code) == ("account-own", "account-taken")
