"""What a map file holds before its cells are checked against each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.titles import Title

Shapes = NDArray[np.object_]

_SHOWN = 8


@dataclass(frozen=True, eq=False)
class Sheet:
    """Titles and shapes in file order, in degrees; `declared`: the file itself says WGS-84 or a projection of it."""

    titles: tuple[Title, ...]
    shapes: Shapes
    declared: bool


def choose(names: list[str], wanted: str) -> int:
    """Return the place in `names` (at least one) of the layer that is `wanted`, or of the only one."""
    if not wanted and len(names) == 1:
        return 0
    found = [number for number, name in enumerate(names) if name.casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0]
    shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    if wanted:
        raise Refusal(
            "grid.no_layer",
            gettext_noop("The file has no layer %(layer)s: name one of these (layer): %(names)s."),
            field="layer",
            layer=wanted[:60],
            names=shown,
            choices=names,
        )
    raise Refusal(
        "grid.layers",
        gettext_noop("The file holds several layers: name the one to be read (layer): %(names)s."),
        field="layer",
        names=shown,
        choices=names,
    )
