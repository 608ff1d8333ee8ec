"""How much of a cell stands on its poster, and how large: one A4 page, read on a staircase at a metre and a half.

Every part has a box of its own; what does not fit is counted, and the code leads to the page that has it all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linli.files.policy.fitting import MILLIMETRE, Box, lines, some

LEAST = 16.0
"""Points: nothing that is to be read at the wall is smaller, unless it is too long for its box."""
FOOT = 12.0
"""Of what is too long, and of long words beside large ones: read at arm's length."""
WIDE = 186
"""Millimetres between the margins."""
WHERE = Box(WIDE, 9, 20, LEAST)
TITLE = Box(WIDE, 27, 58, 18, 1.15)
BESIDE = Box(106, 22, LEAST, LEAST, 1.3)
ADDRESS = Box(66, 31, LEAST, FOOT, 1.3)
HINT = Box(70, 7.5, LEAST, FOOT, 1.25)
SUPERVISION = Box(110, 15, 38, 18, 1.1)
KIND = Box(62, 7.5, LEAST, FOOT, 1.25)
MOST_WORKERS = 3


@dataclass(frozen=True, slots=True)
class Room:
    """What one worker gets: boxes of name and telephone; and millimetres that are left for the lists below."""

    name: Box
    phone: Box
    lists: float


ROOMS = {
    1: Room(Box(62, 22, 44, 8, 1.15), Box(112, 22, 46, 24, 1.15), 58),
    2: Room(Box(62, 13, 34, 8, 1.15), Box(112, 15, 40, 24, 1.15), 44),
    3: Room(Box(62, 10, 26, 8, 1.15), Box(112, 13, 34, 24, 1.15), 26),
}
_SIZES, _LEADING, _INDENT = (26.0, 22.0, 18.0), 1.35, 8
_APART = 2
"""Millimetres between the lists and below them."""


@dataclass(frozen=True, slots=True)
class Lists:
    """How many places and items are named, and in which size."""

    places: int
    items: int
    size: float


def room(workers: int) -> Room:
    """Return the room of each of so many workers; of more than `MOST_WORKERS` the others are counted."""
    return ROOMS[min(max(workers, 1), MOST_WORKERS)]


def share(places: Sequence[str], items: Sequence[str], heads: tuple[str, str], rest: str, high: float) -> Lists:
    """Return how much of both lists fits into `high` millimetres; `heads` stand before them, `rest` behind what is cut.

    Short lists are set larger. Of long ones the places take half at most; the items have what they leave.
    """
    found = [_shared(places, items, heads, rest, high, points) for points in _SIZES]
    return next((one for one in found if (one.places, one.items) == (len(places), len(items))), found[-1])


def _shared(
    places: Sequence[str], items: Sequence[str], heads: tuple[str, str], rest: str, high: float, points: float
) -> Lists:
    most = int((high - _APART) / _line(points))
    needed = lines(heads[0] + "、".join(places), WIDE - _INDENT, points) if places else 0
    own = int(min(needed, most // 2 if items else most))
    return Lists(_some(places, heads[0], rest, own, points), _some(items, heads[1], rest, most - own, points), points)


def _some(words: Sequence[str], head: str, rest: str, most: int, points: float) -> int:
    box = Box(WIDE - _INDENT, most * _line(points) + 0.1, points, points, _LEADING)
    return some(words, box, head=head, rest=rest)


def _line(points: float) -> float:
    """Return the height of a line in millimetres."""
    return points * _LEADING / MILLIMETRE
