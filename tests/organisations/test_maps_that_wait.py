"""Maps that wait to be saved: all are listed with who and when, none goes unasked, any can be thrown away."""

# ruff: noqa: F811 -- fixtures come by their names

from __future__ import annotations

import pytest

from linli.access.roles import Role
from linli.audit.models import Event
from linli.lib.errors import Refusal
from linli.places import queries, services
from linli.places.models import Grid, GridProposal, GridStep
from tests.organisations.test_map_editing import BY, KEY, client, move, waiting  # noqa: F401 -- fixtures
from tests.organisations.test_places_desk import send
from tests.places.making import geojson, squares


def listed(client):
    return client.get("/desk/grid/").context["waiting"]


def test_every_map_that_waits_is_listed_with_who_and_when(client, world, waiting):
    sent = send(client, geojson(squares()), key=KEY + "sent")["Location"]
    found = listed(client)
    assert [one.file_name for one, _who in found] == ["网格.geojson", "Y1-2026-03-18.geojson"]
    assert [one.edits for one, _who in found] == [0, 0]
    text = client.get("/desk/grid/").content.decode()
    assert sent in text
    assert all(who in text for _one, who in found)
    move(client, waiting)
    assert {one.pk: one.edits for one, _who in listed(client)}[waiting.pk] == 1


def test_a_map_of_somebody_else_stays_when_another_is_sent(client, world, as_user):
    other = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))
    send(other, geojson(squares()), key=KEY + "other")
    first = GridProposal.objects.get()
    send(client, geojson(squares()), key=KEY + "mine")
    assert GridProposal.objects.filter(pk=first.pk).exists()
    assert GridProposal.objects.count() == 2


def test_of_the_same_sender_only_the_same_file_is_replaced_and_a_copy_never(client, world, waiting):
    send(client, geojson(squares()), key=KEY + "1", place="Y1")
    send(client, geojson(squares()), key=KEY + "2", place="Y1", name="另一张.geojson")
    send(client, geojson(squares()), key=KEY + "3", place="Y1", name=waiting.file_name)
    assert GridProposal.objects.count() == 4
    first = GridProposal.objects.get(file_name="网格.geojson")
    send(client, geojson(squares()), key=KEY + "4", place="Y1")
    assert not GridProposal.objects.filter(pk=first.pk).exists()
    assert GridProposal.objects.count() == 4
    assert Event.objects.filter(action="grid.propose").latest("pk").data["instead_of"] == [first.pk]


def test_a_map_is_thrown_away_after_it_was_said_whose_it_is(client, world, waiting, as_user):
    move(client, waiting)
    colleague = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))
    address = f"/desk/grid/proposals/{waiting.pk}/discard/"
    shown = colleague.get(address)
    assert waiting.file_name in shown.content.decode()
    assert GridProposal.objects.exists()
    assert colleague.post(address, {"key": KEY + "gone"})["Location"] == "/desk/grid/"
    assert not GridProposal.objects.exists()
    assert not GridStep.objects.exists()
    assert Grid.objects.count() == 1
    logged = Event.objects.get(action="grid.discard").data
    assert (logged["place"], logged["edits"], logged["made_by"]) == ("Y1", 1, waiting.made_by)
    assert colleague.get(address).status_code == 404


def test_a_saved_map_is_not_thrown_away(client, world, waiting):
    services.adopt_proposal(waiting, since=world.now.date(), seen=0, by=BY, now=world.now, key=world.key())
    assert client.get(f"/desk/grid/proposals/{waiting.pk}/discard/")["Location"] == "/desk/grid/"
    with pytest.raises(Refusal) as told:
        services.discard_proposal(waiting, by=BY, now=world.now, key=world.key())
    assert told.value.code == "grid.adopted"
    assert Grid.objects.count() == 1


def test_what_is_done_to_a_map_that_is_gone_is_refused(world, waiting):
    given = {"by": BY, "now": world.now}
    services.discard_proposal(waiting, key=world.key(), **given)
    for act in (
        lambda: services.undo_edit(waiting, seen=1, key=world.key(), **given),
        lambda: services.adopt_proposal(waiting, since=world.now.date(), seen=0, key=world.key(), **given),
    ):
        with pytest.raises(Refusal) as told:
            act()
        assert told.value.code == "grid.discarded"


def test_the_list_does_not_read_the_files(client, world, waiting, django_assert_max_num_queries):
    (one, _who) = listed(client)[0]
    assert {"cells", "boundary"} <= one.get_deferred_fields()
    assert queries.pen(GridProposal.objects.get(pk=one.pk)).seen == 0
