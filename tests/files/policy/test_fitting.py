"""Type that fits: sizes of words in a box, and how many words a box takes."""

import math

import pytest

from linli.files.policy.fitting import MILLIMETRE, Box, lines, size, some

BOX = Box(wide=101 / MILLIMETRE, high=31 / MILLIMETRE, largest=20, least=10, leading=1.0)
"""A little over a hundred points wide: five characters of twenty points, or ten of ten, on three lines of ten."""


@pytest.mark.parametrize(("text", "points"), [("中" * 5, 20), ("中" * 6, 16.5), ("中" * 20, 10), ("中" * 99, 10)])
def test_words_are_as_large_as_their_box_lets_them(text, points):
    assert size(text, BOX) == points


def test_a_word_too_long_for_a_line_takes_endless_lines():
    assert lines("A" * 20, BOX.wide, 10) == math.inf
    assert lines("中" * 20, BOX.wide, 10) == 2
    assert size("A" * 20, BOX) == BOX.least


@pytest.mark.parametrize(
    ("words", "count"),
    [(["中中中"] * 7, 7), (["中中中"] * 8, 6), ([], 0), (["中" * 40], 0), (["中" * 40, "中"], 0)],
)
def test_as_many_words_as_fit_with_what_stands_around_them(words, count):
    assert some(words, BOX, head="头头", rest="还有很多") == count
