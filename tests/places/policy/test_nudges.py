"""One corner of one cell is nudged: the faults are exactly the pieces that shapely finds between old and new outline.

What is expected is worked out here from the degrees of the file alone: which land the cell has left (a gap), which it
has taken (an overlap, outside the boundary a stray piece), whose land it was, and its area on the ellipsoid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linli.places.policy.cover import check_cover
from linli.places.policy.precision import DEFAULT_TOLERANCE
from linli.places.policy.report import FaultKind
from tests.places.policy.maps import bricks, cells, jittered_grid, merged, placed, square_metres, voronoi

PLACES = st.tuples(st.floats(-170, 170), st.floats(-75, 80))
CLEAR = 0.05
"""Share by which a width or a part may be near a limit of the proof; such nudges are not tried."""


def corners(seed: int) -> np.ndarray:
    return jittered_grid(5, 6, seed)


def hanging(_seed: int) -> np.ndarray:
    """A wall of bricks: corners hang on straight edges of neighbours."""
    return bricks(5, 5)


def holed(seed: int) -> np.ndarray:
    """A ring around an enclave, a cell of two parts, and the rest."""
    return merged(jittered_grid(6, 6, seed), [[7, 8, 9, 13, 15, 19, 20, 21], [0, 35]])


def plots(seed: int) -> np.ndarray:
    return voronoi(25, seed, 800)


MAPS = [corners, hanging, holed, plots]


@dataclass(frozen=True)
class Piece:
    kind: FaultKind
    shape: shapely.Geometry
    cells: frozenset[str]


def nudged(shapes: np.ndarray, chance: np.random.Generator, metres: float) -> tuple[int, shapely.Geometry]:
    """Return which cell has one corner (of any of its rings) elsewhere, and the cell with it; in metres."""
    which = int(chance.integers(len(shapes)))
    points = np.unique(shapely.get_coordinates(shapes[which]), axis=0)
    corner, turn = points[chance.integers(len(points))], chance.uniform(0, 2 * np.pi)
    there = corner + metres * np.array([np.cos(turn), np.sin(turn)])
    moved = shapely.transform(
        shapes[which], lambda all_: np.where((np.abs(all_ - corner) < 1e-6).all(axis=1)[:, None], there, all_)
    )
    return which, moved


def width_over(shape: shapely.Geometry, metres: float) -> bool:
    """Tell whether a circle of that diameter has room in a piece (degrees), in a plane of its own."""
    return not flat(shape, shape).buffer(-metres / 2).is_empty


def flat(shape: shapely.Geometry, beside: shapely.Geometry) -> shapely.Geometry:
    """Degrees → metres near `beside`, on a sphere: good for widths and lengths of a few hundred metres."""
    lon, lat = beside.centroid.coords[0]
    scale = 111_320.0 * np.array([np.cos(np.radians(lat)), 1.0])
    return shapely.transform(shape, lambda points: (points - [lon, lat]) * scale)


def parts(shape: shapely.Geometry) -> Iterator[shapely.Geometry]:
    """The pieces of land in a shape that rounding alone does not make."""
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and not part.is_empty and width_over(part, 0.012):
            assume(width_over(part, 0.1))
            yield part


def named(kind: FaultKind, piece: shapely.Geometry) -> FaultKind:
    assume(width_over(piece, DEFAULT_TOLERANCE * (1 - CLEAR)) == width_over(piece, DEFAULT_TOLERANCE * (1 + CLEAR)))
    return kind if width_over(piece, DEFAULT_TOLERANCE) else FaultKind.SLIVER


def under(piece: shapely.Geometry, shapes: np.ndarray) -> frozenset[str]:
    """The cells that cover more than a hundredth of a piece."""
    shares = shapely.area(shapely.intersection(shapes, piece)) / piece.area
    assume(not ((shares > 0.005) & (shares < 0.02)).any())
    return frozenset(f"c{i}" for i in np.flatnonzero(shares > 0.01))


def along(piece: shapely.Geometry, shapes: np.ndarray) -> frozenset[str]:
    """The cells that share more than a corner with the rim of a piece."""
    rim = flat(piece.boundary, piece).buffer(0.03)
    lengths = np.array([flat(shape.boundary, piece).intersection(rim).length for shape in shapes])
    assume(not ((lengths > 0.1) & (lengths < 1)).any())
    return frozenset(f"c{i}" for i in np.flatnonzero(lengths > 1))


def expected(
    before: np.ndarray, after: np.ndarray, which: int, whole: shapely.Polygon, *, bounded: bool
) -> list[Piece]:
    """Return what must be found, by shapely in degrees; `whole`: the land of the map."""
    old, new = before[which], after[which]
    others = shapely.union_all(np.delete(after, which))
    rim = flat(whole.exterior, whole).buffer(0.02)
    found = []
    for gap in parts(old.difference(new).difference(others)):
        open_ = flat(gap.boundary, whole).intersection(rim).length > 0.5
        if bounded or not open_:
            found.append(Piece(named(FaultKind.GAP, gap), gap, along(gap, after)))
    taken = new.difference(old)
    for overlap in parts(taken.intersection(whole)):
        found.append(Piece(named(FaultKind.OVERLAP, overlap), overlap, under(overlap, after)))
    for stray in parts(taken.difference(whole)) if bounded else ():
        found.append(Piece(named(FaultKind.STRAY, stray), stray, frozenset({f"c{which}"})))
    return found


@pytest.mark.parametrize("drawn", MAPS)
@given(
    st.integers(0, 100_000), PLACES, st.sampled_from([None, 7, 8]), st.floats(0, 1.5), st.floats(3, 40), st.booleans()
)
@settings(max_examples=40)
def test_one_nudge_makes_exactly_its_faults(drawn, seed, place, decimals, angle, metres, bounded):
    chance = np.random.default_rng(seed)
    shapes = drawn(seed)
    which, moved = nudged(shapes, chance, metres)
    outline = shapely.Polygon(shapely.union_all(shapes).exterior)
    both = placed(
        np.array([*shapes, moved, outline], dtype=object), lon=place[0], lat=place[1], decimals=decimals, angle=angle
    )
    before, after, whole = both[:-2], both[:-2].copy(), both[-1]
    after[which] = both[-2]
    assume(after[which].is_valid)
    wanted = expected(before, after, which, whole, bounded=bounded)
    report = check_cover(cells(after), cells([whole]) if bounded else None)
    left = list(report.faults)
    for piece in wanted:
        same = [
            fault
            for fault in left
            if fault.kind is piece.kind and piece.shape.intersection(fault.shape).area > 0.98 * piece.shape.area
        ]
        assert len(same) == 1, (piece, report.faults)
        assert same[0].area == pytest.approx(square_metres(piece.shape), rel=0.01)
        assert same[0].shape.area == pytest.approx(piece.shape.area, rel=0.01), "no more than the piece"
        assert set(same[0].cells) == piece.cells, piece
        left.remove(same[0])
    assert not left, "nothing else is found"
