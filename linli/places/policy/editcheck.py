"""The proof of one edit: what changed is held against what was there and against its neighbours, nothing else.

Where the map was sound before, it is sound after exactly if no fault is found here.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from linli.places.policy.datum import Plane
from linli.places.policy.draft import Changes, Draft
from linli.places.policy.faces import is_wider
from linli.places.policy.features import Shapes
from linli.places.policy.report import Fault, FaultKind
from linli.places.policy.validity import invalid_reason

_REACH = 1.0


def check_edit(
    before: Draft, changes: Changes, boundary: BaseGeometry | None, *, tolerance: float, noise: float
) -> list[Fault]:
    """Return the faults that `changes` make in `before`; `boundary` in WGS-84, widths in metres."""
    new = {code: one.shape for code, one in changes.items() if one is not None}
    old = [before.get(code).shape for code in changes if code in before]
    faults = [_invalid(code, shape) for code, shape in new.items() if not shape.is_valid]
    if faults or not (new or old):
        return faults
    everything = np.array([*new.values(), *old], dtype=object)
    plane = Plane(shapely.total_bounds(everything))
    around = shapely.box(*shapely.total_bounds(everything))
    others = [code for code in before.near(around, _REACH) if code not in changes]
    now = {code: shapely.transform(shape, plane.flatten) for code, shape in new.items()}
    beside = {code: shapely.transform(before.get(code).shape, plane.flatten) for code in others}
    every = now | beside
    inside = None if boundary is None else _near(boundary, around, plane)
    was = shapely.union_all([shapely.transform(shape, plane.flatten) for shape in old])
    found: list[tuple[FaultKind, BaseGeometry, tuple[str, ...]]] = []
    codes = list(now)
    for index, code in enumerate(codes):
        for other in (*codes[index + 1 :], *others):
            shared = now[code].intersection(every[other])
            fresh = shared if other in now else shared.difference(was)
            found += [(FaultKind.OVERLAP, piece, (code, other)) for piece in _pieces(fresh, noise)]
        if inside is not None:
            outside = now[code].difference(inside).difference(was)
            found += [(FaultKind.STRAY, piece, (code,)) for piece in _pieces(outside, noise)]
    lost = was.difference(shapely.union_all([*now.values(), *beside.values()]))
    for piece in _pieces(lost if inside is None else lost.intersection(inside), noise):
        near = [code for code, shape in every.items() if shape.distance(piece) <= noise]
        found.append((FaultKind.GAP, piece, tuple(near)))
    return [_fault(kind, piece, cells, plane, tolerance) for kind, piece, cells in found]


def _near(boundary: BaseGeometry, around: BaseGeometry, plane: Plane) -> BaseGeometry:
    """Return what of the boundary lies round an edit, with some room beyond it."""
    west, south, east, north = around.bounds
    room = max(east - west, north - south)
    box = shapely.box(west - room, south - room, east + room, north + room)
    return shapely.transform(shapely.clip_by_rect(boundary, *box.bounds), plane.flatten)


def _pieces(shape: BaseGeometry, noise: float) -> list[BaseGeometry]:
    parts: Shapes = shapely.get_parts(shape)
    areas = parts[shapely.area(parts) > 0]
    found: list[BaseGeometry] = areas[is_wider(areas, noise)].tolist()
    return found


def _fault(kind: FaultKind, piece: BaseGeometry, cells: tuple[str, ...], plane: Plane, tolerance: float) -> Fault:
    wide = bool(is_wider(np.array([piece], dtype=object), tolerance)[0])
    return Fault.of(kind if wide else FaultKind.SLIVER, shapely.transform(piece, plane.unflatten), piece.area, cells)


def _invalid(code: str, shape: BaseGeometry) -> Fault:
    reason, (lon, lat) = invalid_reason(shape)
    drawn = shapely.make_valid(shape)
    return Fault.of(FaultKind.INVALID, drawn, 0.0, (code,), lon=lon, lat=lat, reason=reason)
