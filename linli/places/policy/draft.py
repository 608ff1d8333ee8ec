"""A map under the pen: cells by code, what was changed kept above what was there, neighbours found by one tree."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.features import Cells

_DEGREE = 110_500.0
"""Metres of a degree of latitude, where it is shortest."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell is: its name, its shape in WGS-84, the codes of the places listed at it, its households as sent."""

    name: str
    shape: BaseGeometry
    places: tuple[str, ...] = ()
    households: str = ""


type Changes = Mapping[str, Content | None]
"""Code → what the cell is afterwards; None: it is gone."""


class Draft:
    """Cells in WGS-84 with the changes made so far; an edit costs the same however many cells there are."""

    def __init__(self, cells: Cells) -> None:
        """`cells` as they were before the first change."""
        self.base = cells
        self._number = {code: index for index, code in enumerate(cells.ids)}
        self._tree = shapely.STRtree(cells.shapes)
        self._changed: dict[str, Content | None] = {}

    def after(self, changes: Changes) -> Draft:
        """Return the draft with `changes` made; this one stays."""
        new = object.__new__(Draft)
        new.base, new._number, new._tree = self.base, self._number, self._tree
        new._changed = {**self._changed, **changes}
        return new

    def __contains__(self, code: str) -> bool:
        """Tell whether there is a cell with `code`."""
        return self._changed[code] is not None if code in self._changed else code in self._number

    def get(self, code: str) -> Content:
        """Return the cell with `code`. Refused: there is none."""
        if code not in self:
            raise Refusal("grid.edit_cell", gettext_noop("The map has no cell %(cell)s any more."), cell=code[:40])
        found = self._changed.get(code)
        if found is not None:
            return found
        index = self._number[code]
        places = self.base.places[index] if self.base.places else ()
        households = self.base.households[index] if self.base.households else ""
        return Content(self.base.names[index], self.base.shapes[index], places, households)

    def near(self, shape: BaseGeometry, metres: float = 0.0) -> list[str]:
        """Return the codes of the cells whose box comes within `metres` of that of `shape` (WGS-84), in order."""
        west, south, east, north = shape.bounds
        high = metres / _DEGREE
        wide = high / max(math.cos(math.radians(max(abs(south), abs(north)))), 1e-3)
        box = shapely.box(west - wide, south - high, east + wide, north + high)
        old = (self.base.ids[index] for index in sorted(self._tree.query(box).tolist()))
        fresh = (code for code, one in self._changed.items() if one is not None and _meet(box, one.shape))
        return [*(code for code in old if code not in self._changed), *fresh]

    def codes(self) -> Iterator[str]:
        """Yield the codes in order: those that were there, then the new ones."""
        yield from (code for code in self.base.ids if code in self)
        yield from (code for code, one in self._changed.items() if one is not None and code not in self._number)

    def cells(self) -> Cells:
        """Return the cells as they are now."""
        if not self._changed:
            return self.base
        now = [(code, self.get(code)) for code in self.codes()]
        shapes = np.array([one.shape for _code, one in now], dtype=object)
        listed = tuple(one.places for _code, one in now)
        return Cells(
            tuple(code for code, _one in now),
            tuple(one.name for _code, one in now),
            shapes,
            listed if any(listed) else (),
            households=tuple(one.households for _code, one in now) if self.base.households else (),
        )


def _meet(box: BaseGeometry, shape: BaseGeometry) -> bool:
    return bool(shapely.intersects(box, shapely.box(*shape.bounds)))
