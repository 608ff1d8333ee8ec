"""Which cell is the smallest for a door, over the grids of all levels (ADR 119)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linli.lib.paths import prefixes

type Lists = Mapping[str, Mapping[str, int]]
"""Path of each place with a grid → path of a place that is listed at one of its cells → that cell."""


def cells_at(line: Sequence[str], lists: Lists) -> list[int]:
    """Return the cells in which the last of `line` (paths from the root down) lies, the smallest first.

    Grids answer from the lowest up; in each grid the nearest listed place says which cell.
    """
    return [cell for _grid, cell in _levels(line, lists)]


def share(ends: Iterable[str], lists: Lists) -> dict[int, list[str]]:
    """Return by cell those of `ends` (paths) for which it is the smallest; what is in no cell is left out."""
    listed = {place for own in lists.values() for place in own}
    found: dict[int, list[str]] = {}
    known: dict[str, int | None] = {}
    for end in ends:
        # a door that no cell lists by itself lies where its stairwell or building lies
        at = end if end in listed else _above(end)
        if at not in known:
            known[at] = next(iter(cells_at(prefixes(at), lists)), None)
        if (cell := known[at]) is not None:
            found.setdefault(cell, []).append(end)
    return found


def doorless(doors: Iterable[str], lists: Lists) -> list[str]:
    """Return the listed places without a door and without a grid of their own: they lie in a cell as a door does."""
    held = {step for path in {*map(_above, doors)} for step in prefixes(path)} | {*doors}
    return sorted({place for own in lists.values() for place in own if place not in held and place not in lists})


@dataclass(frozen=True, slots=True)
class Torn:
    """A cell whose doors lie in several cells of a grid above, or a door in several cells of one grid (`cell` None).

    `parts`: cell above → one of the doors; sums of the lower grid do not roll up to them.
    """

    grid: str
    cell: int | None
    parts: Mapping[int, str]


def torn(doors: Iterable[str], lists: Lists) -> list[Torn]:
    """Return what keeps the doors of lower cells from adding up to those of the cells above them."""
    found: list[Torn] = []
    within: dict[tuple[int, str], dict[int, str]] = {}
    for door in doors:
        line = prefixes(door)
        levels = list(_levels(line, lists))
        for number, (_grid, cell) in enumerate(levels):
            for grid, upper in levels[number + 1 :]:
                within.setdefault((cell, grid), {}).setdefault(upper, door)
        for grid, _cell in levels:
            own = {lists[grid][step] for step in line if step in lists[grid]}
            if len(own) > 1:
                found.append(Torn(grid, None, dict.fromkeys(sorted(own), door)))
    return found + [Torn(grid, cell, parts) for (cell, grid), parts in within.items() if len(parts) > 1]


def _levels(line: Sequence[str], lists: Lists) -> Iterator[tuple[str, int]]:
    for depth in reversed(range(len(line))):
        own = lists.get(line[depth], {})
        nearest = next((step for step in reversed(line[depth + 1 :]) if step in own), None)
        if nearest is not None:
            yield line[depth], own[nearest]


def _above(path: str) -> str:
    return path[: path.rfind(".", 0, -1) + 1]
