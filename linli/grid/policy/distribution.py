"""Households per cell as a distribution: bars whose edges are the limits, and the figures beside them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

PARTS, OUTSIDE = 4, 6
"""Bars between the limits, and at most as many on each side of them; the outermost take the rest."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many cells have `first` to `last` households (None: or more); `percent` of the longest bar."""

    first: int
    last: int | None
    count: int
    percent: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Distribution:
    """Cells by households. `unknown`: cells of which no door is on the register; the figures leave them out."""

    cells: int
    unknown: int
    smallest: int
    median: float
    largest: int
    below: int
    within: int
    above: int
    bars: tuple[Bar, ...]


def distribute(doors: Iterable[int], least: int, most: int) -> Distribution:
    """Return the distribution of `doors`, one number for each cell, with the limits `least` and `most`."""
    given = list(doors)
    known = sorted(number for number in given if number)
    below, above = sum(number < least for number in known), sum(number > most for number in known)
    return Distribution(
        cells=len(given),
        unknown=len(given) - len(known),
        smallest=known[0] if known else 0,
        median=median(known) if known else 0,
        largest=known[-1] if known else 0,
        below=below,
        within=len(known) - below - above,
        above=above,
        bars=_bars(known, least, most) if known else (),
    )


def _bars(known: list[int], least: int, most: int) -> tuple[Bar, ...]:
    """Return bars as wide as a part of the limits; those outside only as far as there are cells."""
    step = max(1, (most - least) // PARTS)
    low = [least - step * number for number in range(1, OUTSIDE + 1) if least - step * (number - 1) > known[0]]
    high = [most + 1 + step * number for number in range(OUTSIDE) if most + 1 + step * number <= known[-1]]
    firsts = [*reversed(low), *range(least, most + 1, step)[:PARTS], *high]
    if low:
        firsts[0] = 1
    lasts: list[int | None] = [*(first - 1 for first in firsts[1:]), None if high else most]
    places = Counter(bisect_right(firsts, number) - 1 for number in known)
    longest = max(places.values())
    return tuple(
        Bar(first, last, places[number], 100 * places[number] // longest, first >= least and (last or first) <= most)
        for number, (first, last) in enumerate(zip(firsts, lasts, strict=True))
    )
