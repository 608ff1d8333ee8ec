"""Holes that a review found once; each test failed before its mend."""

from __future__ import annotations

import pytest
from django import forms
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.roles import Role, grantable
from linli.accounts import services as accounts
from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.points import services as points
from linli.project import timetable
from linli.walls import services as walls
from tests.catalogue.points import EARLY, rolled


def test_a_new_body_serves_only_places_within_reach(world, as_user):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "G1"))
    data = {
        "parent": "G1",
        "kind": "branch",
        "name": "越界",
        "code": "NEW",
        "serves": "S",
        "since": "2026-01-01",
        "document": "〔2026〕1号",
        "key": world.key() + "-" * 8,
    }
    assert client.post(reverse("body-found"), data).status_code == 422
    assert client.post(reverse("body-found"), data | {"serves": "E1"}).status_code == 302


def test_a_visitor_cannot_take_a_key_that_the_house_makes(world, client):
    address = reverse("report", args=[world.wall("BY1").code])
    given = {"category": walls_category().code, "text": "灯坏了"}
    assert client.post(address, given | {"key": "issue:Y1-2026-0001:deed"}).status_code == 422
    assert client.post(address, given | {"key": world.key()}).status_code == 302


def test_one_failing_job_does_not_stop_the_others(world, monkeypatch):
    def fails(now):
        raise KeyError("anything")

    monkeypatch.setattr(timetable, "jobs", lambda: [("a", fails), ("b", lambda now: 3)])
    done = timetable.tick(world.now)
    assert [(job.name, job.count) for job in done] == [("a", 0), ("b", 3)]
    assert done[0].failure


def test_nobody_gives_a_role_to_oneself(world):
    by = world.actor(Role.SUBDISTRICT_STAFF)
    from linli.accounts.models import User

    own = User.objects.get(pk=by.user_id)
    with pytest.raises(Refusal) as refused:
        accounts.grant_role(own, role=Role.SECRETARY, body=world.bodies["G1"], by=by, now=world.now, key=world.key())
    assert refused.value.code == "role-own"
    assert Role.OPERATOR not in grantable(Role.SUBDISTRICT_STAFF)


def test_no_slip_for_somebody_without_a_role(world):
    by, gone = world.actor(Role.COMMUNITY_STAFF, "G1"), world.user(Role.CENTRE_HOUSEHOLD, "BY1", ended=True)
    with pytest.raises(Refusal) as refused:
        accounts.invite(gone, drop_second_factor=True, by=by, now=world.now, key=world.key())
    assert refused.value.code == "slip-no-role"


def test_staff_without_a_second_factor_can_do_nothing(world):
    actor = world.actor_of(world.user(Role.SECRETARY, "BR1", totp=False))
    assert not actor.may(Permission.ISSUE_VIEW)
    assert actor.reach(Permission.ISSUE_VIEW) == ()


def test_a_rule_value_of_the_place_holds_for_its_branches(world):
    from linli.rules import services as rules

    rules.set_value(
        "points.objection_days",
        place_code="S",
        value=10,
        since=EARLY.date(),
        source="试点",
        by=world.by,
        now=EARLY,
        key=world.key(),
    )
    draft = points.prepare_bulletin(world.bodies["BY1"], month=Month(2026, 2), by=world.by, now=EARLY, key=world.key())
    assert (draft.objections_until - EARLY).days == 10


def test_what_was_open_to_objection_is_what_is_published(world):
    rolled(world)
    draft = points.prepare_bulletin(world.bodies["BY1"], month=Month(2026, 2), by=world.by, now=EARLY, key=world.key())
    member_class = world.member.member_class
    member_class.scored = False
    member_class.save()
    with pytest.raises(Refusal) as refused:
        points.publish_bulletin(draft, by=world.actor(Role.DEPUTY), now=world.now, key=world.key())
    assert refused.value.code == "bulletin-changed"


def test_a_reason_typed_by_a_person_is_not_in_the_log_that_nobody_can_erase(world):
    from linli.audit.models import Event

    draft = points.prepare_bulletin(world.bodies["BY1"], month=Month(2026, 2), by=world.by, now=EARLY, key=world.key())
    points.reopen_bulletin(draft, reason="王小一的异议成立", by=world.by, now=EARLY, key=world.key())
    assert "王小一" not in str(list(Event.objects.values_list("data", flat=True)))


def test_a_true_receipt_opens_after_many_wrong_ones(world, client):
    reported = walls.report(
        wall=world.wall("BY1"),
        place=world.places["Y1"],
        category=walls_category(),
        text="灯坏了",
        contact="",
        photo=None,
        reporter=None,
        by=world.by,
        now=world.now,
        key=world.key(),
    )
    for number in range(25):
        client.post(reverse("receipt"), {"secret": wrong(number)})
    assert client.post(reverse("receipt"), {"secret": reported.secret}).status_code == 302


def walls_category():
    from linli.walls.models import Category

    return Category.objects.filter(private=False).first()


def wrong(number: int) -> str:
    from linli.lib.receipt import new_secret

    digits = iter(f"{number:02d}" * 20)
    return new_secret(lambda below: int(next(digits)) % below)


def test_an_empty_field_is_named_and_a_question_keeps_its_mark():
    from django.utils import translation

    from linli.web.forms import ActionForm

    class Ask(ActionForm):
        words = forms.CharField(label="写什么？")
        kind = forms.ChoiceField(choices=[("a", "甲")], label="类别")
        sure = forms.BooleanField(label="同意")
        day = forms.DateField(label="哪一天？")

    with translation.override("zh-hans"):
        form = Ask({"key": "k" * 20, "day": "never"})
        said = [f"{label}{words}" for _id, label, words in form.summary]
    assert said[:3] == ["请填写：写什么", "请选择：类别", "请勾选：同意"]
    assert said[3].startswith("哪一天？ ")
