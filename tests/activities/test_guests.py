"""Guests of other branches: they can be recorded, a number tells no name, and their own branch confirms what they earn."""

from datetime import timedelta

import pytest
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.activities import queries, services
from linli.activities.policy.rolls import Line
from linli.activities.policy.states import Presence
from linli.lib.errors import Refusal
from linli.members.models import Member, Membership
from linli.points import queries as points
from linli.points import services as ledger
from linli.points.models import Deed, Entry
from linli.project.invariants import invariants
from tests.activities.making import CONFIRMER, hosted, lines, planned, recorded

PAGES = ["activity", "activity-roll", "activity-sheet", "activity-confirm", "minutes-head"]


@pytest.fixture
def stranger(world):
    """A member of BY2 with a name that no other member has."""
    Member.objects.filter(number="BY2-1").update(name="欧阳晓晨")
    return Member.objects.get(number="BY2-1")


def confirm(world, activity):
    return services.confirm_roll(activity, seen=1, by=CONFIRMER, now=world.now, key=world.key())


@pytest.mark.parametrize("name", PAGES)
def test_a_typed_number_tells_neither_name_nor_unit(world, as_user, stranger, name):
    activity = hosted(world)
    response = as_user(world.user(Role.SECRETARY, "BY1")).get(reverse(name, args=[activity.pk]))
    text = response.content.decode()
    assert response.status_code == 200
    assert "BY2-1" in text
    assert "欧阳某某" in text
    assert "晓晨" not in text
    assert "组织BY2" not in text


@pytest.mark.parametrize("name", PAGES)
def test_who_may_see_the_guest_anyway_sees_the_name(world, as_user, stranger, name):
    activity = hosted(world)
    response = as_user(world.user(Role.COMMUNITY_STAFF, "G1")).get(reverse(name, args=[activity.pk]))
    assert "欧阳晓晨" in response.content.decode()


def test_a_guest_of_the_own_branch_is_named(world, as_user):
    activity = hosted(world, guest="BY1-1", kind="market")
    by = world.actor(Role.SECRETARY, "BY1")
    rows = queries.rows(activity, by, Permission.ROLL_RECORD)
    assert [(row.name, row.unit, row.due) for row in rows if row.member.number == "BY1-1"] == [
        ("王小一", "组织BY1", False)
    ]


def test_a_refusal_tells_no_name_and_no_whereabouts(world, stranger):
    there = planned(world, body="BY2", title="不该知道的会")
    recorded(world, there)
    activity, by = planned(world), world.actor(Role.SECRETARY, "BY1")
    with pytest.raises(Refusal) as refused:
        services.record_roll(
            activity, lines=[*lines(activity), Line("BY2-1", Presence.PRESENT)], by=by, now=world.now, key=world.key()
        )
    assert refused.value.code == "roll-overlap"
    told = str(refused.value)
    assert "BY2-1" in told
    assert "晓晨" not in told
    assert "不该知道的会" not in told


def test_a_number_that_had_no_unit_on_the_day_is_as_unknown_as_none(world, stranger):
    Membership.objects.filter(member=stranger).update(valid_to=world.now.date() - timedelta(days=400))
    activity = planned(world)
    refusals = []
    for number in ("BY2-1", "NOBODY"):
        with pytest.raises(Refusal) as refused:
            services.record_roll(
                activity,
                lines=[*lines(activity), Line(number, Presence.PRESENT)],
                by=world.by,
                now=world.now,
                key=world.key(),
            )
        refusals.append((refused.value.code, refused.value.message))
    assert refusals == [refusals[0]] * 2


def test_what_a_guest_earns_waits_for_the_guests_own_branch(world, stranger):
    activity = hosted(world)
    assert confirm(world, activity) == 5
    assert not Entry.objects.filter(member=stranger, source=activity.ref).exists()
    deed = Deed.objects.get(member=stranger)
    assert (deed.source, deed.recorder, deed.note) == (activity.ref, "recorder", f"组织BY1 · {activity.title}")
    here, there = (world.actor(Role.SECRETARY, body) for body in ("BY1", "BY2"))
    day = world.now.date()
    assert deed not in points.confirmable_deeds(here, day)
    assert deed in points.confirmable_deeds(there, day)
    entry = ledger.confirm_deed(deed, by=there, now=world.now, key=world.key())
    assert (entry.body, entry.confirmer, entry.source) == (world.bodies["BY2"], there.ref, activity.ref)
    assert not [breach for truth in invariants() for breach in truth.find()]


def test_a_body_above_speaks_for_the_branches_below(world):
    activity = planned(world, body="BR1", begun=3000)
    recorded(world, activity)
    confirm(world, activity)
    assert set(Entry.objects.filter(source=activity.ref).values_list("body__code", flat=True)) == {"BR1", "BY1", "BY2"}
    assert not Deed.objects.filter(source=activity.ref).exists()


def test_the_deed_of_a_guest_who_left_meanwhile_is_seen_by_the_branch_of_that_day(world, stranger):
    activity = hosted(world)
    confirm(world, activity)
    Membership.objects.filter(member=stranger).update(valid_to=world.now.date())
    there, here = world.actor(Role.SECRETARY, "BY2"), world.actor(Role.SECRETARY, "BY1")
    assert points.confirmable_deeds(there, world.now.date()).filter(member=stranger).exists()
    assert not points.confirmable_deeds(here, world.now.date()).filter(member=stranger).exists()
