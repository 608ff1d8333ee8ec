"""In which datum a map was drawn: what is told, what the file says, what the known outline shows."""

from __future__ import annotations

from dataclasses import replace

import eviltransform
import numpy as np
import pytest
import shapely

from linli.places.policy.datum import Datum, is_shifted
from linli.places.policy.fits import better, fits, settle
from tests.places.policy.maps import cells, jittered_grid, placed

MAPS = {
    "400 m": placed(jittered_grid(4, 4, 1)),
    "3 km": placed(jittered_grid(6, 6, 1, step=500)),
    "40 km": placed(jittered_grid(8, 8, 1, step=5000)),
}


def drawn_in(shapes, datum: Datum):
    forward = {Datum.GCJ02: eviltransform.wgs2gcj, Datum.BD09: eviltransform.wgs2bd}.get(datum)
    if forward is None:
        return shapes
    return shapely.transform(shapes, lambda points: np.array([forward(y, x)[::-1] for x, y in points]))


@pytest.mark.parametrize("size", MAPS)
@pytest.mark.parametrize("datum", Datum)
def test_the_datum_in_which_a_map_was_drawn_fits_best(size, datum):
    known = MAPS[size]
    found = fits(drawn_in(known, datum), known)
    assert max(found, key=found.get) is datum
    assert found[datum] > 0.999
    for told in Datum:
        assert better(found, told) is (None if told is datum else datum)


def test_a_new_outline_in_the_datum_told_raises_no_question():
    known = MAPS["3 km"]
    for kept in (known[:30], known[6:], np.concatenate([known[:12], known[18:]])):
        found = fits(kept, known)
        assert better(found, Datum.WGS84) is None
        assert settle(Datum.WGS84, cells(kept), found) is Datum.WGS84
    assert fits(known[:3], known) == {}, "so little of it cannot be compared"
    assert fits(placed(jittered_grid(3, 3, 1), lon=2.3, lat=48.8), known) == {}, "another place"


def test_a_map_with_faults_is_compared_too():
    known = MAPS["3 km"]
    faulty = known.copy()
    faulty[7] = faulty[7].buffer(0.001)
    faulty[9] = shapely.Polygon(shapely.get_coordinates(faulty[9])[[0, 2, 1, 3]])
    found = fits(drawn_in(faulty, Datum.GCJ02), known)
    assert better(found, Datum.WGS84) is Datum.GCJ02


def test_what_holds_where_nothing_is_known_of_the_place():
    here = cells(MAPS["3 km"])
    there = cells(placed(jittered_grid(3, 3, 1), lon=-58.4, lat=-34.6))
    assert settle(Datum.BD09, here, {}) is Datum.BD09
    assert settle(None, replace(here, declared=True), {}) is Datum.WGS84
    assert settle(None, here, {}) is None
    assert settle(None, there, {}) is Datum.WGS84
    assert is_shifted(np.array([137.0, 40.0, 140.0, 41.0]))
    assert not is_shifted(np.array([138.0, 40.0, 140.0, 41.0]))


def test_what_the_file_declares_and_what_is_told_is_doubted_alike():
    known = MAPS["3 km"]
    drawn = cells(drawn_in(known, Datum.GCJ02))
    found = fits(drawn.shapes, known)
    assert settle(Datum.GCJ02, drawn, found) is Datum.GCJ02
    assert settle(Datum.WGS84, drawn, found) is None
    assert settle(None, replace(drawn, declared=True), found) is None
    assert settle(None, drawn, found) is None
    wide = {Datum.WGS84: 0.90, Datum.GCJ02: 0.89, Datum.BD09: 0.88}
    assert settle(None, drawn, wide) is None, "three that fit alike decide nothing"
    assert settle(Datum.GCJ02, drawn, wide) is Datum.GCJ02


def test_an_outline_that_cannot_be_read_is_no_outline():
    assert fits(MAPS["400 m"], np.array([shapely.Polygon()], dtype=object)) == {}
