"""Faults as a picture: the cells in outline, each fault with its number and the hatching of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from linli.places.policy.drawing import Drawing, draw
from linli.places.policy.features import Shapes
from linli.places.policy.frame import Frame
from linli.places.policy.repair import Change
from linli.places.policy.report import Fault, FaultKind


@dataclass(frozen=True, slots=True)
class Mark:
    """A fault on the picture: its path, and the circle that shows it however small it is."""

    number: int
    kind: FaultKind
    path: str
    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class FaultMap:
    """The cells and, above them, the faults."""

    cells: Drawing
    marks: tuple[Mark, ...]
    frame: Frame


_LEAST, _ROUND = 18, 8


def draw_faults(shapes: Shapes, faults: Sequence[Fault | Change], labels: Sequence[str] = ()) -> FaultMap:
    """Draw cells and `faults`, or what became of them, in WGS-84 degrees; faults are numbered from 1."""
    pieces = np.array([fault.shape for fault in faults], dtype=object)
    frame = Frame(np.concatenate([shapes, pieces]))
    cells = draw(shapes, labels or [""] * len(shapes), frame)
    if not faults:
        return FaultMap(cells, (), frame)
    drawn = shapely.transform(shapely.transform(pieces, frame.plane.flatten), frame.place)
    paths = draw(pieces, [""] * len(pieces), frame).figures
    boxes = shapely.bounds(drawn)
    middles = np.stack([boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]], axis=1) / 2
    reach = np.maximum(boxes[:, 2:] - boxes[:, :2], 0).max(axis=1) / 2 + _ROUND
    marks = [
        Mark(number, fault.kind, figure.path, round(x), round(y), max(_LEAST, min(60, round(radius))))
        for number, (fault, figure, (x, y), radius) in enumerate(
            zip(faults, paths, middles.tolist(), reach.tolist(), strict=True), 1
        )
    ]
    return FaultMap(cells, tuple(marks), frame)
