"""The grid as open data: valid GeoJSON without names of people, kept by its content, simplified on request."""

import json

import numpy as np
import pytest
import shapely
from django.test import Client
from django.urls import reverse

from linli.grid.policy.workers import PhoneUse
from linli.places.policy.cover import check_cover
from linli.places.policy.features import read_cells
from linli.places.policy.simplify import OFFERED, simplify
from linli.places.queries import opened
from tests.grid.making import a_grid, cell_of, posted_notice, worker
from tests.places.making import box, squares

ADDRESS = "/map/E1.geojson"


def waved():
    """The square of four with borders of many corners."""

    def wave(points):
        return np.round(points + 2e-5 * np.stack([np.sin(points[:, 1] * 4e4), np.sin(points[:, 0] * 4e4)], axis=1), 7)

    shapes = shapely.transform(shapely.segmentize(np.array(list(squares().values()), dtype=object), 1e-4), wave)
    return dict(zip(squares(), shapes, strict=True))


@pytest.fixture
def grid(world):
    a_grid(world, shapes=waved())
    worker(world, phone="13800000001", phone_use=PhoneUse.AGREED, full_name=True)
    posted_notice(world)


def read(text):
    found = json.loads(text)
    return found, read_cells(text)


def test_everybody_gets_the_cells_and_nobody_a_name(grid):
    answer = Client().get(ADDRESS)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "E1" in answer.headers["Content-Disposition"] and ".geojson" in answer.headers["Content-Disposition"]
    found, cells = read(answer.content)
    assert (found["type"], found["name"], "simplified_m" in found) == ("FeatureCollection", "地E1", False)
    assert "crs" not in found, "RFC 7946 knows WGS-84 alone"
    first = found["features"][0]
    assert (first["id"], first["properties"]["grid"], first["properties"]["places"]) == ("G00", "E1", "Y1")
    assert first["properties"]["valid_from"] and first["properties"]["valid_to"] is None
    assert all(shapely.from_geojson(json.dumps(one["geometry"])).exterior.is_ccw for one in found["features"])
    assert shapely.equals(cells.shapes, [shapely.from_geojson(cell_of(code=code).geometry) for code in cells.ids]).all()
    assert not [word for word in ("赵小六", "赵某某", "13800000001", "0731-88880000") if word in answer.text]


def test_what_is_given_out_can_be_sent_in_again(grid):
    for query in ({}, {"simplify": "5"}, {"simplify": "1"}):
        _found, cells = read(Client().get(ADDRESS, query).content)
        assert check_cover(cells).is_sound
        assert (cells.ids, cells.places[0]) == (("G00", "G01", "G10", "G11"), ("Y1",))


def test_simplified_has_fewer_corners_and_says_how_far(grid):
    whole, coarse = (Client().get(ADDRESS, query).content for query in ({}, {"simplify": "25"}))
    assert len(coarse) < 0.6 * len(whole)
    found, cells = read(coarse)
    assert 0 < found["simplified_m"] <= 25
    assert shapely.coverage_is_valid(cells.shapes)
    assert found["features"][0]["properties"]["area_m2"] == cell_of().area_m2, "the true area"


def is_problem(answer, status):
    """A problem by RFC 9457 that pages of other hosts may read; return its sentence."""
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json()["title"]


@pytest.mark.parametrize("wrong", ["0", "-1", "100", "3", "0.5", "nan", "1e9", "x", "1.23", "' OR 1=1", "5,10"])
def test_a_number_that_is_not_offered_is_said_in_one_sentence(grid, wrong):
    said = is_problem(Client().get(ADDRESS, {"simplify": wrong}), 400)
    assert "simplify" in said and "1, 2, 5, 10, 25, 50" in said


def test_every_number_that_is_offered_is_worked_out_once(grid, monkeypatch):
    worked = []

    def counted(cells, metres, **more):
        worked.append(metres)
        return simplify(cells, metres, **more)

    monkeypatch.setattr(opened, "simplify", counted)
    for _turn in range(3):
        for metres in OFFERED:
            assert Client().get(ADDRESS, {"simplify": metres}).json()["simplified_m"] <= metres
    assert worked == list(OFFERED)


def test_what_is_kept_is_that_of_the_map_that_holds(world, grid):
    before = Client().get(ADDRESS, {"simplify": "5"}).json()
    a_grid(world, shapes=waved())
    assert Client().get(ADDRESS, {"simplify": "5"}).json() == before, "the same outlines"
    a_grid(world)
    assert Client().get(ADDRESS, {"simplify": "5"}).json() != before


def test_an_address_that_asks_without_end_waits_and_others_do_not(grid, settings):
    assert settings.ACCOUNT_RATE_LIMITS["map_data"] == "120/10m/ip"
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"map_data": "3/10m/ip"}
    answers = [Client().get(ADDRESS, {"simplify": "5"}, REMOTE_ADDR="203.0.113.9") for _turn in range(4)]
    assert [answer.status_code for answer in answers[:3]] == [200, 200, 200]
    assert "请" in is_problem(answers[3], 429)
    assert answers[3].headers["Retry-After"] == "600"
    assert Client().get(ADDRESS, REMOTE_ADDR="203.0.113.10").status_code == 200


def test_what_one_has_is_not_sent_again_until_it_changes(world, grid):
    client = Client()
    first = client.get(ADDRESS)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*", "else the page of another host may not see it"
    assert "ETag" in again.headers["Access-Control-Expose-Headers"]
    a_grid(world)
    fresh = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert fresh.status_code == 200 and fresh.headers["ETag"] != first.headers["ETag"]


def test_a_place_without_grid_has_no_map(world, grid):
    assert is_problem(Client().get("/map/E3.geojson"), 404) == is_problem(Client().get("/map/XX.geojson"), 404)
    refused = Client().post(ADDRESS)
    assert is_problem(refused, 405) and "GET" in refused.headers["Allow"]
    assert reverse("map-data", args=["E1"]) in Client().get("/map/", {"place": "E1"}).text


def test_a_page_of_another_host_may_ask_with_the_tag_that_it_has(grid):
    answer = Client().options(ADDRESS, headers={"Origin": "https://example.org"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "Set-Cookie" not in answer.headers


def test_queries_are_the_same_for_few_cells_and_for_many(world, django_assert_num_queries):
    a_grid(world)
    Client().get(ADDRESS)
    with django_assert_num_queries(9):
        Client().get(ADDRESS)
    a_grid(world, shapes={f"G{row}{column}": box(column, row) for row in range(5) for column in range(5)})
    with django_assert_num_queries(9):
        Client().get(ADDRESS, {"simplify": "5"})
