"""What must always be true of the live data; `linli verify` runs all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invariant:
    """One truth: a stable code, its words (an English msgid), and a search for what breaks it.

    `find` returns one line for each breach, naming the record; an empty list means that it holds.
    """

    code: str
    words: str
    find: Callable[[], list[str]]
