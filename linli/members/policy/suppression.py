"""What of a table of counts may be published: no count below the least, nor what would give one away.

A hidden count is safe when another table with the same published figures has `least` or more in its place. Such a
table is made by moving people around a rectangle of four hidden places, so that every sum stays; for each small count
the rectangle is taken that hides the fewest people besides. Hiding more never harms a rectangle found before, so the
order does not matter. Rectangles through the sums are tried as well; of a single row nothing else is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

LEAST = 5
"""The smallest count that is published (issue 3, point 9)."""

type Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Published:
    """A table with its sums as they may be shown; None stands for what is hidden."""

    cells: tuple[tuple[int | None, ...], ...]
    row_sums: tuple[int | None, ...]
    column_sums: tuple[int | None, ...]
    total: int | None


def published(table: Sequence[Sequence[int]], least: int = LEAST) -> Published:
    """Return `table` (rows of equal length, at least one) with its sums, hiding what must be hidden."""
    whole = [[*row, sum(row)] for row in table]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    places = list(product(range(len(whole)), range(len(whole[0]))))
    small = [(row, column) for row, column in places if whole[row][column] < least]
    hidden = set(small)
    for place in small:
        hidden |= min(
            _rectangles(whole, place, least),
            key=lambda corners: (sum(whole[row][column] for row, column in corners - hidden), sorted(corners)),
        )
    shown = [
        tuple(None if (row, column) in hidden else count for column, count in enumerate(counts))
        for row, counts in enumerate(whole)
    ]
    return Published(
        tuple(row[:-1] for row in shown[:-1]), tuple(row[-1] for row in shown[:-1]), shown[-1][:-1], shown[-1][-1]
    )


def _rectangles(whole: list[list[int]], place: Place, least: int) -> Iterator[frozenset[Place]]:
    """Yield the corners of each rectangle around which the count at `place` can rise to `least`."""
    rows, columns = len(whole), len(whole[0])
    (row, column), needed = place, least - whole[place[0]][place[1]]
    for other_row, other_column in product(range(rows), range(columns)):
        if other_row == row or other_column == column:
            continue
        falling = (
            corner
            for corner, turn in (((row, other_column), -1), ((other_row, column), -1), ((other_row, other_column), 1))
            if turn * _sign(place, rows, columns) * _sign(corner, rows, columns) < 0
        )
        if all(whole[at][across] >= needed for at, across in falling):
            yield frozenset({place, (row, other_column), (other_row, column), (other_row, other_column)})


def _sign(place: Place, rows: int, columns: int) -> int:
    """Return -1 for the sum of a row or column and 1 elsewhere: so signed, every line of the table adds to nought."""
    return -1 if (place[0] == rows - 1) != (place[1] == columns - 1) else 1
