from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from linli.places.policy.chains import runs


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ([(0, 1), (1, 2)], [[0, 1, 2]]),
        ([(1, 2), (0, 1)], [[0, 1, 2]]),
        ([(0, 1), (1, 2), (2, 0)], [[0, 1, 2, 0]]),
        ([(0, 1), (1, 2), (1, 3)], [[0, 1], [1, 2], [1, 3]]),
        ([(0, 1), (1, 0), (0, 2), (2, 0)], [[0, 1, 0], [0, 2, 0]]),
        ([(0, 1), (0, 1)], [[0, 1], [0, 1]]),
        ([(3, 4), (4, 3), (0, 1)], [[0, 1], [3, 4, 3]]),
    ],
)
def test_edges_run_on_through_points_that_one_reaches_and_one_leaves(edges, expected):
    assert _runs(edges) == expected


def test_every_edge_is_in_one_run():
    rng = np.random.default_rng(7)
    for _ in range(200):
        edges = rng.integers(0, 12, size=(rng.integers(1, 30), 2))
        given = Counter((int(a), int(b)) for a, b in edges if a != b)
        if given:
            assert Counter(step for run in _runs(list(given.elements())) for step in pairwise(run)) == given


def _runs(edges):
    corners, run = runs(*np.array(edges).T)
    return [corners[run == number].tolist() for number in range(run[-1] + 1)]
