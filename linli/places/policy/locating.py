"""Point → cell: which of many areas a place lies in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.places.policy.features import Shapes

NOWHERE = -1


class Locator:
    """An index over the cells of a grid, built once; a place on a border is in the first of its cells."""

    __slots__ = ("_query",)

    def __init__(self, shapes: Shapes) -> None:
        """`shapes` in WGS-84 degrees, in the order by which they are answered."""
        self._query = shapely.STRtree(shapes).query

    def find(self, longitude: float, latitude: float) -> int:
        """Return the number of the cell in which a place lies; `NOWHERE` outside of all."""
        hits = self._query(shapely.points(longitude, latitude), "intersects")
        return int(hits[0]) if len(hits) == 1 else min(map(int, hits), default=NOWHERE)

    def find_all(self, longitudes: Sequence[float], latitudes: Sequence[float]) -> NDArray[np.intp]:
        """Return what `find` returns for each of many places, at once."""
        points = shapely.points(longitudes, latitudes)
        place, cell = self._query(points, "intersects")
        found = np.full(len(points), NOWHERE, dtype=np.intp)
        if (place[1:] == place[:-1]).any():
            order = np.lexsort((-cell, place))
            place, cell = place[order], cell[order]
        found[place] = cell  # of several the last is kept: the first cell
        return found
