import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from linli.access.roles import Role
from linli.activities.models import Activity
from linli.activities.policy.states import State
from linli.lib.clock import CHINA
from linli.web.templatetags.linli import day
from tests.activities.making import cancelled, code_now, confirmed, planned, recorded

NOON = datetime(2026, 3, 20, 12, 0, tzinfo=CHINA)


@pytest.fixture
def secretary(world, as_user):
    return as_user(world.user(Role.SECRETARY, "BY1"))


@pytest.fixture
def me(world, as_user):
    return as_user(world.member.user)


def at(name, activity=None):
    return reverse(name, args=[activity.pk] if activity else [])


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    "address", ["/desk/activities/", "/desk/activities/?show=past", "/calendar/", "/me/activities/"]
)
def test_a_list_takes_the_same_queries_with_1_and_30(world, as_user, address):
    client = as_user(world.member.user) if address.startswith("/me") else as_user(world.user(Role.SECRETARY, "BY1"))

    def one(step):
        planned(world, begun=-60 - step * 60, lasts=30)
        planned(world, kind="market", begun=-60 - step * 60, lasts=30)
        confirmed(world, planned(world, begun=400 + step * 60, lasts=30), absent=["BY1-1"])

    one(0)
    first = queries_of(client, address)
    for step in range(1, 30):
        one(step)
    assert queries_of(client, address) == first


def test_the_roll_takes_the_same_queries_for_5_and_for_15(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF, "W"))
    small, large = planned(world, body="BY1"), planned(world, body="BR1")
    for name in ("activity-roll", "activity", "activity-sheet"):
        assert queries_of(client, at(name, small)) == queries_of(client, at(name, large))


def test_planning_overnight(world, secretary):
    payload = {
        "kind": "patrol",
        "body": "BY1",
        "title": "夜间巡逻",
        "day": "2026-03-20",
        "since": "22:00",
        "until": "01:00",
        "spot": "东门",
        "key": "k" * 20,
    }
    response = secretary.post(at("activity-new"), payload)
    activity = Activity.objects.get(title="夜间巡逻")
    assert response.headers["Location"] == at("activity", activity)
    assert activity.duration == 180
    again = secretary.post(at("activity-new"), payload)
    assert again.headers["Location"] == at("activity", activity)
    assert Activity.objects.filter(title="夜间巡逻").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "0001-01-01"},
        {"day": "9999-12-31", "until": "00:10"},
        {"day": "2026-02-30"},
        {"until": "18:00"},
        {"until": "19:00"},
        {"place": "NOWHERE"},
        {"kind": "none"},
        {"title": "x" * 81},
        {"body": "BR2"},
    ],
)
def test_a_plan_that_cannot_be_keeps_what_was_typed(world, secretary, wrong):
    payload = {"kind": "lesson", "body": "BY1", "title": "学习", "spot": "二楼会议室"}
    payload |= {"day": "2026-03-20", "since": "19:00", "until": "20:00", "key": "k" * 20}
    response = secretary.post(at("activity-new"), payload | wrong)
    assert response.status_code == 422
    assert "二楼会议室" in response.content.decode()
    assert "error-summary" in response.content.decode()


def test_buttons_are_what_can_be_done(world, as_user):
    def buttons(client, activity):
        page = client.get(at("activity", activity)).content.decode()
        return {
            name for name in ("roll", "confirm", "return", "change", "cancel", "code", "sheet") if f'/{name}/"' in page
        }

    client = as_user(world.user(Role.SECRETARY, "BY1"))
    auditor = as_user(world.user(Role.AUDITOR, "BY1"))
    assert buttons(client, planned(world)) == {"roll", "change", "cancel", "code", "sheet"}
    assert buttons(client, planned(world, begun=-90)) == {"change", "cancel", "code", "sheet"}
    assert buttons(client, recorded(world)) == {"roll", "confirm", "return"}
    assert buttons(client, confirmed(world, planned(world, begun=600))) == set()
    assert buttons(auditor, planned(world, title="审计")) == set()


