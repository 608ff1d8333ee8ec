"""What the proof found: faults and notes, and their GeoJSON."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import shapely

from linli.lib.words import gettext_noop


class FaultKind(StrEnum):
    """Kinds of fault; a gap, overlap or stray piece thinner than the tolerance is a sliver."""

    INVALID = "invalid"
    OVERLAP = "overlap"
    GAP = "gap"
    HOLE = "hole"
    STRAY = "stray"
    SLIVER = "sliver"


KIND_NAMES = {
    FaultKind.INVALID: gettext_noop("invalid outline"),
    FaultKind.OVERLAP: gettext_noop("overlap"),
    FaultKind.GAP: gettext_noop("gap"),
    FaultKind.HOLE: gettext_noop("hole"),
    FaultKind.STRAY: gettext_noop("outside the boundary"),
    FaultKind.SLIVER: gettext_noop("sliver"),
}
MENDS = {
    FaultKind.INVALID: gettext_noop("Redraw the outline of %(cells)s near %(lon).6f, %(lat).6f: %(reason)s."),
    FaultKind.OVERLAP: gettext_noop("Leave this piece to one of %(cells)s and cut it out of the others."),
    FaultKind.GAP: gettext_noop(
        "Give this piece to %(first)s, which has the longest edge along it, or draw a cell for it."
    ),
    FaultKind.HOLE: gettext_noop("Close this hole in %(first)s, or draw a cell that fills it."),
    FaultKind.STRAY: gettext_noop("Cut %(cells)s at the boundary."),
    FaultKind.SLIVER: gettext_noop("Snap the edges of %(cells)s together: this piece is thinner than the tolerance."),
}
_NOBODY_NEAR = gettext_noop("No cell is next to this piece: draw a cell for it.")
_MOST_NAMED = 6


@dataclass(frozen=True)
class Fault:
    """One fault: `shape` in WGS-84, `area` in m², `cells` concerned (the likeliest owner first).

    `mend` is a msgid with the values of `words`; its value `reason`, where present, is a msgid too.
    """

    kind: FaultKind
    shape: shapely.Geometry
    area: float
    cells: tuple[str, ...]
    mend: str
    words: dict[str, object]

    @classmethod
    def of(
        cls, kind: FaultKind, shape: shapely.Geometry, area: float, cells: tuple[str, ...], **words: object
    ) -> Fault:
        """Return the fault with the mend that suits its kind."""
        named = ", ".join(cells[:_MOST_NAMED]) + (" …" if len(cells) > _MOST_NAMED else "")
        mend = MENDS[kind] if cells else _NOBODY_NEAR
        return cls(kind, shape, float(area), cells, mend, {"cells": named, "first": cells[0] if cells else "", **words})


@dataclass(frozen=True)
class Note:
    """Something to know that is no fault; `message` is a msgid with `values`."""

    message: str
    values: dict[str, object]


@dataclass(frozen=True)
class CoverReport:
    """Result of a proof: `area` is the sum of the cells in m²; `tolerance` and `noise` in metres as used."""

    cells: int
    area: float
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]
    tolerance: float
    noise: float

    @property
    def is_sound(self) -> bool:
        """Whether no fault was found."""
        return not self.faults

    def counts(self) -> Counter[FaultKind]:
        """Return the number of faults by kind."""
        return Counter(fault.kind for fault in self.faults)


def as_geojson(report: CoverReport, *, mends: list[str]) -> dict[str, Any]:
    """Return the faults as a FeatureCollection (RFC 7946); `mends` are the mend texts in the reader's language."""
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(shapely.to_geojson(shapely.orient_polygons(fault.shape))),
            "properties": {
                "kind": fault.kind.value,
                "cells": list(fault.cells),
                "area_m2": round(fault.area, 2),
                "mend": mend,
            },
        }
        for fault, mend in zip(report.faults, mends, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}
