"""Cover by list: every door of a grid's place lies in exactly one of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from linli.lib.paths import prefixes


@dataclass(frozen=True, slots=True)
class ListCover:
    """Paths of the doors that are in no cell, and of those that are in more than one."""

    missing: tuple[str, ...]
    doubled: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every door is in exactly one cell."""
        return not (self.missing or self.doubled)


def cover_by_list(doors: Iterable[str], cell_of: Mapping[str, str]) -> ListCover:
    """Check the paths of `doors` against `cell_of`: path of a listed place → its cell.

    A door is in the cells of all listed places on its line: of itself, its stairwell, its building, and upward.
    """
    missing, doubled = [], []
    for path in doors:
        cells = {cell_of[step] for step in prefixes(path) if step in cell_of}
        if not cells:
            missing.append(path)
        elif len(cells) > 1:
            doubled.append(path)
    return ListCover(tuple(missing), tuple(doubled))
