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


def test_tiles_known_by_their_numbers():
    """At zoom 4, the finest of which 24 tiles are enough, the tile 8/8 begins at 0, 0 and is 22.5 degrees wide."""
    drawn = frame(-60, -40, 60, 40)
    found = {tile.address: tile for tile in tiles(drawn, "{z}/{x}/{y}")}
    assert set(found) == {f"4/{x}/{y}" for x in range(5, 11) for y in range(6, 10)}
    ((lon, lat),) = drawn.ground(np.array([[found["4/8/8"].x, found["4/8/8"].y]]))
    assert (lon, lat) == (pytest.approx(0, abs=0.05), pytest.approx(0, abs=0.05))
    assert found["4/8/8"].width == pytest.approx(drawn.width * 22.5 / 120, rel=1e-3)


def test_a_tile_of_a_town_known_by_its_number():
    """Shibuya in the table of everybody's web map: 139.7006793, 35.6590699 lies in 232798/103246 at zoom 18."""
    (tile,) = tiles(frame(139.7006, 35.6590, 139.7007, 35.6591), "{z}/{x}/{y}.png?{z}")
    assert tile.address == "18/232798/103246.png?18"


def test_a_map_of_the_world_has_the_sixteen_tiles_of_zoom_2():
    assert {tile.address for tile in tiles(frame(-170, -80, 170, 80), "{z}/{x}/{y}")} == {
        f"2/{x}/{y}" for x in range(4) for y in range(4)
    }


def test_no_address_no_tiles():
    assert tiles(frame(-60, -40, 60, 40), "") == ()