def test_the_roll_names_who_is_not_marked(world, secretary):
    activity = planned(world)
    response = secretary.post(at("activity-roll", activity), {"presence-BY1-1": "present", "key": "k" * 20})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count('class="row wrong"') == 4
    assert re.search(r'value="present"[^>]*id="id_presence-BY1-1_0"[^>]*checked', page)
    assert Activity.objects.get(pk=activity.pk).state == State.PLANNED


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("", []),
        ("BY2-1\nBY2-2 30\n\nBY2-3，45", [("BY2-1", 90), ("BY2-2", 30), ("BY2-3", 45)]),
    ],
)
def test_the_rest_and_the_guests(world, secretary, typed, there):
    activity = planned(world)
    payload = {"others": "present", "presence-BY1-1": "leave", "reason-BY1-1": "住院", "minutes-BY1-2": "60"}
    response = secretary.post(at("activity-roll", activity), payload | {"walk_ins": typed, "key": "k" * 20})
    assert response.status_code == 302
    found = dict(activity.roll.values_list("member__number", "minutes"))
    assert (found["BY1-1"], found["BY1-2"], found["BY1-3"]) == (0, 60, 90)
    assert [(number, found[number]) for number, _minutes in there] == there


@pytest.mark.parametrize(
    "wrong",
    [
        {"walk_ins": "BY2-1 viel"},
        {"walk_ins": "BY2-1 10 10"},
        {"walk_ins": "NOBODY"},
        {"walk_ins": "BY1-1"},
        {"walk_ins": "BY2-1 99999999999999999999"},
        {"minutes-BY1-1": "91"},
        {"minutes-BY1-1": "0"},
        {"presence-BY1-1": "asleep"},
        {"presence-BY1-1": "leave"},
        {"others": "everybody"},
    ],
)
def test_a_roll_that_cannot_be(world, secretary, wrong):
    activity = planned(world)
    response = secretary.post(at("activity-roll", activity), {"others": "present", "key": "k" * 20} | wrong)
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert not activity.roll.exists()
    if wrong.get("minutes-BY1-1") == "91":
        assert response.text.count("王小一：不能超过活动时长 90 分钟") == 2
        assert "分钟：王小一" not in response.text


def test_a_guest_can_be_taken_off_again(world, secretary):
    activity = planned(world)
    secretary.post(at("activity-roll", activity), {"others": "present", "walk_ins": "BY2-1", "key": "k" * 20})
    assert activity.roll.count() == 6
    payload = {"others": "present", "presence-BY2-1": "", "key": "l" * 20}
    secretary.post(at("activity-roll", activity), payload)
    assert activity.roll.count() == 5


def test_one_cannot_confirm_the_own_roll_and_is_told(world, as_user):
    secretary, deputy = (as_user(world.user(role, "BY1")) for role in (Role.SECRETARY, Role.DEPUTY))
    activity = planned(world)
    secretary.post(at("activity-roll", activity), {"others": "present", "key": "k" * 20})
    assert "<button>" not in secretary.get(at("activity-confirm", activity)).content.decode().split("<footer")[0]
    assert secretary.post(at("activity-confirm", activity), {"seen": "1", "key": "l" * 20}).status_code == 422
    for _ in range(2):
        assert deputy.post(at("activity-confirm", activity), {"seen": "1", "key": "m" * 20}).status_code == 302
    assert Activity.objects.get(pk=activity.pk).state == State.CONFIRMED


def test_the_code_on_the_screen_lets_a_member_in(world, secretary, me):
    activity = planned(world)
    screen = secretary.get(at("activity-code", activity))
    assert screen.headers["Refresh"] == "31"
    assert screen.headers["Cache-Control"] == "no-store"
    code = re.search(r'class="digits">(\d{6})<', screen.content.decode())[1]
    form = {"key": "k" * 20}
    assert me.post(at("sign-in", activity), form | {"code": "000000x"}).status_code == 422
    assert me.post(at("sign-in", activity), form | {"code": code}).status_code == 302
    assert me.post(at("sign-in", activity), form | {"code": code}).status_code == 302
    assert 'class="notice"' in me.get(at("sign-in", activity)).content.decode()
    assert activity.roll.get().member == world.member


def test_the_code_is_not_shown_outside_its_time(world, secretary):
    for activity in (planned(world, begun=-60), planned(world, begun=600, lasts=30), recorded(world)):
        page = secretary.get(at("activity-code", activity)).content.decode()
        assert "digits" not in page
        assert code_now(activity) not in page


def test_a_stranger_does_not_see_the_branch_s_lesson(world, me):
    assert me.get(at("sign-in", planned(world, body="BR2"))).status_code == 404
    assert me.get(at("sign-in", planned(world, body="BR2", kind="market"))).status_code == 200


