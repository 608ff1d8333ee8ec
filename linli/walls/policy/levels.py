"""Where walls hang, and where an issue goes when its wall has no answer."""

from __future__ import annotations

from linli.walls.policy.kinds import Level

PLACES: dict[str, Level] = {
    "courtyard": Level.CHILD,
    "estate": Level.CHILD,
    "community": Level.MOTHER,
    "subdistrict": Level.STREET,
}
"""Level of a wall by the kind of its place; an estate without courtyards has one child wall."""

ABOVE: dict[Level, Level | None] = {
    Level.CHILD: Level.MOTHER,
    Level.MOTHER: Level.STREET,
    Level.STREET: None,
}
"""The level that takes over. At the top an overdue issue stays and is shown as overdue."""


def may_hang_above(lower: Level, upper: Level) -> bool:
    """Tell whether issues of a wall of level `lower` may pass up to one of level `upper`."""
    return ABOVE[lower] is upper
