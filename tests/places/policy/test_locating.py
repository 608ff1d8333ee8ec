"""Point → cell: what a plain look at each cell says, one by one and in bulk; borders and outside too."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from linli.places.policy.locating import NOWHERE, Locator

SQUARES = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(3) for x in range(3)], dtype=object)
QUARTERS = st.integers(-2, 14).map(lambda n: n / 4)


def plainly(x, y):
    return next((n for n, square in enumerate(SQUARES) if square.intersects(shapely.Point(x, y))), NOWHERE)


@given(st.lists(st.tuples(QUARTERS, QUARTERS), min_size=1, max_size=40))
def test_the_first_cell_that_a_spot_touches(spots):
    locator = Locator(SQUARES)
    expected = [plainly(x, y) for x, y in spots]
    assert [locator.find(x, y) for x, y in spots] == expected
    assert locator.find_all(*zip(*spots, strict=True)).tolist() == expected
