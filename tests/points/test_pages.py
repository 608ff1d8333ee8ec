"""Pages of points, beyond what the generated tests show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from linli.access.roles import Role
from linli.audit.proof_check import ACCEPTED, judge
from linli.points import services
from linli.points.models import Bulletin, Deed, Entry
from tests.points import deeds, months


def desk(world, as_user, role=Role.SECRETARY, body="BY1"):
    return as_user(world.user(role, body))


def posted(client, world, address, **data):
    return client.post(address, {"key": world.key() + "-" * 8, **data})


def test_from_the_roll_to_the_proof_in_the_hand_of_the_member(world, as_user):
    deeds.award(world, *world.members["BY1"])
    secretary, deputy = world.user(Role.SECRETARY, "BY1"), world.user(Role.DEPUTY, "BY1")
    at = ["BY1", "2026-02"]
    assert posted(as_user(secretary), world, reverse("bulletin-prepare", args=at)).status_code == 302
    assert posted(as_user(deputy), world, reverse("bulletin-publish", args=at)).status_code == 422
    with time_machine.travel(world.now + timedelta(days=6), tick=False):
        assert posted(as_user(secretary), world, reverse("bulletin-publish", args=at)).status_code == 422
        assert posted(as_user(deputy), world, reverse("bulletin-publish", args=at)).status_code == 302
        bulletin = Bulletin.objects.get()
        assert bulletin.state == "published"
        page = as_user(world.member.user).get(reverse("bulletin", args=[bulletin.pk]))
        assert "王某某" in page.text
        assert "王小一" not in page.text.replace("退出登录（王小一）", "")
        assert "BY1-1" not in page.text
        member = as_user(world.member.user)
        entry = Entry.objects.get(member=world.member)
        page = member.get(reverse("my-entry", args=[entry.pk]))
        assert reverse("my-proof", args=[entry.pk]) in page.text
        proof = member.get(reverse("my-proof", args=[entry.pk]))
        assert judge(proof.content)[0] == ACCEPTED


def test_a_draft_is_not_public(world, client):
    draft = months.drafted(world)
    for name in ("bulletin", "bulletin-pdf"):
        assert client.get(reverse(name, args=[draft.pk])).status_code == 404


def test_a_published_month_offers_nothing_to_press(world, as_user):
    months.published(world)
    deputy = desk(world, as_user, Role.DEPUTY)
    for name in ("bulletin-publish", "bulletin-reopen"):
        page = deputy.get(reverse(name, args=["BY1", "2026-02"]))
        assert page.headers["Location"] == reverse("desk-branch-month", args=["BY1", "2026-02"])


def test_a_line_that_is_not_sealed_has_no_proof(world, as_user):
    entry = deeds.entry(world)
    client = as_user(world.member.user)
    assert client.get(reverse("my-proof", args=[entry.pk])).status_code == 404
    other = deeds.entry(world, world.members["BY1"][1])
    assert client.get(reverse("my-entry", args=[other.pk])).status_code == 404


def test_deeds_are_recorded_for_several_and_confirmed_by_another_at_once(world, as_user):
    client = desk(world, as_user)
    given = {"indicator": "HONOR:3", "members": ["BY1-2", "BY1-3"], "deed_on": "2026-03-01", "note": "文件 1 号"}
    assert posted(client, world, reverse("deed-new"), **given, minutes="").status_code == 302
    waiting = list(Deed.objects.all())
    assert [deed.quantity for deed in waiting] == [3, 3]
    keys = [deed.pk for deed in waiting]
    assert posted(client, world, reverse("desk-deeds"), deeds=keys).status_code == 422
    assert posted(desk(world, as_user, Role.DEPUTY), world, reverse("desk-deeds"), deeds=keys).status_code == 302
    assert sorted(Entry.objects.values_list("tenths", flat=True)) == [30, 30]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"indicator": "VOL", "minutes": ""}, "请选服务了多长时间"),
        ({"deed_on": "2026-03-30"}, "2026-03-30"),
        ({"members": ["BR2-1"]}, "BR2-1"),
        ({"indicator": "LIFE-DH"}, "LIFE-DH"),
        ({"note": ""}, "请填写：依据（用文字说明）"),
        ({"indicator": ""}, "请选择：做了什么"),
        ({"deed_on": "2001-01-01"}, "2001-01-01 还没有积分办法，请核对日期。"),
    ],
)
def test_bad_input_keeps_what_was_typed(world, as_user, given, words):
    sent = {
        "indicator": "PLEDGE",
        "members": ["BY1-2"],
        "deed_on": "2026-03-01",
        "minutes": "",
        "note": "帮邻居",
    } | given
    response = posted(desk(world, as_user), world, reverse("deed-new"), **sent)
    assert response.status_code == 422
    assert words in response.text
    assert sent["note"] in response.text
    assert not Deed.objects.exists()


def test_no_field_of_points_takes_a_typed_figure(world, as_user):
    client = desk(world, as_user)
    months.drafted(world)
    for address in (
        reverse("deed-new"),
        reverse("desk-deeds"),
        reverse("desk-branch-month", args=["BY1", "2026-02"]),
        reverse("bulletin-prepare", args=["BY1", "2026-01"]),
        reverse("bulletin-publish", args=["BY1", "2026-02"]),
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert 'type="number"' not in page.text


def test_a_line_is_taken_back_by_two_people(world, as_user):
    entry = deeds.entry(world, world.members["BY1"][1])
    client = desk(world, as_user)
    assert posted(client, world, reverse("entry-reverse", args=[entry.pk]), reason="重复").status_code == 302
    deed = Deed.objects.get()
    assert posted(client, world, reverse("deed-confirm", args=[deed.pk])).status_code == 422
    other = desk(world, as_user, Role.COMMUNITY_STAFF, "G1")
    assert posted(other, world, reverse("deed-confirm", args=[deed.pk])).status_code == 302
    assert sum(Entry.objects.values_list("tenths", flat=True)) == 0


def test_what_is_due_and_what_is_red(world, as_user):
    client = desk(world, as_user, body="G1")
    address = reverse("desk-points")
    page = client.get(address)
    assert page.text.count("待编制，已逾期") == 3
    months.drafted(world)
    assert "异议期到 3月23日 23:59" in client.get(address).text
    with time_machine.travel(world.now + timedelta(days=6), tick=False):
        client = desk(world, as_user, body="G1")
        assert "待发布" in client.get(address).text
        months_open = client.get(address, {"month": "2026-04"})
        assert months_open.text.count("未关账") == 3
    assert client.get(address, {"month": "spring"}).status_code == 404


@pytest.mark.parametrize("name", ["desk-deeds", "my-points", "bulletins", "desk-branch-month", "bulletin"])
def test_the_same_number_of_queries_with_one_row_and_with_thirty(name, world, as_user, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    people = world.members["BY1"]

    def grow(rows):
        for number in range(rows):
            deeds.award(world, *people)
            for member in people[:2]:
                services.record_deed(
                    member=member, indicator="PLEDGE", deed_on=date(2026, 3, 1), note="x", recorder="user:1",
                    by=world.by, now=world.now, key=world.key(),
                )  # fmt: skip

    def count():
        own = {"my-points": lambda: as_user(world.member.user)}
        client = own.get(name, lambda: desk(world, as_user))()
        arguments = {"desk-branch-month": ["BY1", "2026-02"], "bulletin": [Bulletin.objects.first()]}
        if name == "bulletin":
            arguments["bulletin"] = [Bulletin.objects.earliest("pk").pk]
        address = reverse(name, args=arguments.get(name))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    grow(1)
    if name in {"bulletins", "bulletin"}:
        months.published(world, "BY1")
        first = count()
        for code in ("BY2", "BR1", "BR2"):
            months.published(world, code)
    else:
        first = count()
        grow(9)
    assert count() == first


def test_the_last_step_names_branch_and_month_and_has_no_button_where_it_cannot_work(world, as_user):
    preparer, other = world.user(Role.SECRETARY, "BY1"), world.user(Role.DEPUTY, "BY1")
    months.drafted(world, by=world.actor_of(preparer))
    address = reverse("bulletin-publish", args=["BY1", "2026-02"])
    button = '<button class="danger">'
    early = as_user(other).get(address).text
    assert "发布组织BY1 2026年2月通报" in early
    assert "2026年3月23日" in early
    assert button not in early
    with time_machine.travel(world.now + timedelta(days=6), tick=False):
        assert button in as_user(other).get(address).text
        mine = as_user(preparer).get(address).text
        assert button not in mine
        assert "副书记" in mine
