"""How fair and how compact a division is, in figures that stand beside those of the map that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, pstdev

import numpy as np
import shapely

from linli.places.policy.datum import Plane
from linli.places.policy.sheet import Shapes


@dataclass(frozen=True, slots=True)
class Fairness:
    """Households of the cells, how many cells are within the limits, and how round the cells are.

    `ratio`: largest to smallest, 0 where the smallest has none. Roundness (Polsby and Popper): 1 for a circle, 0.785
    for a square, towards 0 the longer the outline for its area.
    """

    cells: int
    households: int
    smallest: int
    median: float
    largest: int
    deviation: float
    ratio: float
    within: int
    least_round: float
    mean_round: float


def fairness(households: Sequence[int], shapes: Shapes, least: int, most: int) -> Fairness:
    """Return the figures of cells (at least one; `shapes` in WGS-84 degrees) with their households."""
    flat = shapely.transform(shapes, Plane(shapely.total_bounds(shapes)).flatten)
    rounds = 4 * np.pi * shapely.area(flat) / shapely.length(flat) ** 2
    smallest, largest = min(households), max(households)
    return Fairness(
        cells=len(households),
        households=sum(households),
        smallest=smallest,
        median=median(households),
        largest=largest,
        deviation=pstdev(households),
        ratio=largest / smallest if smallest else 0.0,
        within=sum(least <= number <= most for number in households),
        least_round=float(rounds.min()),
        mean_round=float(rounds.mean()),
    )
