"""What is published gives no count below five away: tables, and every table judged by an independent reckoning."""

from collections import deque
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.members.policy.suppression import LEAST, Published, published

X = None


@pytest.mark.parametrize(
    ("table", "cells", "row_sums", "column_sums", "total"),
    [
        ([[5, 9], [8, 7]], ((5, 9), (8, 7)), (14, 15), (13, 16), 29),
        ([[4, 9], [8, 7]], ((X, X), (X, X)), (13, 15), (12, 16), 28),
        ([[3, 20, 9], [8, 7, 30], [40, 50, 60]], ((X, X, 9), (X, X, 30), (40, 50, 60)), (32, 45, 150), (51, 77, 99), 227),
        ([[4]], ((X,),), (X,), (X,), X),
        ([[7]], ((7,),), (7,), (7,), 7),
        ([[0, 0], [0, 0]], ((X, X), (X, X)), (X, X), (X, X), X),
        ([[6, 6], [1, 1]], ((X, X), (X, X)), (X, X), (7, 7), 14),
    ],
)  # fmt: skip
def test_small_counts_and_what_betrays_them_are_hidden(table, cells, row_sums, column_sums, total):
    found = published(table)
    assert (found.row_sums, found.column_sums, found.total) == (row_sums, column_sums, total)
    assert found.cells == cells


def extended(found: Published):
    return [[*row, total] for row, total in zip(found.cells, found.row_sums, strict=True)] + [
        [*found.column_sums, found.total]
    ]


def reach(whole, hidden, place):
    """Raise the count at `place` by ones, each by a way around through hidden places that keeps every sum; its most.

    In the table with its sums, signed so that each line adds to nought, a unit more at (r, c) must be taken from
    another place of column c, given to that place's row, and so on until row r is even again: a search for a way.
    """
    counts = [list(row) for row in whole]
    rows, columns = len(counts), len(counts[0])
    sign = [[-1 if (r == rows - 1) != (c == columns - 1) else 1 for c in range(columns)] for r in range(rows)]

    def can(at, turn):
        return at in hidden and (turn * sign[at[0]][at[1]] > 0 or counts[at[0]][at[1]] > 0)

    turn = sign[place[0]][place[1]]
    while counts[place[0]][place[1]] < LEAST:
        before = {("column", place[1]): None}
        queue = deque(before)
        while queue and ("row", place[0]) not in before:
            kind, line = queue.popleft()
            for other in range(rows if kind == "column" else columns):
                at = (other, line) if kind == "column" else (line, other)
                goes = ("row" if kind == "column" else "column", other)
                if at != place and goes not in before and can(at, -turn if kind == "column" else turn):
                    before[goes] = ((kind, line), at, -turn if kind == "column" else turn)
                    queue.append(goes)
        if ("row", place[0]) not in before:
            break
        line = ("row", place[0])
        while before[line]:
            line, at, moved = before[line]
            counts[at[0]][at[1]] += moved * sign[at[0]][at[1]]
        counts[place[0]][place[1]] += 1
    return counts[place[0]][place[1]]


tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.integers(0, 7), st.integers(0, 60)), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


@given(tables)
def test_nothing_below_five_can_be_recovered_from_what_is_published(table):
    shown = extended(published(table))
    whole = [[*row, sum(row)] for row in table]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    places = list(product(range(len(whole)), range(len(whole[0]))))
    hidden = {(r, c) for r, c in places if shown[r][c] is None}
    for r, c in places:
        assert shown[r][c] in {None, whole[r][c]}
        if whole[r][c] < LEAST:
            assert shown[r][c] is None
            assert reach(whole, hidden, (r, c)) >= LEAST, f"the count at {r}, {c} can be narrowed below five"


def test_the_reckoning_sees_a_count_that_is_given_away():
    whole = [[3, 20, 23], [8, 7, 15], [11, 27, 38]]
    assert reach(whole, {(0, 0)}, (0, 0)) == 3
    assert reach(whole, {(0, 0), (0, 1)}, (0, 0)) == 3
    assert reach(whole, {(0, 0), (0, 1), (1, 0), (1, 1)}, (0, 0)) == 5
