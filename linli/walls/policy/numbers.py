"""Numbers of issues and codes of posters: short enough to be read out on the telephone."""

from __future__ import annotations

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which are mistaken for one another on paper."""
POSTER_LENGTH = 7


def number(wall_code: str, year: int, count: int) -> str:
    """Return the number of the `count`-th issue first posted on a wall in a year: `Y1-2026-0012`."""
    return f"{wall_code}-{year}-{count:04d}"


def poster_code(digest: bytes) -> str:
    """Return the code of a poster from the first bytes of `digest` (at least 7)."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:POSTER_LENGTH])
