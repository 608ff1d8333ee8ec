from __future__ import annotations

import time
from datetime import date, timedelta

import numpy as np
import pytest
import shapely

from linli.audit.models import Event
from linli.lib.errors import Refusal, Repeated
from linli.places import queries, services, verify
from linli.places.models import Cell, CellPlace, Grid
from linli.places.policy.datum import Datum
from linli.places.policy.features import Cells
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.survey import survey
from tests.places.making import box, geojson, overlapping, proven, squares
from tests.places.policy.maps import jittered_grid, placed

DAY = date(2026, 3, 18)


def save(world, place="Y1", made=None, **more):
    return services.import_grid(
        world.places[place], made or proven(), by=world.by, now=world.now, key=world.key(), **more
    )


def refused(call, *args, **more) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **more)
    assert str(caught.value).endswith(".")
    return caught.value


def broken(code: str) -> list[str]:
    return next(truth for truth in verify.invariants() if truth.code == code).find()


def test_a_proven_map_is_saved_with_its_areas_and_an_event(world):
    grid = save(world)
    assert [cell.code for cell in grid.cells.all()] == ["G00", "G01", "G10", "G11"]
    cell = grid.cells.get(code="G00")
    assert cell.name == "G00"
    assert 43_000 < cell.area_m2 < 44_500
    assert (cell.west, cell.north) == (112.9, 28.202)
    event = Event.objects.get(action="grid.import")
    assert (event.ref, event.data["cells"]) == ("grid:Y1:2026-03-18", 4)


def test_the_earlier_grid_ends_the_day_before_and_history_stays(world):
    first = save(world, since=DAY)
    second = save(world, since=DAY + timedelta(days=10))
    assert queries.grid(world.places["Y1"], DAY + timedelta(days=9)) == first
    assert queries.grid(world.places["Y1"], DAY + timedelta(days=10)) == second
    assert refused(save, world, since=DAY + timedelta(days=9)).field == "since"


def test_a_grid_of_the_same_day_is_replaced(world):
    first, second = save(world), save(world)
    assert not Grid.objects.filter(pk=first.pk).exists()
    assert list(Grid.objects.all()) == [second]
    assert Cell.objects.count() == 4


@pytest.mark.parametrize("since", [date(1, 1, 1), date(1949, 9, 30), date(9999, 12, 31)])
def test_days_that_cannot_be_are_refused(world, since):
    assert refused(save, world, since=since).code == "grid.since"


def test_with_faults_nothing_is_saved(world):
    events = Event.objects.count()
    assert refused(save, world, made=proven(overlapping())).code == "grid.faults"
    assert not Grid.objects.exists()
    assert Event.objects.count() == events


@pytest.mark.parametrize("code", ["#1", "x" * 41])
def test_codes_that_cannot_be_kept_are_refused(world, code):
    shapes = squares()
    refused(save, world, made=proven({code if name == "G00" else name: shape for name, shape in shapes.items()}))
    assert not Grid.objects.exists()


def test_the_same_key_has_one_effect(world):
    place, key = world.places["Y1"], world.key()
    services.import_grid(place, proven(), by=world.by, now=world.now, key=key)
    with pytest.raises(Repeated):
        services.import_grid(place, proven(), by=world.by, now=world.now, key=key)
    assert Grid.objects.count() == 1


def test_the_list_of_places_comes_with_the_map(world):
    grid = save(world, made=proven(places={"G00": ("B1",)}))
    assert CellPlace.objects.get(grid=grid).place == world.places["B1"]
    (found,) = queries.cells_of(world.places["H1"], DAY)
    assert found.cell.code == "G00"
    assert broken("places.doors") == []


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ({"G00": ("nowhere",)}, "grid.list_place"),
        ({"G00": ("Y2",)}, "grid.list_place"),  # a place, but not below this one
        ({"G00": ("Y1",)}, "grid.list_place"),  # the place itself
        ({"G00": ("B1",), "G01": ("B1",)}, "grid.list_twice"),
        ({"G00": ("B1",), "G01": ("U1",)}, "grid.doors_doubled"),
    ],
)
def test_lists_with_faults_are_refused_and_nothing_is_saved(world, places, code):
    assert refused(save, world, made=proven(places=places)).code == code
    assert not Grid.objects.exists()


