"""From which day a map may hold, and which grid it may replace: history is not rewritten (ADR 122)."""

# ruff: noqa: F811 -- fixtures come by their names

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from linli.access.roles import Role
from linli.audit.models import Event
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.places import services
from linli.places.models import Grid, GridProposal
from linli.places.policy.saving import check_follows, check_since
from tests.catalogue.organisations import proposal
from tests.places.making import proven
from tests.places.test_grid_commands import file, run  # noqa: F401 -- a fixture
from tests.world import NOW

TODAY, DAY = local_date(NOW), timedelta(days=1)
WHY = "补录去年的网格图"
KEY = "a-request-key-long-enough"


def save(world, *, since=None, now=NOW, reason=""):
    return services.import_grid(
        world.places["E1"], proven(), since=since, reason=reason, by=world.by, now=now, key=world.key()
    )


def refused(call, *args, **more) -> Refusal:
    with pytest.raises(Refusal) as told:
        call(*args, **more)
    return told.value


@pytest.mark.parametrize(
    ("since", "newest", "saved", "code"),
    [
        (TODAY, None, None, ""),
        (TODAY, TODAY, TODAY, ""),
        (TODAY, TODAY, TODAY - DAY, "grid.since_kept"),
        (TODAY, TODAY, None, "grid.since_kept"),
        (TODAY + DAY, TODAY + DAY, TODAY, ""),
        (TODAY + DAY, TODAY + DAY, TODAY - DAY, "grid.since_kept"),
        (TODAY, TODAY - DAY, TODAY - DAY, ""),
        (TODAY - DAY, TODAY, TODAY, "grid.since_early"),
    ],
)
def test_only_a_grid_that_was_saved_today_is_replaced(since, newest, saved, code):
    if code:
        assert refused(check_follows, since, TODAY, newest, saved).code == code
    else:
        check_follows(since, TODAY, newest, saved)


@pytest.mark.parametrize(("reason", "code"), [("", "grid.since_reason"), ("  ", "grid.since_reason"), (WHY, "")])
def test_a_day_in_the_past_wants_a_reason(reason, code):
    check_since(TODAY, TODAY, reason)
    if code:
        told = refused(check_since, TODAY - DAY, TODAY, reason)
        assert (told.code, told.field) == (code, "reason")
    else:
        check_since(TODAY - DAY, TODAY, reason)


def test_a_grid_of_yesterday_is_not_replaced_by_a_map_that_was_sent_for_its_day(world):
    """The map waited since yesterday, and offers the day on which it was sent: the first day of the grid that holds."""
    first = save(world, now=NOW - DAY)
    assert refused(save, world, since=TODAY - DAY, reason=WHY).code == "grid.since_kept"
    assert list(Grid.objects.all()) == [first]
    second = save(world)
    first.refresh_from_db()
    assert (first.valid_to, second.valid_from) == (TODAY, TODAY)


def test_what_was_saved_wrongly_today_is_saved_again_today(world):
    save(world, since=date(2026, 1, 1), reason=WHY)
    save(world, since=date(2026, 1, 1), reason="图画错了，重新补录")
    assert Grid.objects.get().reason == "图画错了，重新补录"
    logged = Event.objects.filter(action="grid.import").order_by("pk").values_list("data", flat=True)
    assert [(data["replaced"], data["reason"]) for data in logged] == [(False, WHY), (True, "图画错了，重新补录")]


def test_a_grid_of_before_this_was_kept_is_not_replaced(world):
    save(world)
    Grid.objects.update(made_at=None)
    assert refused(save, world).code == "grid.since_kept"


def test_two_grids_of_one_place_cannot_overlap_in_the_database(world):
    save(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grid.objects.create(place=world.places["E1"], valid_from=TODAY + DAY)


def test_the_page_offers_today_and_asks_why_for_a_day_before(world, as_user):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))
    found = proposal(world)["pk"]
    GridProposal.objects.filter(pk=found).update(made_at=NOW - DAY * 3, since=TODAY - DAY * 3)
    address = f"/desk/grid/proposals/{found}/"
    assert client.get(address).context["form"]["since"].value() == TODAY
    early = {"since": "2026-03-01", "seen": "0", "key": KEY}
    answer = client.post(address, early)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reason"]
    assert answer.context["form"]["since"].value() == "2026-03-01"
    assert not Grid.objects.exists()
    assert client.post(address, early | {"reason": WHY}).status_code == 302
    shown = client.get("/desk/grid/history/E1/").content.decode()
    assert WHY in shown
    assert "网格图" in client.get("/desk/grid/").content.decode()


def test_a_day_that_somebody_said_is_offered(world, as_user):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))
    found = proposal(world)["pk"]
    GridProposal.objects.filter(pk=found).update(since=date(2026, 5, 1))
    assert client.get(f"/desk/grid/proposals/{found}/").context["form"]["since"].value() == date(2026, 5, 1)


def test_the_history_names_every_grid_and_who_saved_it(world, as_user):
    user = world.user(Role.COMMUNITY_STAFF, "RC1")
    client = as_user(user)
    save(world, since=date(2026, 1, 1), reason=WHY)
    address = f"/desk/grid/proposals/{proposal(world)['pk']}/"
    assert client.post(address, {"since": "2026-04-01", "seen": "0", "key": KEY}).status_code == 302
    found = client.get("/desk/grid/history/E1/")
    assert [grid.valid_from for grid, _who in found.context["rows"]] == [date(2026, 4, 1), date(2026, 1, 1)]
    assert [who for _grid, who in found.context["rows"]][0] == str(user)
    Grid.objects.update(made_at=None)
    assert "保存时间不详" in client.get("/desk/grid/history/E1/").content.decode()
    assert client.get("/desk/grid/history/E3/").status_code == 404
    assert Client().get("/desk/grid/history/E1/").status_code == 302


def test_the_command_asks_why_as_well(file):
    early = run("import", file, "--place", "Y1", "--since", "2026-01-01")
    assert early.exit_code == 2
    assert "2026-01-01" in early.output
    assert not Grid.objects.exists()
    assert run("import", file, "--place", "Y1", "--since", "2026-01-01", "--reason", WHY).exit_code == 0
    assert Grid.objects.get().reason == WHY
    Grid.objects.update(made_at=NOW - DAY)
    again = run("import", file, "--place", "Y1", "--since", "2026-01-01", "--reason", WHY)
    assert again.exit_code == 2
    assert "2026-01-01 起的网格图不是今天保存的" in again.output
    assert Grid.objects.count() == 1
