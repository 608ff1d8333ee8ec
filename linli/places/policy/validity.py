"""Cells whose own outline is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import shapely

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.edges import Numbers
from linli.places.policy.features import Shapes

_PLACE = re.compile(r"^(?P<reason>[^\[]*)\[(?P<x>\S+) (?P<y>\S+)\]$")
_REASONS = {
    "Self-intersection": gettext_noop("it crosses itself"),
    "Ring Self-intersection": gettext_noop("a ring touches or crosses itself"),
    "Hole lies outside shell": gettext_noop("a hole lies outside of its outline"),
    "Holes are nested": gettext_noop("a hole lies inside another hole"),
    "Nested holes": gettext_noop("a hole lies inside another hole"),
    "Nested shells": gettext_noop("a part lies inside another part"),
    "Interior is disconnected": gettext_noop("a hole cuts it into pieces"),
    "Duplicate Rings": gettext_noop("a ring is drawn twice"),
    "Too few points in geometry component": gettext_noop("it has no area"),
}
_OTHER = gettext_noop("its outline is not a proper ring")
_FEW, _SAMPLE, _MOST_CROSSINGS = 100, 200, 20_000


@dataclass(frozen=True)
class Invalid:
    """Cell number `cell` is invalid for `reason` (a msgid) at `place` (file degrees)."""

    cell: int
    reason: str
    place: tuple[float, float]


def mend_outlines(shapes: Shapes) -> tuple[Shapes, list[Invalid]]:
    """Return `shapes` with the invalid ones replaced by the area that they enclose, and what was wrong.

    The given array is not changed. A shape that encloses nothing becomes an empty polygon.
    Refused: an outline that crosses itself so often that no hand drew it; to mend it would take minutes.
    """
    bad: Numbers = np.flatnonzero(~shapely.is_valid(shapes))
    if not len(bad):
        return shapes, []
    found = [
        _explained(int(cell), reason, shapes[cell])
        for cell, reason in zip(bad, shapely.is_valid_reason(shapes[bad]), strict=True)
    ]
    for cell in bad.tolist():
        _refuse_scribble(shapes[cell], cell + 1)
    mended = shapes.copy()
    mended[bad] = [_areas(shape) for shape in shapely.make_valid(shapes[bad], method="structure", keep_collapsed=False)]
    return mended, found


@contextmanager
def laid_flat(maps: list[Shapes]) -> Iterator[None]:
    """Refuse cells and boundary (file degrees) whose outlines cross when they are laid flat: edges over continents."""
    try:
        yield
    except shapely.GEOSException:
        points, owner = shapely.get_coordinates(np.concatenate(maps), return_index=True)
        lengths = np.where(owner[1:] == owner[:-1], np.hypot(*np.diff(points, axis=0).T), 0.0)
        longest = int(lengths.argmax())
        before = len(maps[0]) if owner[longest] >= len(maps[0]) else 0
        raise Refusal(
            "grid.far_edges",
            gettext_noop(
                "The map cannot be measured: its outlines cross when they are laid flat. Feature %(number)d has the "
                "longest straight edge, %(degrees).3g degrees: check its coordinates, or give it corners on the way."
            ),
            field="boundary" if before else "file",
            number=int(owner[longest]) + 1 - before,
            degrees=float(lengths[longest]),
        ) from None


def _refuse_scribble(shape: shapely.Geometry, number: int) -> None:
    """Refuse an outline by an estimate of its crossings, from a sample of its edges."""
    points, part = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shape)), return_index=True)
    if len(points) <= _FEW:
        return
    step = np.flatnonzero(part[1:] == part[:-1])
    edges = np.asarray(shapely.linestrings(np.stack([points[step], points[step + 1]], axis=1)))
    sample = edges[:: max(1, len(edges) // _SAMPLE)]
    crossed = len(shapely.STRtree(edges).query(sample, predicate="crosses")[0])
    count = crossed / len(sample) * len(edges) / 2
    if count > _MOST_CROSSINGS:
        message = gettext_noop(
            "The outline of feature %(number)d crosses itself about %(count)d times: draw it again, or take it out."
        )
        raise Refusal("grid.scribble", message, number=number, count=round(count, -3))


def invalid_reason(shape: shapely.Geometry) -> tuple[str, tuple[float, float]]:
    """Return why an invalid `shape` is so (a msgid), and where."""
    one = _explained(0, shapely.is_valid_reason(shape), shape)
    return one.reason, one.place


def _explained(cell: int, text: str, shape: shapely.Geometry) -> Invalid:
    match = _PLACE.match(text)
    x, y = (float(match["x"]), float(match["y"])) if match else shapely.get_coordinates(shape)[0]
    reason = _REASONS.get(match["reason"], _OTHER) if match else _OTHER
    return Invalid(cell, reason, (float(x), float(y)))


def _areas(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 0]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
