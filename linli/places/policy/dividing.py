"""Plots with households → cells of a wished size, each of one piece, compact: the rounds of the division (ADR 111).

A round assigns every plot to one of the centres by an optimiser (`assigning`), then each centre moves to the plot in
the middle of what it was given; the rounds end when nothing gets better. The same input gives the same cells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from linli.places.policy.assigning import Limits, Numbers, Points, assign
from linli.places.policy.counts import check_count, likely
from linli.places.policy.plots import Borders

ROUNDS = 5
SECONDS = 3.0
"""Of deterministic time for a whole division: it counts the work and not the clock."""


@dataclass(frozen=True, slots=True)
class Land:
    """Plots: where the middle of each is (metres), its households, the numbers of those beside it."""

    spots: Points
    households: Numbers
    beside: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, spots: Points, households: Numbers, borders: Borders) -> Land:
        """Return the land of plots that share `borders`."""
        near: list[set[int]] = [set() for _ in spots]
        for one, two in borders:
            near[one].add(two)
            near[two].add(one)
        return cls(spots, households, tuple(tuple(sorted(each)) for each in near))

    def part(self, members: Numbers) -> Land:
        """Return the plots `members` alone."""
        place = {number: index for index, number in enumerate(members.tolist())}
        beside = tuple(
            tuple(place[other] for other in self.beside[number] if other in place) for number in members.tolist()
        )
        return Land(self.spots[members], self.households[members], beside)

    def pieces(self) -> list[Numbers]:
        """Return the groups of plots that hang together."""
        left, found = set(range(len(self.spots))), []
        while left:
            group, edge = set[int](), {min(left)}
            while edge:
                group |= edge
                edge = {other for number in edge for other in self.beside[number]} - group
            left -= group
            found.append(np.array(sorted(group)))
        return found


def divide(land: Land, least: int, most: int) -> Numbers:
    """Return the cell of each plot, from 0; parts of the land that do not touch are divided separately.

    Refused: limits by which there would be too many cells (`check_count`).
    """
    pieces = [(members, land.part(members)) for members in land.pieces()]
    numbers = [likely(part.households.tolist(), least, most, len(members)) for members, part in pieces]
    check_count(sum(map(max, numbers)), least, most)
    cells = np.zeros(len(land.spots), dtype=np.intp)
    begun = 0
    for (members, part), counts in zip(pieces, numbers, strict=True):
        share = SECONDS * len(members) / len(land.spots)
        found = _best(part, Limits(least, most, share / len(counts)), counts)
        cells[members] = begun + np.unique(found, return_inverse=True)[1]
        begun = int(cells[members].max()) + 1
    return cells


def _best(land: Land, limits: Limits, counts: list[int]) -> Numbers:
    """Return the division into the first of `counts` that leaves the fewest households outside the limits."""
    tries = []
    for count in counts:
        tries.append(_divided(land, limits, count))
        if not tries[-1][0]:
            break
    return min(tries, key=lambda each: each[0])[2]


def _divided(land: Land, limits: Limits, count: int) -> tuple[int, float, Numbers]:
    """Return households outside the limits, the cost, the cell of each plot, for `count` cells."""
    if count == 1:
        cells = np.zeros(len(land.spots), dtype=np.intp)
        return limits.outside(land.households, cells, 1), 0.0, cells
    centres = _halved(land, np.arange(len(land.spots)), count)
    best: tuple[int, float, Numbers] | None = None
    each = replace(limits, seconds=limits.seconds / ROUNDS)
    for _ in range(ROUNDS):
        cells = assign(land.spots, land.households, land.beside, centres, each, best[2] if best else None)
        centres = [_middle(land, np.flatnonzero(cells == number)) for number in range(count)]
        found = (limits.outside(land.households, cells, count), _cost(land, cells, centres), cells)
        if best is not None and found[:2] >= best[:2]:
            break
        best = found
    return best or (0, 0.0, cells)


def _cost(land: Land, cells: Numbers, centres: list[int]) -> float:
    squared = ((land.spots - land.spots[centres][cells]) ** 2).sum(axis=1)
    return float((weights(land.households) * squared).sum())


def weights(households: Numbers) -> Numbers:
    """Return what a plot weighs: its households, and a little for land without any."""
    return households + 1


def _middle(land: Land, members: Numbers) -> int:
    """Return the plot of `members` from which the ways to all their households are shortest, squared."""
    spots, weight = land.spots[members], weights(land.households[members])
    centre = (spots * weight[:, None]).sum(axis=0) / weight.sum()
    return int(members[((spots - centre) ** 2).sum(axis=1).argmin()])


def _halved(land: Land, members: Numbers, count: int) -> list[int]:
    """Return `count` first centres: plots are cut across their longer side, by households, again and again."""
    if count == 1 or len(members) == 1:
        return [_middle(land, members)]
    spots = land.spots[members]
    order = members[np.argsort(spots[:, int(np.ptp(spots, axis=0).argmax())], kind="stable")]
    few = count // 2
    sums = weights(land.households[order]).cumsum()
    cut = int(np.searchsorted(sums, sums[-1] * few / count)) + 1
    cut = min(max(cut, few), len(members) - (count - few))
    return [*_halved(land, order[:cut], few), *_halved(land, order[cut:], count - few)]
