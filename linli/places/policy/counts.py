"""Into how many cells a community is divided."""

from __future__ import annotations

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

MOST_CELLS = 200
"""A community has some dozens; the work of a division grows with buildings times cells."""
_BESIDE = 2


def likely(households: list[int], least: int, most: int, plots: int) -> list[int]:
    """Return the one or two numbers of cells that come nearest to the middle of the limits.

    A building with more than `most` is a cell of its own; where no number of cells fits, that which leaves the
    fewest households outside the limits.
    """
    large = [number for number in households if number > most]
    total, middle = sum(households) - sum(large), (least + most) / 2

    def outside(count: int) -> int:
        return max(0, total - count * most) + max(0, count * least - total)

    wished = int(total / middle)
    rest = range(max(0 if large and not total else 1, wished - _BESIDE), wished + _BESIDE + 2)
    best = sorted(rest, key=lambda count: (outside(count), abs(total / count - middle) if count else 0.0))[:2]
    best = [count for count in best if outside(count) == outside(best[0])]
    return list(dict.fromkeys(min(plots, max(1, count + len(large))) for count in best))


def check_count(count: int, least: int, most: int) -> None:
    """Refuse limits by which there would be more cells than are thought of at once."""
    if count > MOST_CELLS:
        raise Refusal(
            "grid.divide_cells",
            gettext_noop(
                "With %(least)d to %(most)d households a cell there would be about %(count)d cells, and at most "
                "%(limit)d can be drawn at once: write larger numbers, or divide a smaller part."
            ),
            field="most",
            least=least,
            most=most,
            count=count,
            limit=MOST_CELLS,
        )
