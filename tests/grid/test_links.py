"""Links between doors and members: one at a time, moved, ended, and ended by the house when a member goes."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.grid import jobs, queries, services, verify
from linli.grid.models import HouseholdLink
from linli.lib.errors import Refusal, Repeated
from linli.members import services as members
from linli.members.policy.kinds import Ending, Standing
from linli.organisations import services as organisations
from linli.organisations.policy.kinds import BodyKind
from linli.places import services as places
from tests.grid.making import LAST_MONTH, TODAY, linked, more_doors
from tests.places.making import proven
from tests.world import SINCE


def broken():
    return [invariant.code for invariant in verify.invariants() if invariant.find()]


def who(world, day=TODAY, door="H1"):
    found = queries.answering(world.places[door], day)
    return found.number if found else ""


def unlink(world, on=TODAY, doors=None):
    return services.unlink(doors or [world.places["H1"]], on=on, by=world.by, now=world.now, key=world.key())


def test_a_door_has_one_member_at_a_time_and_keeps_its_history(world):
    linked(world, "BY1-2")
    linked(world, "BY1-3", since=TODAY)
    before = TODAY - timedelta(days=1)
    assert [who(world, day) for day in (LAST_MONTH - timedelta(days=1), LAST_MONTH, before, TODAY)] == [
        "", "BY1-2", "BY1-2", "BY1-3",
    ]  # fmt: skip
    assert HouseholdLink.objects.get(member__number="BY1-2").ended == "passed_on"
    assert broken() == []


def test_who_answers_is_one_query(world):
    linked(world)
    with CaptureQueriesContext(connection) as asked:
        assert who(world) == "BY1-2"
    assert len(asked) == 1


def test_the_same_member_again_changes_nothing_and_a_slip_of_the_day_goes(world):
    linked(world, "BY1-2", since=TODAY)
    assert linked(world, "BY1-2", since=TODAY) == []
    linked(world, "BY1-3", since=TODAY)
    assert HouseholdLink.objects.get().member.number == "BY1-3"


def test_the_database_refuses_two_at_once(world):
    linked(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        HouseholdLink.objects.create(door=world.places["H1"], member=world.members["BY1"][2], valid_from=TODAY)


def test_a_request_sent_twice_has_one_effect(world):
    given = {"member": world.members["BY1"][1], "since": TODAY, "by": world.by, "now": world.now, "key": world.key()}
    services.link([world.places["H1"]], **given)
    with pytest.raises(Repeated):
        services.link([world.places["H1"]], **given)
    assert HouseholdLink.objects.count() == 1


def lost(world):
    members.begin_standing(
        world.members["BY1"][3], kind=Standing.LOST, since=LAST_MONTH, by=world.by, now=world.now, key=world.key()
    )


def depart(world, index, on):
    return members.depart(
        world.members["BY1"][index], ending=Ending.DIED, on=on, by=world.by, now=world.now, key=world.key()
    )


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("link-no-doors", lambda w: services.link([], member=w.member, since=TODAY, by=w.by, now=w.now, key=w.key())),
        ("link-no-door", lambda w: linked(w, doors=[w.places["U1"]])),
        ("link-ahead", lambda w: linked(w, since=TODAY + timedelta(days=1))),
        ("link-no-unit", lambda w: linked(w, since=SINCE - timedelta(days=1))),
        ("link-away", lambda w: (lost(w), linked(w, "BY1-4"))),
        ("link-later", lambda w: (linked(w, since=TODAY), linked(w, "BY1-3"))),
        ("link-later", lambda w: (linked(w), unlink(w), linked(w, "BY1-3", since=LAST_MONTH))),
        ("link-none", unlink),
        ("link-none", lambda w: (linked(w), unlink(w), unlink(w, on=LAST_MONTH))),
    ],
)  # fmt: skip
def test_refusals_save_nothing(world, code, act):
    with pytest.raises(Refusal) as refused:
        act(world)
    assert refused.value.code == code
    assert broken() == []


def test_a_link_is_ended_and_on_its_first_day_taken_back(world):
    linked(world)
    assert unlink(world) == 1
    assert (who(world), HouseholdLink.objects.get().ended) == ("", "by_hand")
    linked(world, since=TODAY)
    unlink(world)
    assert HouseholdLink.objects.count() == 1


def test_the_doors_of_who_dies_are_free_after_the_nightly_job(world):
    linked(world)
    depart(world, 1, TODAY - timedelta(days=5))
    assert broken() == ["grid.units"]
    assert jobs.end_departed(world.now) == 1
    assert jobs.end_departed(world.now) == 0
    found = HouseholdLink.objects.get()
    assert (found.valid_to, found.ended) == (TODAY - timedelta(days=5), "left")
    assert broken() == []
    actor = world.actor(Role.SECRETARY, "BY1")
    found = queries.buildings(actor, Permission.MEMBER_VIEW, TODAY)
    [(building, address, lines)] = queries.unlinked(queries.with_free(found, TODAY), TODAY)
    assert (building.code, address, lines[0].door.code, lines[0].last.ended) == ("B1", "地E1 地Y1 地B1", "H1", "left")


def test_a_link_that_began_after_the_departure_never_held(world):
    linked(world, since=TODAY)
    depart(world, 1, TODAY - timedelta(days=5))
    jobs.end_departed(world.now)
    assert not HouseholdLink.objects.exists()


def test_the_doors_of_who_moves_away_are_free_from_that_day(world):
    linked(world, "BY1-2", since=date(2025, 1, 1))
    linked(world, "BY1-4", doors=more_doors(world, 2), since=date(2025, 1, 1))
    lost(world)
    assert jobs.end_departed(world.now) == 2
    assert set(HouseholdLink.objects.filter(ended="away").values_list("valid_to", flat=True)) == {LAST_MONTH}
    assert who(world) == "BY1-2"


def test_loads_name_who_has_too_many_and_too_few(world):
    linked(world, "BY1-2", doors=more_doors(world, 21))
    found = {
        line.member.number: line
        for line in queries.loads(world.actor(Role.SECRETARY, "BY1"), Permission.MEMBER_VIEW, TODAY)
    }
    assert found["BY1-2"].codes == {"H1"}
    assert found["BY1-1"].codes == {"H2"}
    assert found["BY1-2"].unit == world.bodies["BY1"]


def test_cells_count_their_centre_households(world):
    places.import_grid(
        world.places["E1"], proven(places={"G00": ("Y1",), "G01": ("Y2",)}), by=world.by, now=world.now, key=world.key()
    )
    for number in (1, 2):
        organisations.found_body(
            kind=BodyKind.CENTRE_HOUSEHOLD, code=f"Z{number}", name=f"中心户{number}", parent=world.bodies["BG1"],
            by=world.by, now=world.now, key=world.key(), since=SINCE, serves=[world.places["B1"]],
        )  # fmt: skip
    found = queries.cells(world.actor(Role.COMMUNITY_STAFF, "G1"), Permission.MEMBER_VIEW, TODAY)
    said = [[f.rule.code for f in line.findings if f.rule.code.startswith("H")] for line in found]
    assert [(line.cell.code, len(line.centres)) for line in found] == [("G00", 2), ("G01", 0), ("G10", 0), ("G11", 0)]
    assert said == [[], ["H4"], ["H4"], ["H4"]]


def test_invariants_name_what_is_no_door(world):
    HouseholdLink.objects.create(door=world.places["U1"], member=world.member, valid_from=TODAY)
    assert broken() == ["grid.doors"]
