"""Where a map comes to lie on a drawing."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.places.policy.datum import Plane
from linli.places.policy.features import Shapes

SIDE = 1000
"""Width of a drawing; its height follows, at most as much again."""
_BARS = (10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5)

type Points = NDArray[np.float64]


def square_metres(shapes: Shapes) -> list[float]:
    """Return the true area of each of `shapes` (WGS-84 degrees)."""
    flat = shapely.transform(shapes, Plane(shapely.total_bounds(shapes)).flatten)
    return [float(area) for area in shapely.area(flat)]


class Frame:
    """Where a map comes to lie on the drawing: north above, the same scale in both directions."""

    def __init__(self, shapes: Shapes) -> None:
        """`shapes` in WGS-84 degrees; the frame takes all of them."""
        self.plane = Plane(shapely.total_bounds(shapes))
        west, south, east, north = shapely.total_bounds(shapely.transform(shapes, self.plane.flatten))
        self.scale = SIDE / max(east - west, north - south, 1.0)
        self.origin = np.array([west, north])
        self.width = max(1, round((east - west) * self.scale))
        self.height = max(1, round((north - south) * self.scale))

    def place(self, points: Points) -> Points:
        """Metres of the plane → units of the drawing, y downward."""
        placed: Points = (points - self.origin) * np.array([self.scale, -self.scale])
        return placed

    def drawn(self, shape: shapely.Geometry) -> Points:
        """Return the points of a shape (WGS-84 degrees) in units of the drawing."""
        return self.place(self.plane.flatten(shapely.get_coordinates(shape)))

    def ground(self, places: Points) -> Points:
        """Units of the drawing → degrees of WGS-84."""
        return self.plane.unflatten(places / np.array([self.scale, -self.scale]) + self.origin)

    def bar(self) -> tuple[int, int]:
        """Return length in units and metres of a scale bar of at most a third of the width."""
        metres = next((size for size in _BARS if size * self.scale <= self.width / 3), _BARS[-1])
        return round(metres * self.scale), metres

    def edges(self) -> Points:
        """Return the corners of the drawing in degrees, clockwise from north-west: what a click between them means."""
        return self.ground(np.array([[0, 0], [self.width, 0], [self.width, self.height], [0, self.height]]))
