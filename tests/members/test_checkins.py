"""In-service members check in with the slip of their home unit."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.audit.models import Event
from linli.lib.errors import Refusal
from linli.members import services
from linli.members.models import CheckIn, Consent
from linli.members.policy.kinds import Ending, Purpose
from linli.members.queries import checkins
from linli.organisations.models import Body

from .checkins import check_in

TODAY = date(2026, 3, 18)


def refused(code, action):
    with pytest.raises(Refusal) as found:
        action()
    assert found.value.code == code


def out(world, found, on):
    services.check_out(found, on=on, by=world.by, now=world.now, key=world.key())


def key(world):
    return world.key() + "-" * 8


def test_a_check_in_keeps_slip_and_consent_and_the_log_holds_no_words(world):
    found = check_in(world)
    assert (found.body.code, found.slip, found.valid_to) == ("G1", "报到1号", None)
    assert Consent.objects.get(member=world.member).purpose == Purpose.HOME_UNIT
    event = Event.objects.get(action="check_in.begin")
    assert event.data == {"member": "BY1-1", "body": "G1", "since": "2026-01-05"}
    check_in(world, "BY1-2", slip="2号", agreed=False)
    assert Consent.objects.count() == 1


def test_what_cannot_be_is_refused_and_nothing_saved(world):
    refused("check-in-ahead", lambda: check_in(world, since=TODAY + timedelta(days=1)))
    refused("check-in-kind", lambda: check_in(world, body="BR1"))
    check_in(world)
    refused("check-in-held", lambda: check_in(world, body="G2", slip="2号"))
    refused("check-in-slip", lambda: check_in(world, "BY1-2"))
    assert CheckIn.objects.count() == 1


def test_it_ends_and_another_can_begin(world):
    found = check_in(world)
    refused("check-in-early", lambda: out(world, found, date(2026, 1, 4)))
    out(world, found, date(2026, 3, 1))
    refused("check-in-over", lambda: out(world, found, date(2026, 3, 1)))
    again = check_in(world, body="G2", slip="2号", since=date(2026, 3, 1))
    out(world, again, date(2026, 3, 1))
    assert CheckIn.objects.get().pk == found.pk, "ended on its first day it is taken back"


def test_it_ends_with_a_departure_and_comes_back_with_it(world):
    found = check_in(world)
    given = {"by": world.by, "now": world.now}
    departure = services.depart(world.member, ending=Ending.DIED, on=date(2026, 3, 1), **given, key=world.key())
    found.refresh_from_db()
    assert found.valid_to == date(2026, 3, 1)
    services.take_back(departure, **given, key=world.key())
    found.refresh_from_db()
    assert found.valid_to is None


def test_a_departure_from_before_check_ins_can_be_taken_back(world):
    given = {"by": world.by, "now": world.now}
    departure = services.depart(world.member, ending=Ending.DIED, on=date(2026, 3, 1), **given, key=world.key())
    del departure.before["CheckIn"]
    departure.save()
    assert services.take_back(departure, **given, key=world.key()) == world.member


def test_who_takes_over_from_a_community_takes_its_check_ins(world):
    found = check_in(world)
    Body.objects.filter(code="G1").update(valid_to=TODAY)
    assert services.hand_over(by=world.by, now=world.now, key=world.key()) == 1
    found.refresh_from_db()
    assert found.body.code == "W"
    actor = world.actor(Role.SUBDISTRICT_STAFF)
    here = checkins.communities(actor, Permission.MEMBER_EDIT, TODAY)
    assert [body.code for body in here] == ["W", "G2"]


def test_the_page_lists_by_community_within_reach(world, as_user):
    check_in(world)
    check_in(world, "BY1-2", slip="2号", agreed=False)
    out(world, check_in(world, "BY1-3", slip="3号"), date(2026, 3, 1))
    page = as_user(world.user(Role.COMMUNITY_STAFF, "G1")).get(reverse("check-ins"))
    ((body, here, gone),) = page.context["rows"]
    assert (body.code, len(here), len(gone)) == ("G1", 2, 1)
    assert page.text.count("未同意反馈") == 1
    assert as_user(world.user(Role.COMMUNITY_STAFF, "BR1")).get(reverse("check-ins")).context["rows"] == []


def test_a_wrong_number_is_said_and_nothing_typed_is_lost(world, as_user):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "G1"))
    given = {"member": "BR2-1", "home_unit": "区医院", "contact": "", "slip": "9号", "since": "2026-03-01"}
    answer = client.post(reverse("check-in-new", args=["G1"]), given | {"key": key(world)})
    assert answer.status_code == 422 and "没有这个编号的党员" in answer.text and 'value="区医院"' in answer.text
    sent = client.post(reverse("check-in-new", args=["G1"]), given | {"member": "BY1-1", "key": key(world)})
    assert sent.status_code == 302 and CheckIn.objects.get().member == world.member
    assert client.get(reverse("check-in-new", args=["BR1"])).status_code == 404, "a branch is no community"


def test_the_member_sees_the_own_check_in(world, as_user):
    client = as_user(world.member.user)
    assert "我的报到" not in client.get(reverse("me")).text
    check_in(world)
    page = client.get(reverse("me")).text
    assert "我的报到" in page and "组织G1" in page and "报到1号" in page
