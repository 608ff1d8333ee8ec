"""Kinds are data: a subdistrict adds its own, and what activities were made by stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from linli.access.roles import Role
from linli.activities import queries, services
from linli.activities.models import Activity, Kind
from linli.activities.policy.default_kinds import DEFAULT_KINDS
from linli.activities.policy.kinds import FIXED, KindPlan, Life, Study, check_kind
from linli.activities.policy.states import Due
from linli.activities.verify import invariants
from linli.lib import clock
from linli.lib.errors import Refusal
from linli.members.models import MemberClass
from tests.activities.making import confirmed, planned
from tests.catalogue.activities import kind_data

UNITS = {"LIFE-DH": "time", "LIFE-BX": "time", "VOL": "hour"}
CIRCLE = KindPlan("reading-circle", "读书会", due=Due.COMERS)


def ensure(world, plan):
    return services.ensure_kind(plan, by=world.by, now=world.now, key=world.key())


def refused(call):
    with pytest.raises(Refusal) as found:
        call()
    return found.value.code, found.value.field


@pytest.mark.parametrize("plan", DEFAULT_KINDS, ids=lambda plan: plan.code)
def test_what_ships_can_be(plan):
    check_kind(plan, units=UNITS | {"LIFE-ZT": "time", "LIFE-BZ": "time"}, before=None)


def test_all_fifteen_kinds_of_the_issue_ship():
    names = {plan.name for plan in DEFAULT_KINDS}
    assert names >= {"党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会", "民主评议", "谈心谈话"}
    assert names >= {"集中培训", "志愿服务", "便民服务集市", "联防巡逻", "兴趣小组", "课程", "联席会议"}
    assert {plan.life for plan in DEFAULT_KINDS} >= set(Life)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"code": "Reading Circle"}, "kind-code", "code"),
        ({"code": "读书"}, "kind-code", "code"),
        ({"min_age": 100}, "kind-age", "min_age"),
        ({"min_age": -1}, "kind-age", "min_age"),
        ({"indicator": "LIKES"}, "kind-indicator", "indicator"),
        ({"indicator": "VOL"}, "kind-unit", "indicator"),
        ({"indicator": "LIFE-DH", "by_hour": True}, "kind-unit", "indicator"),
        ({"make_up_indicator": "LIFE-BX"}, "kind-make-up", "make_up_indicator"),
        ({"made_up": True}, "kind-nobody-due", "made_up"),
    ],
)
def test_a_kind_that_cannot_be_is_refused(change, code, field):
    assert refused(lambda: check_kind(replace(CIRCLE, **change), units=UNITS, before=None)) == (code, field)


def test_a_subdistrict_adds_its_own_kind_and_it_stands_last(world):
    made = ensure(world, replace(CIRCLE, study=Study.STUDY, indicator="LIFE-DH"))
    assert str(made) == "读书会"
    assert Kind.objects.last() == made
    assert [kind.code for kind in queries.used_kinds()] == [*(plan.code for plan in DEFAULT_KINDS), made.code]
    activity = confirmed(world, planned(world, kind="reading-circle", begun=600))
    assert activity.roll.filter(exempt=False).count() == 1


OTHER = {"by_hour": True, "due": Due.MEMBERS, "public": True, "life": Life.TALK, "study": Study.STUDY, "made_up": True}


@pytest.mark.parametrize("name", FIXED)
def test_what_activities_were_made_by_stays(world, name):
    before = getattr(ensure(world, CIRCLE), name)
    planned(world, kind="reading-circle")
    change = {name: OTHER[name]} | ({"due": Due.MEMBERS} if name == "made_up" else {})
    assert refused(lambda: ensure(world, replace(CIRCLE, **change)))[0] == "kind-used"
    assert getattr(Kind.objects.get(code="reading-circle"), name) == before


def test_name_age_and_what_is_earned_later_may_change(world):
    ensure(world, CIRCLE)
    planned(world, kind="reading-circle")
    made = ensure(world, replace(CIRCLE, name="读书角", min_age=16, risky=True, indicator="LIFE-DH", offered=False))
    assert (made.name, made.min_age, made.risky, made.indicator) == ("读书角", 16, True, "LIFE-DH")


def test_of_a_kind_that_is_not_offered_nothing_is_planned(world):
    ensure(world, replace(CIRCLE, offered=False))
    assert refused(lambda: planned(world, kind="reading-circle")) == ("kind-retired", "kind")


def test_a_confirmed_roll_keeps_what_it_earned_when_kind_and_class_change(world):
    activity = confirmed(world)
    Kind.objects.filter(code="lesson").update(indicator="")
    MemberClass.objects.update(scored=False)
    assert [one for invariant in invariants() for one in invariant.find()] == []
    Kind.objects.filter(code="lesson").update(indicator="LIFE-DH")
    MemberClass.objects.update(scored=True)
    other = planned(world, kind="talk", begun=5000)
    Kind.objects.filter(code="talk").update(indicator="")
    confirmed(world, other)
    Kind.objects.filter(code="talk").update(indicator="LIFE-DH")
    assert [one for invariant in invariants() for one in invariant.find()] == []
    assert activity.roll.filter(exempt=False).count() == 5


def test_members_of_a_class_without_points_do_not_earn(world):
    MemberClass.objects.update(scored=False)
    activity = confirmed(world)
    assert not activity.roll.filter(exempt=False).exists()
    assert not confirmed(world, planned(world, kind="life-meeting", begun=5000)).roll.filter(exempt=False).exists()
    assert [one for invariant in invariants() for one in invariant.find()] == []


def test_what_stood_before_the_migration_says_more(world):
    confirmed(world)
    Kind.objects.update(life="", study="", made_up=False)
    confirmed(world, planned(world, kind="market", begun=900))
    Activity.objects.update(indicator="")
    step = MigrationLoader(None).get_migration("activities", "0002_kinds_say_more").operations[-1]
    from django.apps import apps

    step.code(apps, None)
    assert Kind.objects.get(code="lesson").life == Life.LESSON
    assert Kind.objects.get(code="theme-day").make_up_indicator == "LIFE-BZ"
    assert [one for invariant in invariants() for one in invariant.find()] == []


def test_the_page_keeps_what_was_typed_and_says_what_does_not_fit(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    given = kind_data(world, code="reading-circle", by_hour="on") | {"key": world.key()}
    response = client.post(reverse("activity-kind-new"), given)
    assert response.status_code == 422
    assert "LIFE-DH" in response.content.decode()
    assert "读书会" in response.content.decode()
    assert not Kind.objects.filter(code="reading-circle").exists()
    taken = client.post(reverse("activity-kind-new"), kind_data(world, code="lesson") | {"key": world.key()})
    assert taken.status_code == 422
    assert Kind.objects.get(code="lesson").name == "党课"
    again = kind_data(world, code="reading-circle") | {"key": world.key()}
    assert [client.post(reverse("activity-kind-new"), again).status_code for _click in range(2)] == [302, 302]


def test_residents_alone_make_a_roll(world, as_user):
    activity = planned(world, kind="residents")
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    address = reverse("activity-roll", args=[activity.pk])
    assert client.post(address, {"key": world.key()}).status_code == 422
    assert client.post(address, {"residents": "42", "key": world.key()}).status_code == 302
    found = Activity.objects.get(pk=activity.pk)
    services.confirm_roll(found, seen=1, by=world.by, now=clock.now(), key=world.key())
    found.refresh_from_db()
    assert (found.residents, found.state, found.roll.count()) == (42, "confirmed", 0)
    assert "42" in client.get(reverse("activity", args=[activity.pk])).content.decode()
