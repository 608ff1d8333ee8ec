"""Type that fits: how large words can be in a box of a printed card or plate."""

from __future__ import annotations

import re
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


def _fits(text: str, box: Box, points: float) -> bool:
    line = box.wide * MILLIMETRE / points
    lines, used = 1, 0.0
    for word in _WORD.findall(text):
        width = sum(1 if east_asian_width(sign) in "WFA" else LATIN for sign in word)
        if width > line:
            return False
        if used + width > line:
            lines, used = lines + 1, 0.0
        used += width
    return lines * points * box.leading <= box.high * MILLIMETRE