def test_everybody_sees_only_public_kinds(world):
    lesson = planned(world, title="秘密党课", starts_at=NOON)
    market = planned(world, title="磨刀理发", kind="market", starts_at=NOON)
    gone = cancelled(world, title="停办的集市", kind="market", starts_at=NOON)
    page = Client().get("/calendar/?month=2026-03").content.decode()
    assert market.title in page
    assert gone.title in page
    assert gone.cancel_reason in page
    assert lesson.title not in page
    assert "王小" not in page


def test_the_calendar_of_a_body_holds_what_is_below(world):
    planned(world, title="甲处集市", kind="market", starts_at=NOON)
    planned(world, title="乙处集市", kind="market", body="BR2", starts_at=NOON)
    page = Client().get("/calendar/?month=2026-03&body=G1").content.decode()
    assert "甲处集市" in page
    assert "乙处集市" not in page
    assert "甲处集市" not in Client().get("/calendar/?month=2026-04&body=G1").content.decode()


@pytest.mark.parametrize("month", ["2026-13", "x", "0000-01", "1999-12", "2100-02", "００００-01"])
def test_a_month_that_cannot_be(world, month):
    assert Client().get("/calendar/", {"month": month}).status_code == 404


@pytest.mark.parametrize("month", ["2000-01", "2100-01", "2026-02"])
def test_the_edges_of_the_calendar(world, month):
    assert Client().get("/calendar/", {"month": month}).status_code == 200


def feed(code):
    response = Client().get(f"/calendar/{code}.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def test_the_feed_is_read_by_a_calendar(world):
    market = planned(world, title="磨刀，理发；修伞", kind="market", starts_at=NOON)
    planned(world, title="秘密党课", starts_at=NOON)
    gone = cancelled(world, title="停办", kind="market", starts_at=NOON + timedelta(days=1))
    planned(world, title="旧事", kind="market", starts_at=NOON - timedelta(days=200))
    events = {str(event["summary"]): event for event in feed("BR1").walk("VEVENT")}
    assert set(events) == {market.title, gone.title}
    assert events[market.title]["dtstart"].dt == NOON
    assert events[market.title]["dtend"].dt == NOON + timedelta(minutes=90)
    assert str(events[market.title]["uid"]) == f"activity-{market.pk}@testserver"
    assert (str(events[gone.title]["status"]), events[gone.title]["sequence"]) == ("CANCELLED", 1)
    assert [str(zone["tzid"]) for zone in feed("BR1").walk("VTIMEZONE")] == ["Asia/Shanghai"]


def test_an_empty_feed_is_a_calendar_and_an_unknown_one_is_not(world):
    assert feed("BR2").walk("VEVENT") == []
    assert Client().get("/calendar/NOBODY.ics").status_code == 404


def test_my_record_shows_what_i_missed_and_no_other_person(world, me):
    confirmed(world, planned(world), absent=["BY1-1"], leave=["BY1-2"])
    page = me.get("/me/activities/").content.decode()
    assert "住院" not in page
    assert "李小二" not in page
    assert page.count("学习") == 2


def test_the_calendar_begins_with_today_and_folds_what_is_past(world):
    for title, days in (("过去的集市", -3), ("今天的集市", 0), ("明天的集市", 1)):
        starts = world.now + timedelta(days=days, minutes=5)
        planned(world, kind="market", title=title, starts_at=starts)
    page = Client().get("/calendar/").text
    folded = page[page.index('<details class="past">') : page.index("</details>")]
    assert "过去的集市" in folded
    assert "今天以前的 1 项" in folded
    rest = page.replace(folded, "")
    assert "过去的集市" not in rest
    assert rest.index("今天的集市") < rest.index("明天的集市")
    assert "<details" not in Client().get("/calendar/?month=2026-04").text


def test_a_line_of_my_points_names_the_activity_and_leads_to_my_record(world, as_user):
    activity = confirmed(world)
    entry = world.member.entries.get()
    page = as_user(world.member.user).get(reverse("my-entry", args=[entry.pk])).text
    assert f"{activity.title} · {day(activity.starts_at)}" in page
    assert reverse("my-activities") in page
    assert "活动编号" not in page
    assert reverse("sign-in", args=[activity.pk]) not in page
