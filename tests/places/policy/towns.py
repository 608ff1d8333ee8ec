"""Invented towns: rows of buildings with households, on the ground near 112.9° E, 28.2° N."""

from __future__ import annotations

import numpy as np
import shapely
import shapely.affinity

from linli.places.policy.bricks import Bricks, bricks, households_of, listing_themselves
from linli.places.policy.datum import Plane
from linli.places.policy.features import Cells

PLANE = Plane(np.array([112.89, 28.19, 112.91, 28.21]))
SIZES = (24, 36, 48, 72, 96, 132)


def ground(shapes):
    """Metres → degrees with seven decimals, as a map program writes them."""
    return shapely.transform(np.asarray(shapes, dtype=object), lambda points: np.round(PLANE.unstretch(points), 7))


def as_cells(shapes, households=(), prefix="B") -> Cells:
    ids = tuple(f"{prefix}{number}" for number in range(len(shapes)))
    counted = tuple(map(str, households))
    return listing_themselves(Cells(ids, ("",) * len(ids), ground(shapes), households=counted))


def regular(columns: int, rows: int):
    """Equal buildings on a grid of streets, and the land around them."""
    built = [shapely.box(60 * x, 45 * y, 60 * x + 40, 45 * y + 13) for y in range(rows) for x in range(columns)]
    return np.array(built, dtype=object), shapely.box(-15, -15, 60 * columns - 5, 45 * rows - 15)


def grown(count: int, seed: int):
    """Turned buildings of all sizes, some wall to wall, one on another; households; the land around them, with a dent."""
    rng = np.random.default_rng(seed)
    columns = int(np.ceil(np.sqrt(count * 1.5)))
    built = []
    for number in range(count):
        x, y = number % columns * 60 + rng.uniform(-6, 6), number // columns * 45 + rng.uniform(-5, 5)
        wide, deep = rng.uniform(18, 44) / 2, rng.uniform(10, 16) / 2
        built.append(shapely.affinity.rotate(shapely.box(x - wide, y - deep, x + wide, y + deep), rng.uniform(-9, 9)))
    if count > 3:
        west, south, east, north = built[0].bounds
        built[0], built[1] = shapely.box(0, 0, 30, 12), shapely.box(30, 0, 62, 12)  # wall to wall
        built[3] = shapely.affinity.translate(built[2], 3, 2)  # on another
    shapes = np.array(built, dtype=object)
    west, south, east, north = shapely.total_bounds(shapes)
    edge = shapely.box(west - 20, south - 20, east + 20, north + 20)
    dent = shapely.box(east + 5, south - 30, east + 40, south + 30)
    return shapes, rng.choice(SIZES, count), edge.difference(dent)


def town(shapes, households, edge) -> Bricks:
    buildings = as_cells(shapes, households)
    boundary = Cells(("#1",), ("",), ground([edge]))
    return bricks(buildings, households_of(buildings), boundary)
