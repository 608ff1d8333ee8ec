"""Open edges end to end: an outline of a thousand edges is one line, and GEOS cuts one line far faster."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from linli.places.policy.edges import Numbers


def runs(start: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
    """Return the corners of the edges run by run, and for each the number of its run.

    A run goes on through each point that one edge reaches and one leaves; every edge is in one run. A run that
    closes ends with the point at which it begins.
    """
    size = int(max(start.max(), end.max())) + 1
    passing = (np.bincount(start, minlength=size) == 1) & (np.bincount(end, minlength=size) == 1)
    leaving = np.full(size, -1)
    leaving[start] = np.arange(len(start))
    following = np.where(passing[end], leaving[end], -1)
    found = list(_walk(np.flatnonzero(~passing[start]).tolist(), following.tolist(), start.tolist(), end.tolist()))
    return np.array(list(chain.from_iterable(found))), np.repeat(np.arange(len(found)), list(map(len, found)))


def _walk(heads: list[int], following: list[int], start: list[int], end: list[int]) -> Iterator[list[int]]:
    """Yield the corners of each run: those from `heads` first, then what is left, which is closed rings."""
    seen = [False] * len(start)
    for head in chain(heads, range(len(start))):
        if seen[head]:
            continue
        corners, edge = [start[head]], head
        while edge >= 0 and not seen[edge]:
            seen[edge] = True
            corners.append(end[edge])
            edge = following[edge]
        yield corners
