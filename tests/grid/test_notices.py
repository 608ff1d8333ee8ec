"""A notice that was published wrongly is taken back, with a reason that is logged and stays in the history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.access.roles import Role
from linli.audit.models import Event
from linli.grid import queries, services
from linli.grid.models import GridNotice
from linli.lib.errors import Refusal
from tests.grid.making import ITEMS, LAST_MONTH, TODAY, a_grid, posted_notice

KEY = "a-request-key-long-enough"


def writes(world):
    return {"by": world.by, "now": world.now, "key": world.key()}


def back(world, notice, reason="电话写错了"):
    services.take_back_notice(notice, reason=reason, **writes(world))


def held(world, place="E1", day=TODAY):
    return queries.notice(world.places[place], day)


def test_the_notice_of_the_place_above_holds_again(world):
    above = posted_notice(world, "C1")
    own = posted_notice(world, "E1", supervision="0731-88889999")
    assert held(world) == own
    back(world, own)
    assert held(world) == above
    assert held(world, day=TODAY - timedelta(days=1)) == own, "it was posted then, and that is not rewritten"
    own.refresh_from_db()
    assert (own.valid_to, own.taken_back) == (TODAY, "电话写错了")
    event = Event.objects.get(action="notice.take_back")
    assert (event.ref, event.data["reason"]) == (own.ref, "电话写错了")


def test_one_of_today_goes_and_the_one_that_it_ended_holds_on(world):
    first = posted_notice(world, "E1")
    second = posted_notice(world, "E1", since=TODAY)
    assert held(world) == second
    back(world, second)
    assert held(world) == first
    assert list(GridNotice.objects.values_list("valid_to", flat=True)) == [None]


def test_one_that_was_taken_back_does_not_come_back_with_the_next(world):
    back(world, posted_notice(world, "E1"))
    back(world, posted_notice(world, "E1", since=TODAY))
    assert held(world) is None
    assert GridNotice.objects.get().valid_to == TODAY


def test_what_holds_no_more_is_not_taken_back(world):
    own = posted_notice(world, "E1")
    back(world, own)
    with pytest.raises(Refusal) as told:
        back(world, own)
    assert told.value.code == "notice-over"


@pytest.mark.parametrize("since", [LAST_MONTH, TODAY - timedelta(days=1)])
def test_a_new_one_does_not_begin_where_the_one_taken_back_still_held(world, since):
    back(world, posted_notice(world, "E1"))
    with pytest.raises(Refusal) as told:
        services.publish_notice(world.places["E1"], supervision="12345", items=ITEMS, since=since, **writes(world))
    assert (told.value.code, told.value.field) == ("notice-until", "since")
    posted_notice(world, "E1", since=TODAY)
    assert held(world).valid_from == TODAY


def test_it_is_taken_back_at_the_desk_with_a_reason(world, as_user):
    a_grid(world)
    client = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))
    posted_notice(world, "E1")
    page, address = "/desk/notices/E1/", "/desk/notices/E1/back/"
    assert address in client.get(page).content.decode()
    assert client.post(address, {"reason": " ", "key": KEY}).status_code == 422
    assert held(world) is not None
    assert client.post(address, {"reason": "电话写错了", "key": KEY})["Location"] == page
    assert held(world) is None
    text = client.get(page).content.decode()
    assert "电话写错了" in text
    assert address not in text
    assert client.get(address)["Location"] == page
    assert as_user(world.user(Role.COMMUNITY_STAFF, "RC2")).get(address).status_code == 404
