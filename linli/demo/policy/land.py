"""The land of the subdistrict, drawn: communities side by side, in each a cell for every estate or courtyard.

All cells are made of the squares of one bent lattice, so that neighbours share every corner: no gap, no overlap.
"""

from __future__ import annotations

from math import cos, sin

from linli.demo.policy.tree import COMMUNITIES, Community

WEST, NORTH = 112.888, 28.196
"""The corner of the drawing (WGS 84); the land is invented."""
STEP_EAST, STEP_SOUTH, BEND = 0.0012, 0.0011, 0.0003
WIDE, HIGH, IN_A_ROW = 6, 4, 4
"""Squares of a community from west to east and from north to south; communities in a row."""
WIDTHS = {2: (3, 3), 3: (2, 2, 2), 4: (2, 1, 2, 1), 5: (2, 1, 1, 1, 1)}

type Ring = list[tuple[float, float]]


def corner(column: int, row: int, south: float) -> tuple[float, float]:
    """Return the longitude and latitude of a corner of the lattice, `south` degrees further south."""
    east = WEST + STEP_EAST * column + BEND * sin(3 * column + 5 * row)
    north = NORTH - STEP_SOUTH * row + BEND * cos(4 * column - 3 * row)
    return round(east, 7), round(north - south, 7)


def ring(left: int, top: int, wide: int, high: int, south: float) -> Ring:
    """Return the closed ring around a block of squares, with all corners on the way, counter-clockwise."""
    right, bottom = left + wide, top + high
    steps = [(left, row) for row in range(top, bottom)]
    steps += [(column, bottom) for column in range(left, right)]
    steps += [(right, row) for row in range(bottom, top, -1)]
    steps += [(column, top) for column in range(right, left, -1)]
    return [corner(*step, south) for step in [*steps, steps[0]]]


def outline(index: int, south: float) -> Ring:
    """Return the outline of the community with this place in the list."""
    return ring(index % IN_A_ROW * WIDE, index // IN_A_ROW * HIGH, WIDE, HIGH, south)


def whole(south: float) -> Ring:
    """Return the outline of the subdistrict."""
    return ring(0, 0, WIDE * IN_A_ROW, HIGH * (len(COMMUNITIES) // IN_A_ROW), south)


def cells(community: Community) -> list[tuple[str, str]]:
    """Return (code of the place, name) of each cell: the courtyards of an estate that has them, else the estate."""
    found = []
    for estate in community.estates:
        code = f"{community.code}-{estate.code}"
        found += [(f"{code}-{yard.code}", f"{estate.name}{yard.name}") for yard in estate.yards] or [
            (code, estate.name)
        ]
    return found


def parts(index: int, south: float) -> list[Ring]:
    """Return the outlines of the cells of the community with this place in the list, from west to east."""
    left, top = index % IN_A_ROW * WIDE, index // IN_A_ROW * HIGH
    found = []
    for wide in WIDTHS[len(cells(COMMUNITIES[index]))]:
        found.append(ring(left, top, wide, HIGH, south))
        left += wide
    return found