def test_a_list_is_replaced_as_a_whole_with_its_map(world):
    save(world)
    assert "H1" in broken("places.doors")[0]
    for listed in ({"G01": ("U1",)}, {"G11": ("B1",)}):
        save(world, made=proven(places=listed))
        assert broken("places.doors") == []
        assert {link.cell.code: (link.place.code,) for link in CellPlace.objects.all()} == listed
    assert refused(save, world, "E1", made=proven(places={"G00": ("Y2",)})).code == "grid.doors_missing"


def test_verify_proves_the_land_from_what_is_stored(world):
    grid = save(world)
    assert broken("places.land") == []
    Cell.objects.filter(code="G00").update(geometry=shapely.to_geojson(overlapping()["G00"]))
    (line,) = broken("places.land")
    assert "G00" in line
    assert "G01" in line
    Cell.objects.filter(code="G00").update(geometry="{}")
    (line,) = broken("places.land")
    assert grid.ref in line


def test_verify_finds_a_door_that_came_later(world):
    save(world, made=proven(places={"G00": ("U1",)}))
    services.add_place(
        kind=PlaceKind.HOUSEHOLD,
        code="H2",
        name="户2",
        parent=world.places["B1"],
        by=world.by,
        now=world.now,
        key=world.key(),
    )
    assert broken("places.doors") == ["grid:Y1:2026-03-18：H2 这一户不在任何网格里"]


def test_verify_takes_the_same_queries_with_one_grid_and_with_three(world, django_assert_num_queries):
    save(world)
    with django_assert_num_queries(6):
        broken("places.land")
    save(world, "Y2")
    save(world, "E3")
    with django_assert_num_queries(6):
        broken("places.land")


@pytest.mark.parametrize("datum", list(Datum))
def test_a_map_of_another_datum_is_as_sound_where_it_is_kept(world, datum):
    """Long straight edges with corners on them: moved corner by corner, they would tear by decimetres."""
    long = [box(0, 0, 20, 5), *(box(column, 5, 5, 5) for column in range(0, 20, 5))]
    shapes = np.array(long, dtype=object)
    made = survey(Cells(tuple("abcde"), ("",) * 5, shapes), datum=datum)
    assert made.report.is_sound, made.report.faults
    save(world, made=made)
    assert broken("places.land") == []


def test_thousands_of_cells_are_saved_in_a_few_queries(world, django_assert_max_num_queries):
    shapes = placed(jittered_grid(60, 50, 3))
    made = survey(Cells(tuple(f"c{i}" for i in range(3000)), ("",) * 3000, shapes))
    begun = time.perf_counter()
    with django_assert_max_num_queries(20):
        save(world, made=made)
    assert Cell.objects.count() == 3000
    assert time.perf_counter() - begun < 20  # seconds; a runaway, not a benchmark


def test_a_map_that_waits_is_saved_once(world):
    given = {"file_name": "a.geojson", "boundary": b"", "datum": Datum.WGS84, "tolerance": 0.5, "identify": ""}
    day = date(2026, 4, 1)
    proposal = services.propose_grid(
        world.places["E1"],
        since=day,
        cells=geojson(squares()),
        by=world.by,
        now=world.now,
        key=world.key(),
        **given,
    )
    services.adopt_proposal(proposal, since=day, seen=0, by=world.by, now=world.now, key=world.key())
    with pytest.raises(Refusal) as refused:
        services.adopt_proposal(proposal, since=day, seen=0, by=world.by, now=world.now, key=world.key())
    assert refused.value.code == "grid.adopted"
    assert Grid.objects.filter(place=world.places["E1"]).count() == 1
