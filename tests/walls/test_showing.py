"""Words hidden by hand, and photos released or taken back after the issue was accepted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linli.access.roles import Role
from linli.audit.models import Event
from linli.lib.errors import Refusal
from linli.lib.mask import MARK
from linli.walls import services
from linli.walls.models import Issue
from linli.walls.policy.cover import cover
from tests.files.policy.test_photos import picture
from tests.walls.makers import accepted, answered, declined, escalated, fresh, reported

KEY = "a-request-key-of-a-form"
NAME = "王桂花"
FALL = "王桂花阿姨在三单元摔了，王桂花起不来。"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    for each in caches.all():
        each.clear()


def hide(world: Any, issue: Issue, words: str = NAME) -> Issue:
    return services.hide_words(issue, words=words, by=world.by, now=world.now, key=world.key())


def given_to(world: Any) -> dict[str, Any]:
    return {"by": world.by, "now": world.now, "key": world.key()}


# --- covering --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("王桂花来了", [], "王桂花来了"),
        ("王桂花来了,王桂花走了", ["王桂花"], f"{MARK}来了,{MARK}走了"),
        ("王桂花和桂花", ["桂花", "王桂花"], f"{MARK}和{MARK}"),
        (f"{MARK}在●边", ["●"], f"{MARK}在{MARK}边"),
        ("a.c abc", ["a.c"], f"{MARK} abc"),
    ],
)
def test_what_is_covered(text: str, words: list[str], shown: str):
    assert cover(text, words) == shown


@given(st.text(st.sampled_from("王桂花●.*\n a"), max_size=40), st.lists(st.text("王桂花●.* a", min_size=1), max_size=4))
def test_covering_leaves_none_of_the_words_and_changes_nothing_twice(text: str, words: list[str]):
    once = cover(text, words)
    assert cover(once, words) == once
    assert not [word for word in words for part in once.split(MARK) if word in part]


# --- hiding ----------------------------------------------------------------------------------------


def test_a_hidden_name_stands_nowhere_in_public_and_still_inside(world: Any, as_user: Any):
    done = reported(world, text=FALL, contact="李阿姨")
    issue, visitor, holder = done.issue, Client(), Client()
    services.escalate(issue, reason="王桂花家里没有人。", **given_to(world))
    issue.refresh_from_db()
    services.reply(issue, text="已经送王桂花去医院。", outcome="solved", **given_to(world))
    holder.post("/receipt/", {"secret": done.secret})
    public = ["/walls/Y1/?show=all", "/walls/C1/?show=all", f"/issues/{issue.number}/", "/echo/", "/"]
    for address in public:
        assert NAME in visitor.get(address).text, address
    receipt = f"/issues/{issue.number}/receipt/"
    assert NAME in holder.get(receipt).text
    office = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))
    response = office.post(f"/desk/issues/{issue.number}/hide/", {"key": KEY, "words": f" {NAME} "}, follow=True)
    assert 'class="notice success"' in response.text
    assert FALL in response.text, "who handles it reads what was typed"
    for address in public:
        assert NAME not in visitor.get(address).text, address
        assert MARK in visitor.get(address).text, address
    assert NAME not in holder.get(receipt).text
    assert NAME not in as_user(world.user(Role.PROPERTY_MANAGER, "BY1")).get(f"/desk/issues/{issue.number}/").text


def test_what_is_said_later_is_covered_too(world: Any):
    issue = hide(world, answered(world, text=FALL))
    services.reopen(issue, reason="王桂花又摔了。", **given_to(world))
    shown = Client().get(f"/issues/{issue.number}/").text
    assert "又摔了" in shown
    assert NAME not in shown


def test_words_of_the_record_alone_are_hidden_too(world: Any):
    issue = answered(world)
    services.reopen(issue, reason="王桂花又摔了。", **given_to(world))
    hide(world, issue)
    assert NAME not in Client().get(f"/issues/{issue.number}/").text


def test_the_log_has_the_count_and_not_the_words(world: Any):
    issue = hide(world, fresh(world, text=FALL))
    event = Event.objects.latest("pk")
    assert event.action == "issue.hide_words"
    kept = repr(Event.objects.filter(pk=event.pk).values().get())
    assert NAME not in kept
    assert issue.number in kept
    assert "'places': 2" in kept


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "hide-empty"),
        ("  ", "hide-empty"),
        ("长" * 41, "hide-long"),
        ("张三", "hide-nowhere"),
        (MARK, "hide-nowhere"),
        ("●", "hide-nowhere"),
        ("13812345678", "hide-nowhere"),
    ],
)
def test_words_that_cannot_be_hidden(world: Any, words: str, code: str):
    issue = fresh(world, text=f"{FALL}13812345678")
    with pytest.raises(Refusal) as refused:
        hide(world, issue, words)
    assert refused.value.code == code
    assert Issue.objects.get().hidden_words == []


def test_words_are_hidden_once(world: Any):
    issue = hide(world, fresh(world, text=FALL))
    with pytest.raises(Refusal) as refused:
        hide(world, issue)
    assert refused.value.code == "hide-nowhere"


@pytest.mark.parametrize("made", [fresh, accepted, answered, escalated])
def test_words_are_hidden_in_each_state(world: Any, made: Any):
    assert hide(world, made(world, text=FALL)).hidden_words == [NAME]


@pytest.mark.parametrize(("made", "more"), [(declined, {}), (fresh, {"code": "private"})])
def test_a_text_that_is_hidden_has_no_words_to_hide(world: Any, made: Any, more: Any):
    with pytest.raises(Refusal) as refused:
        hide(world, made(world, text=FALL, **more))
    assert refused.value.code == "issue-hidden"


def test_a_refused_form_stands_open_with_its_words(world: Any, as_user: Any):
    issue = fresh(world, text=FALL)
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    response = client.post(f"/desk/issues/{issue.number}/hide/", {"key": KEY, "words": "张三"})
    assert response.status_code == 422
    assert re.search(r'<details[^>]* open><summary>.*?value="张三"', response.text, re.DOTALL)
    assert client.post(f"/desk/issues/{issue.number}/hide/", {"key": KEY, "words": ""}).status_code == 422


# --- the photo -------------------------------------------------------------------------------------


def test_a_photo_is_released_and_taken_back_after_accepting(world: Any, as_user: Any):
    issue = fresh(world, photo=picture())
    client, visitor = as_user(world.user(Role.SECRETARY, "BY1")), Client()
    page, photo = f"/desk/issues/{issue.number}/", f"/issues/{issue.number}/photo/"
    assert "show-photo" not in client.get(page).text, "the form of accepting has the tick"
    response = client.post(f"{page}accept/", {"key": KEY}, follow=True)
    assert 'class="notice success"' in response.text
    assert f'action="{page}photo/"' in response.text
    assert visitor.get(photo).status_code == 404
    for turn, (sent, status) in enumerate((({"photo_public": "on"}, 200), ({}, 404), ({"photo_public": "on"}, 200))):
        response = client.post(f"{page}photo/", {"key": f"{KEY}-{turn}"} | sent, follow=True)
        assert 'class="notice success"' in response.text
        assert visitor.get(photo).status_code == status
        assert (photo in visitor.get(f"/issues/{issue.number}/").text) is (status == 200)
    assert "no-cache" in visitor.get(photo).headers["Cache-Control"], "one that is taken back is kept nowhere"


@pytest.mark.parametrize(
    ("made", "more", "code"),
    [
        (accepted, {}, "photo-none"),
        (accepted, {"photo": "yes", "code": "private"}, "issue-hidden"),
        (declined, {"photo": "yes"}, "issue-hidden"),
    ],
)
def test_photos_that_cannot_be_released(world: Any, made: Any, more: Any, code: str):
    issue = made(world, **(more | {"photo": picture()} if "photo" in more else more))
    with pytest.raises(Refusal) as refused:
        services.show_photo(issue, photo_public=True, **given_to(world))
    assert refused.value.code == code
    assert not Issue.objects.get().photo_public


def test_a_photo_that_was_released_stays_so_when_it_is_accepted_again(world: Any, as_user: Any):
    issue = answered(world, photo=picture())
    issue = services.show_photo(issue, photo_public=True, **given_to(world))
    services.reopen(issue, reason="还是坏的。", **given_to(world))
    page = as_user(world.user(Role.SECRETARY, "BY1")).get(f"/desk/issues/{issue.number}/").text
    assert re.search(r'<input type="checkbox"[^>]* id="accept-photo_public" checked', page)
