"""A community is divided anew at the desk: a proposal with its figures, edited or saved as any map."""

from __future__ import annotations

import json

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.access.roles import Role
from linli.audit.models import Event
from linli.places import queries, services
from linli.places.models import Grid, GridProposal
from linli.places.policy.kinds import PlaceKind
from tests.places.making import LAT, LON, STEP, box, proven
from tests.world import SINCE


@pytest.fixture
def town(world):
    """Eight buildings of ten doors in C1, on land of four cells that list nothing but E1."""
    numbers = [(column, row) for row in range(2) for column in range(4)]
    rows = [services.NewPlace(PlaceKind.BUILDING, f"T{number}", f"{number}栋", "Y2") for number in range(8)]
    rows += [
        services.NewPlace(PlaceKind.HOUSEHOLD, f"T{number}-{door}", str(door), f"T{number}")
        for number in range(8)
        for door in range(10)
    ]
    services.add_places(rows, by=world.by, now=world.now, key=world.key(), since=SINCE)
    services.import_grid(
        world.places["C1"],
        proven(places={"G00": ("E1",)}),
        by=world.by,
        now=world.now,
        key=world.key(),
        since=SINCE,
        reason="补录原来的网格图",
    )
    spots = [(LON + (0.2 + column * 0.45) * STEP, LAT + (0.3 + row) * STEP) for column, row in numbers]
    return [shapely.box(lon, lat, lon + 0.0004, lat + 0.0003) for lon, lat in spots]


def buildings(shapes, **lists) -> SimpleUploadedFile:
    features = [
        {
            "type": "Feature",
            "properties": {key: values[number] for key, values in lists.items()},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for number, shape in enumerate(shapes)
    ]
    return SimpleUploadedFile("楼栋.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())


@pytest.fixture
def staff(world, as_user):
    return as_user(world.user(Role.SUBDISTRICT_STAFF))


def send(client, world, **data):
    given = {"least": 30, "most": 50, "datum": "wgs84", "since": "2026-03-18", "key": world.key() + "-" * 8} | data
    return client.post(reverse("grid-divide", args=["C1"]), given, follow=True)


def test_buildings_by_code_become_a_proposal_that_is_saved_as_the_grid(world, staff, town):
    codes = [f"T{number}" for number in range(8)]
    page = staff.get(reverse("grid-divide", args=["C1"]))
    assert page.context["form"].initial["least"] == 300, "the rule values are proposed"
    shown = send(staff, world, file=buildings([*town, box(1.6, 1.6, 0.1, 0.1)], code=[*codes, "B1"]))
    assert shown.status_code == 200, shown.text
    found = GridProposal.objects.get()
    made = queries.figures_of(found, world.now.date(), 30, 50)
    assert sorted(row.households for row in made.rows) == [40, 41]
    assert (made.before.cells, made.before.largest, made.after.within) == (4, 81, 2)
    for words in ("81", "最大网格的户数", "C1-W01"):
        assert words in shown.text, words
    assert queries.survey_of(found).report.is_sound
    assert Event.objects.filter(action="grid.divide").exists()
    assert not Grid.objects.filter(proposal=found).exists(), "nothing is saved unasked"
    address = reverse("grid-proposal", args=[found.pk])
    assert reverse("grid-figures", args=[found.pk]) in staff.get(address).text
    staff.post(address, {"since": "2026-04-01", "seen": 0, "key": world.key() + "-" * 8})
    saved = Grid.objects.get(proposal=found)
    [proof] = queries.prove([saved], saved.valid_from)
    assert proof.is_sound, "land and doors"
    assert {cell.code for cell in saved.cells.all()} == {"C1-W01", "C1-W02"}


def test_codes_that_the_place_had_are_not_used_again(world, staff, town):
    shapes = {"C1-W01": box(0, 0, 1, 2), "C1-W02": box(1, 0, 1, 2)}
    services.import_grid(
        world.places["C1"], proven(shapes, {"C1-W01": ("E1",)}), by=world.by, now=world.now, key=world.key()
    )
    send(staff, world, file=buildings(town, households=[40] * 8), least=100, most=200)
    ids = queries.survey_of(GridProposal.objects.get()).cells.ids
    assert ids == ("C1-W260318-01", "C1-W260318-02"), "workers go with codes"


def test_households_of_the_file_count_where_codes_are_unknown(world, staff, town):
    shown = send(staff, world, file=buildings(town, households=[20] * 8), least=70, most=90)
    cells = queries.survey_of(GridProposal.objects.get()).cells
    assert (cells.places, cells.households) == ((), ("80", "80"))
    assert "80" in shown.text


def test_without_a_file_the_cells_of_the_map_are_joined(world, staff, town):
    lists = {
        f"G{row}{column}": tuple(f"T{row * 4 + column * 2 + n}" for n in (0, 1)) for row in (0, 1) for column in (0, 1)
    }
    lists["G00"] = (*lists["G00"], "Y1")
    survey = proven(places=lists)
    services.import_grid(world.places["C1"], survey, by=world.by, now=world.now, key=world.key())
    send(staff, world)
    found = GridProposal.objects.get()
    assert sorted(row.households for row in queries.figures_of(found, world.now.date(), 30, 50).rows) == [40, 41]
    assert queries.survey_of(found).report.is_sound


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"least": 50, "most": 30}, "较小"),
        ({"least": 0}, ""),
        ({"datum": "bd09"}, "边界之外"),
        ({"households": "没有"}, "户数"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(world, staff, town, data, said):
    refused = send(staff, world, file=buildings(town, households=[20] * 8), **data)
    assert refused.status_code == 422
    assert said in refused.text
    assert not GridProposal.objects.exists()


def test_without_map_and_file_there_is_nothing_to_divide(world, staff):
    refused = send(staff, world)
    assert refused.status_code == 422
    assert "楼栋" in refused.text


def test_only_communities_are_divided(world, staff):
    assert staff.get(reverse("grid-divide", args=["E1"])).status_code == 404


def test_cells_are_named_in_the_language_of_the_house_whoever_pressed(world, staff, town, settings):
    staff.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Figures of the map" in send(staff, world, file=buildings(town, households=[40] * 8)).text
    found = GridProposal.objects.get()
    assert queries.survey_of(found).cells.names[0] == "地C1第1网格"
    assert "个网格" in found.file_name
