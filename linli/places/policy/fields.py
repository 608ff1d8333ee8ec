"""The fields of a layer: which hold what the house reads, and their values."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.places.policy.titles import PROPERTIES

_NAME_BYTES = 10


def taken(names: list[str], identify: str | None, households: str = "") -> dict[str, int]:
    """Return property → number of the field among `names` that holds it; a Shapefile keeps 10 bytes of a name."""
    wanted = (*PROPERTIES, *(name.casefold() for name in (identify, households) if name))
    folded = [name.casefold() for name in names]
    found = {name: folded.index(name) for name in wanted if name in folded}
    left = [name for name in wanted if name not in found and _cut(name) != name]
    return found | {name: folded.index(_cut(name)) for name in left if _cut(name) in folded}


def plain(column: NDArray[Any]) -> list[Any]:
    """Return the values of a field as a GeoJSON file would hold them; a whole number has no point."""
    return [_number(value) if isinstance(value, float) else value for value in column.tolist()]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else int(value) if value.is_integer() else value


def _cut(name: str) -> str:
    """Return what a .dbf keeps of a field's name in UTF-8."""
    return name.encode()[:_NAME_BYTES].decode(errors="ignore")
