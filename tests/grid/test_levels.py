"""Grids over each other: each door is in one smallest cell, for the history, the pages, the sizes and the proof."""

import pytest
from django.test import Client
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.grid import queries
from linli.grid.policy.responsible import Part
from linli.grid.queries import posted
from linli.grid.queries.responsible import responsible
from linli.places import queries as places
from linli.places import verify
from linli.places.models import CellPlace
from tests.grid.making import TODAY, a_grid, cell_of, more_doors, second_building, worker
from tests.places.making import box

MICRO = {"M1": box(0, 0, 1, 2), "M2": box(1, 0, 1, 2)}


@pytest.fixture
def divided(world):
    """C1 divided by buildings into W1 (B1) and W2 (B9); its estate E1 has micro-grids M1 (Y1), M2 (Y2)."""
    second_building(world)
    more_doors(world, 3)
    shapes = {"W1": box(0, 0, 2), "W2": box(0, 1, 2)}
    a_grid(world, place="C1", shapes=shapes, places_of={"W1": ("B1",), "W2": ("B9",)})
    a_grid(world, shapes=MICRO, places_of={"M1": ("Y1",), "M2": ("Y2",)})
    return world


def broken(code):
    return next(truth for truth in verify.invariants() if truth.code == code).find()


def leaves(day=TODAY):
    return {leaf.cell.code: len(leaf.doors) for leaf in places.leaves(places.grids(day), day)}


def test_a_community_by_buildings_over_micro_grids_has_one_smallest_cell_a_door(divided):
    assert leaves() == {"M1": 4, "M2": 2}
    staff = divided.actor(Role.COMMUNITY_STAFF, "G1")
    lines = queries.cells(staff, Permission.MEMBER_VIEW, TODAY)
    assert {line.cell.code: line.doors for line in lines} == {"M1": 4, "M2": 2}
    assert queries.vacant(staff, Permission.MEMBER_VIEW, TODAY) == 2
    assert [line.cell.code for one in queries.spreads(staff, Permission.MEMBER_VIEW, TODAY) for line in one.lines] == [
        "M1",
        "M2",
    ]
    assert [cell.code for cell in places.smallest_cells(divided.places["B1"], TODAY)] == ["M1"]
    assert [cell.code for cell in places.smallest_cells(divided.places["C1"], TODAY)] == ["M1", "M2"]
    assert not posted.posted("C1", "W1", TODAY).smallest
    assert posted.posted("E1", "M1", TODAY).smallest
    worker(divided, cell_of("C1", "W1"), name="孙小八")
    worker(divided, cell_of(code="M1"), name="钱小七")
    said = [line.name for line in responsible(divided.places["H1"], TODAY).lines if line.part is Part.WORKER]
    assert said == ["钱小七"]
    assert "空缺" not in Client().get(reverse("cell", args=["C1", "W2"])).text


def test_a_door_that_the_micro_grid_has_not_listed_yet_stays_with_the_cell_above(divided):
    CellPlace.objects.filter(cell__code="M2").delete()
    assert leaves() == {"M1": 4, "M2": 0, "W2": 2}, "M2 lists nothing: a park, until somebody lists doors"
    assert [cell.code for cell in places.smallest_cells(divided.places["B9"], TODAY)] == ["W2"]
    assert broken("places.levels") == []
    assert len(broken("places.doors")) == 2


def test_a_body_counts_for_the_smallest_cell_of_its_place(divided):
    staff = divided.actor(Role.COMMUNITY_STAFF, "G1")
    parties = {line.cell.code: line.parties for line in queries.cells(staff, Permission.MEMBER_VIEW, TODAY)}
    assert "组织BG1" in parties["M1"]
    assert "组织BG1" in posted.posted("C1", "W1", TODAY).parties, "the page of the cell above shows it too"


def test_verify_names_a_cell_that_two_cells_above_it_share(divided):
    assert broken("places.levels") == []
    CellPlace.objects.filter(place__code="B1").update(place=divided.places["U1"])
    CellPlace.objects.create(
        grid=cell_of("C1", "W2").grid, cell=cell_of("C1", "W2"), place=places.by_code("U1-003")
    )  # the nearest listed place says which cell it is, and in which others the door is too
    twice, shared = broken("places.levels")
    for words in ("U1-003", "C1/W1", "C1/W2"):
        assert words in twice
    for words in ("E1/M1", "C1/W1", "C1/W2", "U1-003"):
        assert words in shared


def test_verify_names_a_door_of_which_no_smallest_cell_is_left(divided):
    CellPlace.objects.filter(place__code__in=["B9", "Y2"]).delete()
    lines = broken("places.levels")
    assert len(lines) == 2
    assert "U9-001" in lines[0]


def test_open_data_says_which_cells_are_the_smallest(divided):
    def said(place):
        features = Client().get(f"/map/{place}.geojson").json()["features"]
        return {one["id"]: one["properties"]["smallest"] for one in features}

    assert said("C1") == {"W1": False, "W2": False}
    assert said("E1") == {"M1": True, "M2": True}
