from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client
from django.urls import reverse

from linli.places import services
from linli.places.policy.kinds import PlaceKind
from tests.places.making import box, proven
from tests.places.policy.maps import placed, voronoi
from tests.places.test_grids import save


def page(name: str, **more) -> str:
    response = Client().get(reverse(name, kwargs=more.pop("kwargs", None), query=more or None))
    assert response.status_code == 200
    return response.content.decode()


def test_the_map_and_the_list_say_the_same(world):
    save(world, made=proven(places={"G00": ("B1",)}))
    text = page("map")
    assert text.count("<path d=") == 5  # four cells and the scale bar
    assert len(re.findall(r'<a href="#c\d+" aria-label="\d+ G\d\d · 空缺">', text)) == 4
    rows = re.findall(r'<li id="c\d+"><b>(\w+)</b>', text)
    assert rows == ["00", "01", "10", "11"]
    assert "01, 10" in text  # beside 00; 11 touches it at a corner alone
    assert reverse("place", kwargs={"code": "B1"}) in text


def test_choices_are_the_places_with_a_grid(world):
    save(world, "E1")
    save(world, "E3", made=proven({"X": box(5, 5)}))
    text = page("map", place="E3")
    assert "地E1" in text
    assert "地E3" in text
    assert text.count("<path d=") == 2


def test_a_place_without_grid_and_a_house_without_any_say_so(world):
    assert "<svg" not in page("map")
    save(world)
    assert "<svg" not in page("map", place="E3")
    assert "<svg" not in page("map", place="nowhere")


def test_a_place_shows_its_line_what_is_below_and_its_cell(world):
    save(world, "E1", made=proven(places={"G00": ("Y1",)}))
    text = page("place", kwargs={"code": "B1"})
    for code in ("S", "C1", "E1", "Y1", "U1"):
        assert f'href="/places/{code}/"' in text
    assert "G00" in text
    assert Client().get("/places/nowhere/").status_code == 404


@pytest.mark.parametrize("count", [300, 1200, 3000])
def test_a_map_of_many_cells_stays_small(world, count):
    shapes = placed(voronoi(count, 5), lon=112.9, lat=28.2)
    save(world, made=proven({f"MX-{number:04d}": shape for number, shape in enumerate(shapes)}))
    size = len(gzip.compress(Client().get("/map/").content))
    assert size < 24_000, size  # with the style sheet: 30 KB


def test_lists_take_the_same_queries_with_1_and_30_rows(world, django_assert_num_queries):
    save(world, made=proven({"G00": box(0, 0)}))

    def queries(address: str) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert Client().get(address).status_code == 200
        return len(seen)

    few = queries("/map/"), queries("/places/E1/")
    for number in range(30):
        services.add_place(
            kind=PlaceKind.COURTYARD,
            code=f"YY{number}",
            name="院",
            parent=world.places["E1"],
            by=world.by,
            now=world.now,
            key=world.key(),
        )
    save(
        world,
        made=proven({f"G{n}": box(n, 0) for n in range(30)}, {f"G{n}": ("B1",) if n == 0 else () for n in range(30)}),
    )
    assert (queries("/map/"), queries("/places/E1/")) == few
