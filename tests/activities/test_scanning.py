"""A member's code that the organiser scans signs in once, on the spot, and tells nothing to others."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse

from linli.access.roles import Role
from linli.activities import services
from linli.activities.models import Attendance
from linli.activities.policy.states import Way
from linli.activities.queries import scanning
from linli.lib import clock
from linli.lib.errors import Refusal
from linli.members.models import Member, Membership
from tests.activities.making import planned, recorded


def scan(world, activity, member, now=None):
    return services.scan(activity, member=member, by=world.by, now=now or clock.now(), key=world.key())


def refused(call):
    with pytest.raises(Refusal) as found:
        call()
    return found.value.code


def test_scanned_twice_is_signed_in_once_and_the_roll_keeps_the_way(world):
    activity = planned(world)
    first = scan(world, activity, world.member)
    assert scan(world, activity, world.member, clock.now() + timedelta(minutes=1)).pk == first.pk
    recorded(world, activity)
    line = activity.roll.get(member=world.member)
    assert (line.way, line.at, line.minutes) == (Way.SCAN, first.at, 90)


def test_who_signed_in_by_code_stays_so(world):
    activity = planned(world)
    code = {"activity": activity, "presence": "present", "way": "code", "minutes": 90, "at": clock.now()}
    Attendance.objects.create(member=world.member, **code)
    assert scan(world, activity, world.member).way == Way.CODE


@pytest.mark.parametrize(("begun", "code"), [(-60, "code-closed"), (200, "code-closed")])
def test_outside_the_window_nobody_is_scanned(world, begun, code):
    activity = planned(world, begun=begun)
    assert refused(lambda: scan(world, activity, world.member)) == code


def test_who_is_elsewhere_or_in_no_unit_is_refused(world):
    scan(world, planned(world, kind="market"), world.member)
    assert refused(lambda: scan(world, planned(world), world.member)) == "roll-overlap"
    other = Member.objects.get(number="BY1-2")
    Membership.objects.filter(member=other).update(valid_to=clock.local_date(clock.now()) - timedelta(days=1))
    assert refused(lambda: scan(world, planned(world, kind="market"), other)) == "scan-unit"


def test_from_the_members_page_to_the_roll(world, as_user):
    activity = planned(world)
    page = as_user(world.member.user).get(reverse("my-code"))
    assert page["Cache-Control"] == "no-store"
    token = scanning.code_of(world.member)
    secretary = as_user(world.user(Role.SECRETARY, "BY1"))
    address = reverse("scan", args=[token])
    assert "王小一" in secretary.get(address).content.decode()
    given = {"activity": str(activity.pk), "key": world.key()}
    assert secretary.post(address, given).status_code == 302
    assert activity.roll.get().way == Way.SCAN
    assert secretary.post(address, given).status_code == 302
    assert activity.roll.count() == 1


def test_another_branch_reads_a_masked_name_and_visitors_nothing(world, as_user, client):
    planned(world, body="BY2")
    address = reverse("scan", args=[scanning.code_of(world.member)])
    text = as_user(world.user(Role.SECRETARY, "BY2")).get(address).content.decode()
    assert "王某某" in text
    assert "王小一" not in text
    assert client.get(address).status_code in {302, 403}


def test_an_old_code_and_no_code(world, as_user, monkeypatch):
    secretary = as_user(world.user(Role.SECRETARY, "BY1"))
    token = scanning.code_of(world.member)
    real = time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() + 601)
    response = secretary.get(reverse("scan", args=[token]))
    assert (response.status_code, "王小一" in response.content.decode()) == (410, False)
    assert secretary.get(reverse("scan", args=["abc"])).status_code == 404
    assert secretary.get(reverse("scan", args=[signing.dumps("BY1-1", salt="other")])).status_code == 404
