from __future__ import annotations

import eviltransform
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.places.policy.datum import Datum, Plane, to_wgs84
from tests.places.policy.maps import square_metres

METRE = 1e-5


@given(st.floats(73, 135), st.floats(5, 53))
@settings(max_examples=200, deadline=None)
def test_the_inverse_of_eviltransform(lon, lat):
    for datum, forward in ((Datum.GCJ02, eviltransform.wgs2gcj), (Datum.BD09, eviltransform.wgs2bd)):
        y, x = forward(lat, lon)
        back = to_wgs84(np.array([[x, y]]), datum)
        assert np.abs(back - [[lon, lat]]).max() < 0.001 * METRE


def test_outside_china_and_wgs84_nothing_moves():
    points = np.array([[2.35, 48.86], [-70.0, -33.0]])
    for datum in Datum:
        assert (to_wgs84(points, datum) == points).all()


@pytest.mark.parametrize("count", [*range(1, 40), 1001])
def test_equal_points_stay_equal_wherever_they_stand(count):
    points = np.repeat([[114.3, 30.6]], count, axis=0)
    for datum in Datum:
        assert len(np.unique(to_wgs84(points, datum), axis=0)) == 1


@pytest.mark.parametrize(
    ("lon", "lat", "size"), [(114.3, 30.6, 0.05), (25.0, 65.0, 0.05), (10.0, 50.0, 5.0), (0.0, 0.0, 20.0)]
)
def test_areas_are_true(lon, lat, size):
    corners = shapely.segmentize(shapely.box(lon, lat, lon + size, lat + size), size / 100)
    plane = Plane(shapely.bounds(corners))
    assert shapely.transform(corners, plane.flatten).area == pytest.approx(square_metres(corners), rel=1e-3)


def test_the_plane_returns_to_where_it_came_from():
    points = np.array([[114.3, 30.6], [114.35, 30.66]])
    plane = Plane(np.array([114.3, 30.6, 114.4, 30.7]))
    assert np.abs(plane.unflatten(plane.flatten(points)) - points).max() < 1e-10
