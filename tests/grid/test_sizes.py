"""Households per cell: counted below the listed places, judged by cell or micro-grid, at a constant number of queries."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.grid import queries
from linli.rules import services as rules
from tests.grid.making import TODAY, a_grid, more_doors, second_building
from tests.places.making import box


@pytest.fixture
def staff(world):
    return world.actor(Role.COMMUNITY_STAFF, "G1")


def spreads(actor):
    return queries.spreads(actor, Permission.MEMBER_VIEW, TODAY)


def test_doors_below_the_listed_places_are_counted(world, staff):
    a_grid(world)
    more_doors(world, 4)
    second_building(world)
    [found] = spreads(staff)
    assert {line.cell.code: line.size.doors for line in found.lines} == {"G00": 5, "G01": 2, "G10": 0, "G11": 0}
    assert (found.community.code, found.micro, found.bounds) == ("C1", False, (300, 500))
    assert (found.distribution.below, found.distribution.unknown, found.distribution.median) == (2, 2, 3.5)
    said = {line.cell.code: [f.rule.code for f in line.findings] for line in found.lines}
    assert said == {"G00": ["G1"], "G01": ["G1"], "G10": [], "G11": []}


def test_what_lists_buildings_of_an_estate_is_a_micro_grid(world, staff):
    second_building(world)
    more_doors(world, 40)
    a_grid(world, places_of={"G00": ("B1",), "G01": ("U9",)})
    cells, micro = spreads(staff)
    assert (micro.micro, micro.bounds) == (True, (30, 50))
    assert {line.cell.code: [f.rule.code for f in line.findings] for line in micro.lines} == {"G00": [], "G01": ["G3"]}
    assert {line.cell.code for line in cells.lines} == {"G10", "G11"}, "what lists nothing is no micro-grid"


def test_the_limits_are_those_of_the_community(world, staff):
    a_grid(world)
    rules.set_value(
        "grid.cell_least", value=1, place_code="C1", since=TODAY, source="本社区", by=world.by, now=world.now,
        key=world.key(),
    )  # fmt: skip
    assert spreads(staff)[0].distribution.within == 1
    lines = {line.cell.code: line for line in queries.cells(staff, Permission.MEMBER_VIEW, TODAY)}
    assert lines["G00"].doors == 1
    assert "G1" not in [f.rule.code for f in lines["G00"].findings], "the list of cells says the same"


def test_as_many_queries_for_one_cell_as_for_thirty(world, staff, as_user):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "G1"))

    def asked(name):
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(name)).status_code == 200
        return len(found)

    a_grid(world, shapes={"G0": box(0, 0)}, places_of={"G0": ("Y1",)})
    few = asked("doors-sizes"), asked("doors-cells")
    thirty = {f"G{number:02d}": box(number % 6, number // 6) for number in range(30)}
    a_grid(world, shapes=thirty, places_of={"G00": ("Y1",), "G01": ("Y2",)})
    assert (asked("doors-sizes"), asked("doors-cells")) == few


def test_the_page_and_the_workbook_say_the_same(world, as_user):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "G1"))
    a_grid(world)
    text = client.get(reverse("doors-sizes")).text
    for words in ("地C1", "1–49", "300–349", "3 个网格没有住户登记", "少于下限：1"):
        assert words in text, words
    sheet = load_workbook(io.BytesIO(client.get(reverse("doors-sizes-list")).content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0] == ["地C1", "G00", "G00", 1, "300–500", "G1"]
    assert rows[1][3] == "无登记住户"


def test_who_sees_nothing_of_the_place_sees_no_cell(world):
    a_grid(world)
    assert spreads(world.actor(Role.COMMUNITY_STAFF, "G2")) == []
