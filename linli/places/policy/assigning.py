"""One round of a division: every plot to one centre, by the optimiser CP-SAT of OR-Tools.

A cell stays of one piece by the rule of the shortest-path tree (Zoltners and Sinha, 1983; Mehrotra, Johnson and
Nemhauser, 1998): a plot belongs to a centre only if a plot beside it that is fewer steps from that centre does so too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

NEAREST = 8
"""Centres that are thought of for a plot: those to which it has the fewest steps."""
_OUTSIDE, _UNEVEN = 20_000, 100
"""Cost of a household outside the limits, and of one more or less than the mean; a household at the usual distance
from its centre costs `_USUAL`."""
_USUAL = 100

type Points = NDArray[np.float64]
type Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Limits:
    """Households of a cell, and the deterministic time that may be spent."""

    least: int
    most: int
    seconds: float

    def outside(self, households: Numbers, cells: Numbers, count: int) -> int:
        """Return how many households too many or too few `count` cells have."""
        sums = np.bincount(cells, weights=households, minlength=count).astype(int)
        return int(np.maximum(sums - self.most, 0).sum() + np.maximum(self.least - sums, 0).sum())


def steps(beside: tuple[tuple[int, ...], ...], centre: int) -> Numbers:
    """Return how many steps from plot to plot each is from `centre`; all hang together."""
    found = np.full(len(beside), -1, dtype=np.intp)
    edge, number = [centre], 0
    while edge:
        found[edge] = number
        edge = sorted({other for one in edge for other in beside[one] if found[other] < 0})
        number += 1
    return found


def assign(
    spots: Points,
    households: Numbers,
    beside: tuple[tuple[int, ...], ...],
    centres: list[int],
    limits: Limits,
    hint: Numbers | None = None,
) -> Numbers:
    """Return the centre (its number) of each plot; `hint`: an assignment to begin from."""
    cp_model = optimiser()
    away = np.stack([steps(beside, centre) for centre in centres])
    allowed = _nearest(away)
    model = cp_model.CpModel()
    takes = {(p, k): model.new_bool_var("") for p, k in zip(*np.nonzero(allowed.T), strict=True)}
    takes = {(int(p), int(k)): variable for (p, k), variable in takes.items()}
    for p in range(len(spots)):
        model.add_exactly_one(takes[p, k] for k in range(len(centres)) if (p, k) in takes)
    for (p, k), variable in takes.items():
        if away[k, p]:
            nearer = [takes[q, k] for q in beside[p] if away[k, q] < away[k, p] and (q, k) in takes]
            model.add_bool_or([*nearer, ~variable])
        else:
            model.add(variable == 1)
    cost = _distances(spots, households, centres)
    terms = [int(cost[k, p]) * variable for (p, k), variable in takes.items()]
    terms += _loads(model, takes, households, len(centres), limits)
    model.minimize(sum(terms))
    for (p, k), variable in takes.items():
        if hint is not None:
            model.add_hint(variable, bool(hint[p] == k))
    return _solved(cp_model, model, takes, away, limits.seconds)


def _solved(cp_model: Any, model: Any, takes: dict[tuple[int, int], Any], away: Numbers, seconds: float) -> Numbers:
    """Return the best assignment found in time; where none was, each plot goes to the fewest steps."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = seconds
    solver.parameters.relative_gap_limit = 0.01
    status = solver.solve(model)
    cells: Numbers = away.argmin(axis=0)
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        for (p, k), variable in takes.items():
            if solver.boolean_value(variable):
                cells[p] = k
    return cells


def _nearest(away: Numbers) -> NDArray[np.bool_]:
    """Return (centre, plot) → whether the centre is one of the nearest, or the plot is its own."""
    order = np.argsort(away, axis=0, kind="stable")[:NEAREST]
    found = np.zeros(away.shape, dtype=bool)
    np.put_along_axis(found, order, values=True, axis=0)
    return found


def _distances(spots: Points, households: Numbers, centres: list[int]) -> Numbers:
    """Return (centre, plot) → cost of the way: squared, by households, `_USUAL` where it is as far as usual."""
    squared = ((spots[None, :, :] - spots[centres][:, None, :]) ** 2).sum(axis=2)
    usual = squared.min(axis=0).mean() or 1.0
    return np.round(squared / usual * _USUAL * (households + 1)).astype(np.intp)


def _loads(model: Any, takes: dict[tuple[int, int], Any], households: Numbers, count: int, limits: Limits) -> list[Any]:
    """Return the costs of what is outside the limits, and of what is more or less than the mean."""
    total = int(households.sum())
    mean, found = round(total / count), []
    for k in range(count):
        load = sum(int(households[p]) * variable for (p, centre), variable in takes.items() if centre == k)
        over, under, uneven = (model.new_int_var(0, total + limits.least, "") for _ in range(3))
        model.add(over >= load - limits.most)
        model.add(under >= limits.least - load)
        model.add(uneven >= load - mean)
        model.add(uneven >= mean - load)
        found += [_OUTSIDE * over, _OUTSIDE * under, _UNEVEN * uneven]
    return found


def optimiser() -> Any:
    """Return the library. Refused: where it is missing."""
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise Refusal(
            "grid.no_optimiser",
            gettext_noop(
                "To divide a community the package ortools is missing here: install it (uv sync --extra planning)."
            ),
        ) from None
    return cp_model
