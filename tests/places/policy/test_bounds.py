"""Files that are small and would make the house work for hours: refused in seconds, with the feature named."""

from __future__ import annotations

import time

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.lib.errors import Refusal
from linli.places import services
from linli.places.models import GridProposal
from linli.places.policy import bricks as bricks_module
from linli.places.policy import counts, survey
from linli.places.policy.counts import likely
from linli.places.policy.datum import Datum
from linli.places.policy.features import Cells
from linli.places.policy.planning import plan
from linli.places.policy.sending import Sent, prove
from linli.places.policy.survey import moved
from tests.places.making import geojson, overlapping, squares
from tests.places.policy.towns import regular, town

SECONDS = 20
"""Of the processor; without the bounds each is a matter of minutes, or of all the memory."""


def refused(action, code):
    begun = time.process_time()
    with pytest.raises(Refusal) as found:
        action()
    assert time.process_time() - begun < SECONDS
    assert found.value.code == code
    assert str(found.value).endswith(".") and len(str(found.value)) < 300
    return found.value


def comb(teeth: int, west: float, width: float, south: float, height: float) -> shapely.Polygon:
    """A proper outline of as many long edges as one likes."""
    steps = west + width * np.arange(2 * teeth) / (2 * teeth)
    up = np.tile([south + height, south + height, south + height / 100, south + height / 100], teeth)[: 4 * teeth]
    points = np.column_stack([np.repeat(steps, 2)[1:], up[: 4 * teeth - 1]])
    return shapely.Polygon([(west, south), *points, (steps[-1], south)])


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_borders_around_the_world_are_not_moved(datum):
    fence = comb(2000, 74, 60, 4, 48)
    assert fence.is_valid
    small = list(squares().values())
    cells = Cells(("G1", "#2"), ("", ""), np.array([small[0], fence], dtype=object))
    found = refused(lambda: moved(cells, datum), "grid.long_borders")
    assert found.field == "file" and found.values["where"] == "2"
    found = refused(lambda: moved(Cells(("A",), ("",), np.array([fence])), datum, "boundary"), "grid.long_borders")
    assert (found.field, found.values["where"]) == ("boundary", "1 (A)")
    assert moved(cells, Datum.WGS84) is cells


@pytest.mark.parametrize("field", ["file", "boundary"])
def test_the_form_shows_it_at_the_file_concerned(field):
    long = geojson({"G1": comb(1500, 74, 60, 4, 48)})
    given = {"file": (long, long), "boundary": (geojson(squares()), long)}[field]
    found = refused(lambda: prove(*Sent(*given).read(), datum=Datum.GCJ02, tolerance=0.5), "grid.long_borders")
    assert found.field == field


def test_edges_over_continents_cannot_be_measured():
    """The plane bends them, so that they cross; nothing in the file does."""
    fence = comb(300, 74, 60, 4, 48)
    sent = Sent(geojson(squares() | {"G9": fence}))
    found = refused(lambda: prove(*sent.read(), datum=Datum.WGS84, tolerance=0.5), "grid.far_edges")
    assert (found.field, found.values["number"]) == ("file", 5) and found.values["degrees"] > 40
    sent = Sent(geojson(squares()), geojson({"R": fence}))
    found = refused(lambda: prove(*sent.read(), datum=Datum.WGS84, tolerance=0.5), "grid.far_edges")
    assert (found.field, found.values["number"]) == ("boundary", 1)


def test_a_whole_country_of_cells_is_moved():
    """As many borders as 100,000 cells of 200 m have: under the bound."""
    assert 100_000 * 800 / 100 < survey.MOST_STEPS


def test_outlines_of_hundreds_of_kilometres_are_no_buildings():
    shapes, edge = regular(3, 3)
    shapes[4] = comb(2000, 60, 40, 46, 2000)
    found = refused(lambda: town(shapes, [40] * 9, edge.union(shapely.box(50, 40, 110, 2100))), "grid.divide_points")
    assert found.field == "file" and found.values["where"].startswith("5 (")
    assert found.values["own"] > bricks_module.MOST_POINTS


def test_corners_count_too_however_near():
    shapes, edge = regular(2, 2)
    shapes[1] = shapely.segmentize(shapes[1], shapes[1].length / 450_000)
    assert refused(lambda: town(shapes, [40] * 4, edge), "grid.divide_points").values["where"].startswith("2 (")


def test_as_many_buildings_as_are_meant_fit():
    built = 144 / 2
    assert bricks_module.MOST_BRICKS * built < 0.6 * bricks_module.MOST_POINTS


@pytest.mark.parametrize(
    ("households", "least", "most"), [(1, 1, 1), (20_000, 1, 2), (20_000, 1, 20_000), (3, 1, 2), (1, 1, 20_000)]
)
def test_a_cell_for_each_building_is_not_what_is_meant(households, least, most):
    shapes, edge = regular(20, 15)
    given_ = town(shapes, [households] * 300, edge)
    begun = time.process_time()
    counted = likely([households] * 300, least, most, 300)
    assert time.process_time() - begun < 1
    if max(counted) > counts.MOST_CELLS:
        found = refused(lambda: plan(given_, least=least, most=most, prefix="W"), "grid.divide_cells")
        assert found.field == "most" and found.values["count"] == max(counted)
    else:
        assert (households, least, most) == (1, 1, 20_000)


@settings(max_examples=300)
@given(st.lists(st.integers(0, 900), min_size=1, max_size=40), st.integers(1, 400), st.integers(0, 400))
def test_the_few_numbers_thought_of_hold_the_best(households, least, more):
    """Against all numbers that could be meant."""
    most = least + more
    large = [number for number in households if number > most]
    total, middle = sum(households) - sum(large), (2 * least + more) / 2

    def key(count):
        outside = max(0, total - count * most) + max(0, count * least - total)
        return outside, abs(total / count - middle) if count else 0.0

    first = 0 if large and not total else 1
    every = sorted(range(first, max(1, round(total / least)) + 3), key=key)[:2]
    best = [count for count in every if key(count)[0] == key(every[0])[0]]
    found = likely(households, least, most, len(households))
    wanted = [min(len(households), max(1, count + len(large))) for count in best]
    assert found[0] == wanted[0]
    assert len(found) == 1 or len(wanted) == 1 or key(found[1] - len(large)) == key(best[1]) or found == wanted


def test_the_house_says_it_before_the_map_waits(world, monkeypatch):
    """A faulty map too, which is not moved before somebody looks at it; a datum that is said later."""
    monkeypatch.setattr(survey, "MOST_STEPS", 5)
    more = {"since": world.now.date(), "file_name": "a", "boundary": b"", "tolerance": 0.5, "identify": ""}
    more |= {"cells": geojson(overlapping()), "by": world.by, "now": world.now}
    place = world.places["E1"]
    refused(lambda: services.propose_grid(place, datum=Datum.GCJ02, key=world.key(), **more), "grid.long_borders")
    assert not GridProposal.objects.exists()
    found = services.propose_grid(place, datum=None, key=world.key(), **more)
    told = {"by": world.by, "now": world.now}
    refused(lambda: services.answer_datum(found, Datum.BD09, key=world.key(), **told), "grid.long_borders")
    found.refresh_from_db()
    assert found.datum_open
    services.answer_datum(found, Datum.WGS84, key=world.key(), **told)
