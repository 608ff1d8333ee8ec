"""Chinese map datums → WGS-84, and a local plane in metres."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np
import pyproj
from numpy.typing import NDArray

Points = NDArray[np.float64]

_EARTH_RADIUS = 6378137.0
_ECCENTRICITY = 0.00669342162296594323
_BD_TURN = np.pi * 3000 / 180
_CHINA = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north of the rectangle in which the datums differ, as eviltransform has it."""
_ROUNDS = 12
_WIDE_DEGREES = 60.0


class Datum(StrEnum):
    """Datum of a file's degrees; CGCS2000 and WGS-84 differ by centimetres and count as one."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(points: Points, datum: Datum) -> Points:
    """Return `points` ((n, 2), longitude and latitude in degrees of `datum`) in WGS-84.

    GCJ-02 and BD-09 as published with eviltransform; inverted by fixed point to below a
    millimetre. Outside its rectangle around China the shift is none, as there.
    """
    if datum is Datum.WGS84 or not len(points):
        return points
    # Each place once: whatever the vector unit does, equal corners must stay equal.
    distinct, place = np.unique(np.ascontiguousarray(points).view(np.complex128).ravel(), return_inverse=True)
    gcj = distinct.view(np.float64).reshape(-1, 2)
    if datum is Datum.BD09:
        gcj = _invert(_bd09_from_gcj02, gcj)
    wgs84: Points = _invert(_gcj02_from_wgs84, gcj)[place]
    return wgs84


def is_shifted(bounds: Points) -> bool:
    """Tell whether the three may differ in `bounds` (smallest longitude and latitude, then largest)."""
    west, south, east, north = _CHINA
    return bool(bounds[0] <= east and bounds[2] >= west and bounds[1] <= north and bounds[3] >= south)


def _invert(forward: Callable[[Points], Points], target: Points) -> Points:
    guess = target.copy()
    for _ in range(_ROUNDS):
        guess += target - forward(guess)
    return guess


def _outside_china(points: Points) -> NDArray[np.bool_]:
    lon, lat = points[:, 0], points[:, 1]
    west, south, east, north = _CHINA
    return ~((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))


def _gcj02_from_wgs84(points: Points) -> Points:
    x, y = points[:, 0] - 105.0, points[:, 1] - 35.0
    wave, root = 20.0 * np.sin(6 * np.pi * x) + 20.0 * np.sin(2 * np.pi * x), np.sqrt(np.abs(x))

    def waves(value: Points, slow: tuple[float, float]) -> Points:
        fast = 20.0 * np.sin(np.pi * value) + 40.0 * np.sin(np.pi * value / 3.0)
        sum_: Points = wave + fast + slow[0] * np.sin(np.pi * value / 12.0) + slow[1] * np.sin(np.pi * value / 30.0)
        return sum_ * (2.0 / 3.0)

    north = waves(y, (160.0, 320.0)) - 100.0 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    east = waves(x, (150.0, 300.0)) + 300.0 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    latitude = np.radians(points[:, 1])
    magic = 1 - _ECCENTRICITY * np.sin(latitude) ** 2
    d_lat = np.degrees(north * magic * np.sqrt(magic) / (_EARTH_RADIUS * (1 - _ECCENTRICITY)))
    d_lon = np.degrees(east * np.sqrt(magic) / (_EARTH_RADIUS * np.cos(latitude)))
    shift = np.stack([d_lon, d_lat], axis=1)
    return np.where(_outside_china(points)[:, None], points, points + shift)


def _bd09_from_gcj02(points: Points) -> Points:
    x, y = points[:, 0], points[:, 1]
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BD_TURN)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD_TURN)
    turned = np.stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006], axis=1)
    return np.where(_outside_china(points)[:, None], points, turned)


class Plane:
    """An equal-area plane in metres, centred on a map: Lambert azimuthal, cylindrical for half the globe."""

    def __init__(self, bounds: Points, datum: Datum = Datum.WGS84) -> None:
        """`bounds`: (4,) smallest and largest longitude and latitude of the map, in its own degrees."""
        west, south, east, north = (float(value) for value in bounds)
        lon, lat = (west + east) / 2, (south + north) / 2
        wide = max(east - west, north - south) > _WIDE_DEGREES
        kind = f"cea +lat_ts={lat}" if wide else f"laea +lat_0={lat}"
        self.datum = datum
        self._scale = np.array([np.cos(np.radians(lat)), 1.0]) * np.radians(1) * _EARTH_RADIUS
        self._origin = np.array([lon, lat])
        self._project = pyproj.Proj(f"+proj={kind} +lon_0={lon} +ellps=WGS84")

    def flatten(self, points: Points) -> Points:
        """File degrees (n, 2) → metres of the plane; areas are true."""
        wgs84 = to_wgs84(points, self.datum)
        return np.stack(self._project(wgs84[:, 0], wgs84[:, 1]), axis=1)

    def unflatten(self, points: Points) -> Points:
        """Metres of the plane (n, 2) → degrees of WGS-84."""
        return np.stack(self._project(points[:, 0], points[:, 1], inverse=True), axis=1)

    def stretch(self, points: Points) -> Points:
        """File degrees (n, 2) → roughly metres, by scaling alone: what is straight in the file stays straight."""
        stretched: Points = (points - self._origin) * self._scale
        return stretched

    def unstretch(self, points: Points) -> Points:
        """Return what `stretch` was given."""
        back: Points = points / self._scale + self._origin
        return back
