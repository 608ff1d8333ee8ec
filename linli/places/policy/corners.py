"""Corners of cells: their numbers, and moving one with every cell that has it or lies along it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.datum import Plane
from linli.places.policy.draft import Changes, Content, Draft
from linli.places.policy.survey import DECIMALS

SAME = 0.02
"""Metres: as close as that, two corners are one, and a corner lies on an edge."""
_LEAST = 3

type Points = NDArray[np.float64]
type Turn = Callable[[Points, int], Points]
"""A ring without its closing point (degrees) and the number of the corner concerned → the ring as it is to be."""


def corners(shape: BaseGeometry) -> Points:
    """Return the corners (degrees) of all rings in order, each ring without its closing point: number 1 comes first."""
    return np.concatenate([shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(shape)])


def corner(content: Content, number: int) -> Points:
    """Return corner `number`, counted from 1. Refused: there is none."""
    found = corners(content.shape)
    if not 1 <= number <= len(found):
        raise Refusal(
            "grid.edit_corner",
            gettext_noop("There is no corner %(number)d: they are numbered from 1 to %(count)d."),
            field="corner",
            number=number,
            count=len(found),
        )
    point: Points = found[number - 1]
    return point


def middle(content: Content, number: int) -> Points:
    """Return the middle of the edge from corner `number` to the next one of its ring."""
    start = corner(content, number)
    for ring in shapely.get_rings(content.shape):
        points = shapely.get_coordinates(ring)
        here = np.flatnonzero((points[:-1] == start).all(axis=1))
        if len(here):
            halfway: Points = np.round((points[here[0]] + points[here[0] + 1]) / 2, DECIMALS)
            return halfway
    return start


def moved(point: Points, east: float, north: float) -> Points:
    """Return `point` (degrees) moved by metres."""
    plane = Plane(np.concatenate([point, point]))
    there: Points = np.round(plane.unflatten(plane.flatten(point[None]) + np.array([[east, north]])), DECIMALS)[0]
    return there


def move(draft: Draft, point: Points, to: Points) -> Changes:
    """Move the corner at `point` to `to`; every cell that has it there, or an edge through it, follows."""
    return _turned(draft, point, lambda ring, at: np.concatenate([ring[:at], to[None], ring[at + 1 :]]))


def drop(draft: Draft, point: Points) -> Changes:
    """Take the corner at `point` out of every cell that has it. Refused: a ring that would have fewer than three."""

    def turn(ring: Points, at: int) -> Points:
        if len(ring) <= _LEAST:
            message = gettext_noop("A cell has three corners at least; move this one instead.")
            raise Refusal("grid.edit_least", message, field="corner")
        return np.delete(ring, at, axis=0)

    return _turned(draft, point, turn)


def _turned(draft: Draft, point: Points, turn: Turn) -> Changes:
    plane = Plane(np.concatenate([point, point]))
    changes = {}
    for code in draft.near(shapely.Point(point), SAME):
        content = draft.get(code)
        others = np.unique(
            np.concatenate([corners(draft.get(c).shape) for c in draft.near(content.shape, SAME)]), axis=0
        )

        def turned(ring: Points, others: Points = others) -> Points:
            noded, at = _noded(ring, point, others, plane)
            return ring if at is None else turn(noded, at)

        shape = _with_rings(content.shape, turned)
        if shape is not None:
            changes[code] = replace(content, shape=shape)
    return changes


def _noded(ring: Points, point: Points, others: Points, plane: Plane) -> tuple[Points, int | None]:
    """Return the ring with a corner wherever one of `others` lies on an edge that ends at `point`, or runs through it.

    So what bends on one side bends on the other. With it the number of the corner at `point`; None: it has none.
    """
    flat, here = plane.flatten(ring), plane.flatten(point[None])[0]
    following = np.roll(flat, -1, axis=0)
    edges = np.asarray(shapely.linestrings(np.stack([flat, following], axis=1)), dtype=object)
    meeting = np.flatnonzero(shapely.distance(edges, shapely.Point(here)) <= SAME)
    if not len(meeting):
        return ring, None
    known = np.asarray(shapely.points(plane.flatten(others)), dtype=object)
    noded: list[Points] = []
    for index in range(len(ring)):
        noded.append(ring[index])
        if index in meeting:
            on = np.flatnonzero(shapely.distance(known, edges[index]) <= SAME)
            along = shapely.line_locate_point(edges[index], known[on])
            inner = (along > SAME) & (along < edges[index].length - SAME)
            noded += list(others[on[inner]][np.argsort(along[inner])])
    new = np.array(noded)
    away = np.hypot(*(plane.flatten(new) - here).T)
    nearest = int(away.argmin())
    return (new, nearest) if away[nearest] <= SAME else _inserted(new, point, here, plane)


def _inserted(ring: Points, point: Points, here: Points, plane: Plane) -> tuple[Points, int]:
    """Return the ring with a corner at `point`, which lies on one of its edges."""
    flat = plane.flatten(ring)
    edges = shapely.linestrings(np.stack([flat, np.roll(flat, -1, axis=0)], axis=1))
    at = int(np.argmin(shapely.distance(edges, shapely.Point(here)))) + 1
    return np.insert(ring, at, point, axis=0), at


def _with_rings(shape: BaseGeometry, turn: Callable[[Points], Points]) -> BaseGeometry | None:
    """Return `shape` with its rings turned; None where none of them changed."""
    parts, changed = [], False
    for part in shapely.get_parts(shape):
        rings = []
        for ring in (part.exterior, *part.interiors):
            points = shapely.get_coordinates(ring)[:-1]
            new = turn(points)
            changed = changed or new is not points
            rings.append(new)
        parts.append(shapely.Polygon(rings[0], rings[1:]))
    if not changed:
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
