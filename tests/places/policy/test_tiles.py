from __future__ import annotations

import numpy as np
import pytest
import shapely

from linli.places.policy.frame import Frame
from linli.places.policy.tiles import tiles

ADDRESS = "https://map.example/{z}/{x}/{y}.png"


def frame(west, south, east, north) -> Frame:
    return Frame(np.array([shapely.box(west, south, east, north)]))


@pytest.mark.parametrize("box", [(112.9, 28.2, 112.92, 28.22), (-0.1, 51.5, 0.1, 51.6), (150, -34, 152, -33)])
def test_tiles_cover_the_drawing_and_each_lies_at_its_number(box):
    drawn = frame(*box)
    found = tiles(drawn, ADDRESS)
    assert 1 < len(found) <= 24
    assert min(tile.x for tile in found) <= 0 < drawn.width <= max(tile.x + tile.width for tile in found)
    assert min(tile.y for tile in found) <= 0 < drawn.height <= max(tile.y + tile.height for tile in found)
    for tile in found:
        depth, x, y = map(int, tile.address.removesuffix(".png").split("/")[-3:])
        ((lon, lat),) = drawn.ground(np.array([[tile.x, tile.y]]))
        assert lon == pytest.approx(x / 2**depth * 360 - 180, abs=1e-4)
        assert np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / 2**depth)))) == pytest.approx(lat, abs=1e-4)


def test_a_tile_known_by_its_number():
    """Greenwich in the tile tables that everybody uses: zoom 1 has four tiles that meet at 0, 0."""
    found = tiles(frame(-60, -40, 60, 40), "{z}/{x}/{y}")
    assert found
    assert tiles(frame(-60, -40, 60, 40), "") == ()
