"""Merging, splitting, dissolving: shown first, saved when confirmed, and only what was shown."""

import re

from django.urls import reverse

from linli.access.roles import Role
from linli.members.models import Membership, Post
from linli.members.policy.kinds import Title
from linli.organisations.models import Body
from tests.world import SINCE

DATED = {"on": "2026-03-18", "document": "〔2026〕5号"}


def send(client, world, page, at, **given):
    answer = client.post(reverse(page, args=[at]), DATED | {"key": world.key() + "-" * 8} | given)
    return answer, answer.content.decode()


def mark(page):
    return re.search(r'name="shown" value="(\w+)"', page).group(1)


def test_a_merger_is_shown_with_all_that_hangs_on_the_body_and_saved_on_a_second_word(world, as_user):
    world.user(Role.GROUP_LEADER, "BY1")
    Post.objects.create(member=world.member, body=world.bodies["BY1"], title=Title.SECRETARY, valid_from=SINCE)
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    answer, page = send(client, world, "body-merge", "BY1", into="BY2", step="show")
    assert answer.status_code == 200
    for words in ("5 名党员", "王小一", "1 个职务终止", "组织BG1", "楼栋党小组长", "地Y1", 'value="〔2026〕5号"'):
        assert words in page, words
    assert Body.objects.get(code="BY1").valid_to is None
    answer, _page = send(client, world, "body-merge", "BY1", into="BY2", step="save", shown=mark(page))
    assert answer.headers["Location"] == reverse("body", args=["BY1"])
    assert Membership.objects.filter(body__code="BY2", valid_to=None).count() == 10


def test_what_changed_since_it_was_shown_is_not_saved(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    _answer, page = send(client, world, "body-merge", "BY1", into="BY2", step="show")
    Membership.objects.filter(member=world.member).update(body=world.bodies["BR1"])
    answer, again = send(client, world, "body-merge", "BY1", into="BY2", step="save", shown=mark(page))
    assert answer.status_code == 422 and "请重新查看后再确认" in again
    assert mark(again) != mark(page)
    assert Body.objects.get(code="BY1").valid_to is None


def test_saving_without_having_seen_it_only_shows_it(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    answer, page = send(client, world, "body-merge", "BY1", into="BY2", step="save")
    assert answer.status_code == 200 and mark(page)
    assert Body.objects.get(code="BY1").valid_to is None


def test_what_cannot_be_is_said_before_anything_is_confirmed(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    answer, page = send(client, world, "body-dissolve", "BY2", step="show")
    assert answer.status_code == 422 and "还有 5 名党员，请改用合并" in page
    assert 'value="save"' not in page and 'value="〔2026〕5号"' in page


def test_a_split_keeps_what_was_ticked(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    new = {"name": "新院", "code": "BY2", "members": ["BY1-1", "BY1-3"], "step": "show"}
    answer, page = send(client, world, "body-split", "BY1", **new)
    assert answer.status_code == 422 and page.count("checked") == 2 and 'value="新院"' in page
    answer, page = send(client, world, "body-split", "BY1", **(new | {"code": "BY3"}))
    assert answer.status_code == 200
    send(client, world, "body-split", "BY1", **(new | {"code": "BY3", "step": "save", "shown": mark(page)}))
    assert set(Membership.objects.filter(body__code="BY3").values_list("member__number", flat=True)) == {
        "BY1-1",
        "BY1-3",
    }
