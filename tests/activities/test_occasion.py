"""The page of an activity: everybody reads public ones, the others whom they concern; no link leads nowhere."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from linli.access.roles import Role
from linli.activities import services
from linli.members.models import Member
from linli.points.models import Deed
from tests.activities.making import CONFIRMER, cancelled, hosted, planned


def status(client, activity):
    return client.get(reverse("occasion", args=[activity.pk])).status_code


def test_everybody_reads_of_a_market_and_nobody_outside_of_a_lesson(world):
    assert status(Client(), planned(world, kind="market")) == 200
    assert status(Client(), planned(world)) == 404


@pytest.mark.parametrize(("role", "body", "seen"), [(Role.SECRETARY, "BY1", 200), (Role.SECRETARY, "BY2", 404)])
def test_the_desk_reads_what_it_reaches(world, as_user, role, body, seen):
    assert status(as_user(world.user(role, body)), planned(world)) == seen


def test_a_member_reads_of_the_own_line_and_of_what_was_attended(world, as_user):
    client = as_user(world.member.user)
    assert status(client, planned(world)) == 200
    assert status(client, planned(world, body="BY2", begun=500)) == 404
    there = hosted(world)
    guest = world.user()
    Member.objects.filter(number="BY2-1").update(user=guest)
    assert status(as_user(guest), there) == 200


def test_a_cancelled_one_says_why(world):
    text = Client().get(reverse("occasion", args=[cancelled(world, kind="market").pk])).content.decode()
    assert "下雨改期" in text


def test_the_calendar_leads_to_the_page(world):
    activity = planned(world, kind="market")
    text = Client().get(reverse("calendar")).content.decode()
    assert reverse("occasion", args=[activity.pk]) in text


def test_who_confirms_what_a_guest_earned_reads_of_what_and_follows_no_dead_link(world, as_user):
    activity = hosted(world)
    services.confirm_roll(activity, seen=activity.roll_version, by=CONFIRMER, now=world.now, key=world.key())
    assert Deed.objects.filter(source=activity.ref).exists()
    text = as_user(world.user(Role.SECRETARY, "BY2")).get(reverse("desk-deeds")).content.decode()
    assert activity.title in text
    assert reverse("occasion", args=[activity.pk]) not in text
    assert reverse("sign-in", args=[activity.pk]) not in text
