"""Tiles of a basemap under a drawing: squares of the usual web map (Web Mercator, z/x/y), in WGS-84."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linli.places.policy.frame import Frame

_DEEPEST = 18
_MOST = 24
_EDGE = 85.05
"""Degrees of latitude at which the square of the web map ends."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture at `address`, and where it lies on the drawing (units)."""

    address: str
    x: float
    y: float
    width: float
    height: float


def tiles(frame: Frame, template: str) -> tuple[Tile, ...]:
    """Return the tiles under `frame`, as fine as few pictures allow; none without a `template` with {z}, {x}, {y}."""
    if not template:
        return ()
    corners = frame.ground(np.array([[0, 0], [frame.width, frame.height]]))
    (west, north), (east, south) = np.clip(corners, [-180, -_EDGE], [180, _EDGE]).tolist()
    for depth in range(_DEEPEST, -1, -1):
        (left, top), (right, bottom) = _number(west, north, depth), _number(east, south, depth)
        if (right - left + 1) * (bottom - top + 1) <= _MOST:
            break
    found = []
    for x in range(left, right + 1):
        for y in range(top, bottom + 1):
            upper, lower = frame.place(
                frame.plane.flatten(np.array([_corner(x, y, depth), _corner(x + 1, y + 1, depth)]))
            )
            address = template.replace("{z}", str(depth)).replace("{x}", str(x)).replace("{y}", str(y))
            found.append(Tile(address, *np.round([*upper, *(lower - upper)], 2).tolist()))
    return tuple(found)


def _number(lon: float, lat: float, depth: int) -> tuple[int, int]:
    """Return column and row of the tile in which a place lies."""
    size = 2**depth
    height = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2
    return min(size - 1, int((lon + 180) / 360 * size)), min(size - 1, int(height * size))


def _corner(x: int, y: int, depth: int) -> tuple[float, float]:
    """Return the north-west corner of a tile in degrees."""
    size = 2**depth
    return x / size * 360 - 180, float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / size)))))
