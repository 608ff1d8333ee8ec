"""In whose name somebody speaks on a wall (ADR 0026)."""

from __future__ import annotations

from collections.abc import Collection

from linli.lib.paths import covers


def speaker(seats: Collection[str], owner: str) -> str:
    """Return the path of the body that speaks: the owner's where the actor has a seat there or none at all.

    Else the seat nearest above the owner; else the lowest seat. All are paths of bodies.
    """
    if owner in seats or not seats:
        return owner
    above = [path for path in seats if covers(path, owner)]
    return max(above or seats, key=lambda path: (path.count("."), path))
