"""Edits of whole cells: split one, join two, draw a new one; each says what the cells concerned are afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import split as cut_by_line

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.corners import corner
from linli.places.policy.datum import Plane
from linli.places.policy.draft import Changes, Content, Draft
from linli.places.policy.pieces import Given, recut
from linli.places.policy.saving import MAX_CODE, MAX_NAME
from linli.places.policy.titles import check_address, is_count

_NOISE = 0.02
_SHARED = 0.5

type Line = Sequence[tuple[float, float]]


def split(draft: Draft, code: str, *, first: int, last: int, via: Line, new: str, name: str) -> Changes:
    """Divide a cell from corner `first` to corner `last`, over the points `via` (degrees) between.

    The larger part keeps code, name and list; the other is `new`. Households are no longer known.
    Refused: a line that does not divide it in two.
    """
    content = draft.get(code)
    _check_new(draft, new, name)
    ends = corner(content, first), corner(content, last)
    line = shapely.LineString(np.array([ends[0], *via, ends[1]])) if first != last else shapely.LineString()
    parts = list(cut_by_line(content.shape, line).geoms) if not line.is_empty else []
    if len(parts) != 2 or not line.is_simple or not content.shape.buffer(1e-9).covers(line):  # noqa: PLR2004 -- in two
        raise Refusal(
            "grid.edit_split",
            gettext_noop(
                "The line from corner %(first)d to corner %(last)d does not divide %(cell)s in two; keep it inside."
            ),
            field="last",
            first=first,
            last=last,
            cell=code,
        )
    small, large = sorted(parts, key=lambda part: part.area)
    return {code: replace(content, shape=large, households=""), new: Content(name or new, small)}


def join(draft: Draft, code: str, other: str) -> Changes:
    """Give the land and the list of `other` to `code`. Refused: cells that share no edge."""
    one, two = draft.get(code), draft.get(other)
    shapes = np.array([one.shape, two.shape], dtype=object)
    plane = Plane(shapely.total_bounds(shapes))
    flat = shapely.transform(shapes, plane.flatten)
    shared = flat[0].boundary.intersection(flat[1].buffer(_NOISE)).length
    if code == other or shared < _SHARED:
        raise Refusal(
            "grid.edit_join",
            gettext_noop("%(cell)s and %(other)s share no edge; only neighbours can be joined."),
            field="other",
            cell=code,
            other=other,
        )
    whole = recut(shapes, shapes, {0: Given(gains=[flat[1]])}, plane, _NOISE)
    if whole[0].geom_type != flat[0].geom_type:  # a seam thinner than noise parts them all the way
        closed = shapely.union_all(flat).buffer(_NOISE, join_style="mitre").buffer(-_NOISE, join_style="mitre")
        whole = recut(shapes, shapes, {0: Given(gains=[closed])}, plane, _NOISE)
    counts = (one.households, two.households)
    households = str(sum(map(int, counts))) if all(map(is_count, counts)) else ""
    return {code: replace(one, shape=whole[0], places=(*one.places, *two.places), households=households), other: None}


def draw(draft: Draft, ring: Line, *, new: str, name: str, within: BaseGeometry | None = None) -> Changes:
    """Draw a new cell along the points `ring` (degrees); what it covers is cut out of the cells that had it.

    What lies outside the boundary `within` is left off.

    Refused: a ring that is no area or crosses itself, a cell that would be swallowed whole.
    """
    _check_new(draft, new, name)
    shape: BaseGeometry = shapely.Polygon(ring) if len(ring) > 2 else shapely.Polygon()  # noqa: PLR2004 -- three make an area
    if within is not None and shape.is_valid:
        shape = shape.intersection(within)
    if not shape.is_valid or shape.geom_type != "Polygon" or shape.area == 0:
        raise Refusal(
            "grid.edit_ring",
            gettext_noop(
                "These points are no area inside the boundary: give at least three, in order, without crossing."
            ),
            field="ring",
        )
    near = [code for code in draft.near(shape) if draft.get(code).shape.intersects(shape)]
    shapes = np.array([*(draft.get(code).shape for code in near), shape], dtype=object)
    plane = Plane(shapely.total_bounds(shapes))
    flat = shapely.transform(shapes, plane.flatten)
    changes: dict[str, Content | None] = {}
    given = {}
    for index, code in enumerate(near):
        taken = flat[index].intersection(flat[-1])
        if taken.area <= _NOISE * taken.length:
            continue
        if flat[index].difference(flat[-1].buffer(_NOISE)).is_empty:
            raise Refusal(
                "grid.edit_swallow",
                gettext_noop("The new cell would cover %(cell)s whole; rename %(cell)s, or join it to another."),
                field="ring",
                cell=code,
            )
        given[index] = Given(losses=[flat[-1]])
    cut = recut(shapes, shapes, given, plane, _NOISE)
    changes |= {near[index]: replace(draft.get(near[index]), shape=cut[index]) for index in given}
    return {**changes, new: Content(name or new, shape)}


def rename(draft: Draft, code: str, *, new: str, name: str, places: Sequence[str]) -> Changes:
    """Give a cell another code, name or list of places."""
    content = draft.get(code)
    if new != code:
        _check_new(draft, new, name)
    after = replace(content, name=name or new, places=tuple(dict.fromkeys(places)))
    return {new: after} if new == code else {code: None, new: after}


def _check_new(draft: Draft, code: str, name: str) -> None:
    if not code or len(code) > MAX_CODE or len(name) > MAX_NAME:
        raise Refusal(
            "grid.edit_code",
            gettext_noop("A new cell needs a code of at most %(code)d characters, and a name of at most %(name)d."),
            field="new",
            code=MAX_CODE,
            name=MAX_NAME,
        )
    check_address(code)
    if code in draft:
        raise Refusal(
            "grid.edit_taken",
            gettext_noop("There is a cell %(cell)s already; give another code."),
            field="new",
            cell=code,
        )
