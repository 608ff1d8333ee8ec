"""Type that fits: how large words can be in a box of something printed, and how many of them it takes."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

MILLIMETRE = 72 / 25.4
"""Points in a millimetre."""
LATIN = 0.62
"""How wide a Latin letter is at most on average, of the size; a Chinese character is as wide as high."""
STEP = 0.5
_WORD = re.compile(r"[!-ʯ]+|.")
"""A word that stays together, or one character between which lines break."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place for words: millimetres, sizes in points, and the distance of lines as a part of the size."""

    wide: float
    high: float
    largest: float
    least: float
    leading: float = 1.25


def size(text: str, box: Box) -> float:
    """Return the largest size in points at which `text` fits into `box`, or the least that is allowed."""
    tried = box.largest
    while tried > box.least and not _fits(text, box, tried):
        tried -= STEP
    return max(tried, box.least)


def some(words: Sequence[str], box: Box, *, head: str, rest: str) -> int:
    """Return how many of `words`, with `、` between, fit into `box` at its least size, after `head`.

    `rest` stands behind them where not all do.
    """
    count = len(words)
    while count and not _fits(head + "、".join(words[:count]) + rest * (count < len(words)), box, box.least):
        count -= 1
    return count


def lines(text: str, wide: float, points: float) -> float:
    """Return how many lines `text` takes in `wide` millimetres; infinity where a word is too long for one."""
    line = wide * MILLIMETRE / points
    count, used = 1, 0.0
    for word in _WORD.findall(text):
        width = sum(1 if east_asian_width(sign) in "WFA" else LATIN for sign in word)
        if width > line:
            return math.inf
        if used + width > line:
            count, used = count + 1, 0.0
        used += width
    return count


def _fits(text: str, box: Box, points: float) -> bool:
    return lines(text, box.wide, points) * points * box.leading <= box.high * MILLIMETRE
