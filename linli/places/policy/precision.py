"""How finely a file's coordinates are written, and the widths that follow from it."""

from __future__ import annotations

import numpy as np
import shapely

from linli.places.policy.features import Shapes

DEFAULT_TOLERANCE = 0.5
MAX_TOLERANCE = 100
_LEAST_NOISE = 0.02
_METRES_PER_DEGREE = 111_320.0
_SPREAD = 1.5
_MOST_DECIMALS = 9
_SAMPLE = 500


def rounding_noise(maps: list[Shapes], tolerance: float) -> float:
    """Return the width in metres below which rounding alone makes gaps and overlaps.

    Rounding moves a corner by up to √2 / 2 of the last decimal, two corners against each other by
    √2 of it: 1.5 last decimals of the coarser map, at least 2 cm, never more than the tolerance.
    """
    coarsest = max(_last_decimal(shapes) for shapes in maps) * _METRES_PER_DEGREE
    return min(max(_LEAST_NOISE, _SPREAD * coarsest), tolerance)


def _last_decimal(shapes: Shapes) -> float:
    """Return the step in degrees in which all sampled coordinates are written; 0.0 for more than 9 decimals."""
    numbers = shapely.get_coordinates(shapes[:: max(1, len(shapes) // _SAMPLE)])
    if (np.round(numbers, _MOST_DECIMALS) != numbers).any():
        return 0.0
    decimals = _MOST_DECIMALS
    while decimals and (np.round(numbers, decimals - 1) == numbers).all():
        decimals -= 1
    return float(10.0**-decimals)
