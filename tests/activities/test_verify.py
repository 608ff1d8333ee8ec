"""Each truth is broken once and found."""

from datetime import timedelta

import pytest

from linli.activities.models import Activity, Attendance
from linli.activities.verify import invariants
from tests.activities.making import confirmed, planned


def broken():
    return {invariant.code.partition(".")[2] for invariant in invariants() if invariant.find()}


@pytest.fixture
def activity(world):
    found = confirmed(world, absent=["BY1-2"], leave=["BY1-3"])
    confirmed(world, planned(world, kind="market", begun=600))
    assert broken() == set()
    return found


def test_a_line_is_gone(activity):
    activity.roll.filter(member__number="BY1-2").delete()
    assert broken() == {"whole_roll"}


def test_a_presence_without_award(activity):
    activity.roll.filter(member__number="BY1-2").update(presence="present", minutes=90)
    assert broken() == {"awards"}


def test_an_award_without_presence(activity):
    activity.roll.filter(member__number="BY1-1").update(presence="absent", minutes=0)
    assert broken() == {"awards"}


def test_one_person_did_both(activity):
    Activity.objects.filter(pk=activity.pk).update(recorded_by="")
    assert broken() == {"two_people"}


@pytest.mark.parametrize(("number", "minutes"), [("BY1-1", 91), ("BY1-1", 0), ("BY1-2", 5)])
def test_minutes_that_cannot_be(activity, number, minutes):
    activity.roll.filter(member__number=number).update(minutes=minutes)
    assert broken() == {"minutes"}


@pytest.mark.parametrize("shift", [-89, -10, 0, 89])
def test_somebody_at_two_places(activity, world, shift):
    other = planned(world, kind="market", starts_at=activity.starts_at + timedelta(minutes=shift))
    given = {"presence": "present", "way": "hand", "minutes": 90, "at": world.now}
    Attendance.objects.create(activity=other, member=world.member, **given)
    assert broken() == {"one_place"}


def test_one_after_the_other_is_no_clash(activity, world):
    other = planned(world, kind="market", starts_at=activity.ends_at)
    Attendance.objects.create(
        activity=other, member=world.member, presence="present", way="hand", minutes=9, at=world.now
    )
    assert broken() == set()
