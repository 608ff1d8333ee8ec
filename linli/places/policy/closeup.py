"""One cell large, with its numbered corners, its neighbours round it and what is wrong there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from linli.places.policy.corners import corners
from linli.places.policy.draft import Changes, Draft
from linli.places.policy.drawing import outline_path
from linli.places.policy.frame import Frame
from linli.places.policy.report import Fault
from linli.places.policy.tiles import Tile, tiles

_ROOM = 0.25


@dataclass(frozen=True, slots=True)
class Spot:
    """A corner: its number, where it is on the drawing and on Earth (WGS-84)."""

    number: int
    x: int
    y: int
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A cell beside, with the place for its code on the drawing."""

    code: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Closeup:
    """The drawing: `width` × `height` units, `metres` to a unit; `ground`: its corners in WGS-84, north-west first."""

    width: int
    height: int
    metres: float
    ground: list[list[float]]
    own: str
    corners: tuple[Spot, ...]
    neighbours: tuple[Neighbour, ...]
    faults: tuple[str, ...]
    tiles: tuple[Tile, ...]


def frame_of(shape: BaseGeometry) -> Frame:
    """Return the frame round a cell, with room for what is beside it."""
    west, south, east, north = shape.bounds
    room = np.array([east - west, north - south]) * _ROOM
    return Frame(np.array([shapely.box(west - room[0], south - room[1], east + room[0], north + room[1])]))


def close_up(draft: Draft, code: str, faults: Sequence[Fault], basemap: str = "") -> Closeup:
    """Draw a cell of `draft` and the `faults` near it, over tiles of `basemap` where there is one."""
    shape = draft.get(code).shape
    frame = frame_of(shape)
    window = shapely.Polygon(frame.edges())
    points = corners(shape)
    spots = [
        Spot(number, round(x), round(y), float(lon), float(lat))
        for number, ((x, y), (lon, lat)) in enumerate(
            zip(frame.place(frame.plane.flatten(points)).tolist(), points.tolist(), strict=True), 1
        )
    ]
    beside = []
    for other in draft.near(window):
        visible = draft.get(other).shape.intersection(window)
        if other == code or visible.is_empty:
            continue
        (x, y), *_rest = frame.drawn(shapely.point_on_surface(visible)).tolist()
        beside.append(Neighbour(other, _path(draft.get(other).shape, frame), round(x), round(y)))
    drawn = tuple(_path(fault.shape, frame) for fault in faults if shapely.intersects(fault.shape, window))
    return Closeup(
        frame.width,
        frame.height,
        1 / frame.scale,
        frame.edges().tolist(),
        _path(shape, frame),
        tuple(spots),
        tuple(beside),
        drawn,
        tiles(frame, basemap),
    )


def redrawn(draft: Draft, code: str, changes: Changes, faults: Sequence[Fault]) -> dict[str, object]:
    """Return what a try looks like in the drawing of `code` as it is: path of each changed cell, of each fault."""
    frame = frame_of(draft.get(code).shape)
    return {
        "cells": {other: _path(one.shape, frame) for other, one in changes.items() if one is not None},
        "faults": [_path(fault.shape, frame) for fault in faults],
    }


def _path(shape: shapely.Geometry, frame: Frame) -> str:
    return outline_path(shapely.transform(shapely.transform(shape, frame.plane.flatten), frame.place))
