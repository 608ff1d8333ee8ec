"""The cell above as the boundary of a map: levels agree with each other (ADR 120)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.cover import check_cover
from linli.places.policy.features import Cells
from linli.places.policy.frame import square_metres
from linli.places.policy.kept import read_kept
from linli.places.policy.report import CoverReport, Fault, FaultKind, Note
from linli.places.policy.validity import mend_outlines

OWN = Note(gettext_noop("The map has a boundary of its own and is proven against it."), {})
NEITHER = Note(
    gettext_noop(
        "No boundary was sent, and no grid above has a cell for the place: only gaps inside, overlaps and outlines can "
        "be proven; a gap that is open to the outside cannot be seen."
    ),
    {},
)
_EXACT = gettext_noop("No boundary was sent: the map is proven against cell %(cell)s of the grid of %(place)s.")
_SHARED = gettext_noop(
    "No boundary was sent: the map is proven to lie in cell %(cell)s of the grid of %(place)s. Other places lie there "
    "too, so only gaps inside the map can be seen."
)


@dataclass(frozen=True, slots=True)
class Above:
    """The smallest cell in which a place lies: its code, the name of the place of its grid, its land (GeoJSON)."""

    cell: str
    place: str
    geometry: str
    noise: float
    """Metres that the rounding of its file moved."""
    whole: bool
    """Whether the cell lists the place alone; else other places share it, and a map has to lie inside only."""

    @property
    def land(self) -> Cells:
        """The area."""
        return read_kept([("", "", self.geometry)])

    @property
    def note(self) -> Note:
        """What a proof says that used it."""
        return Note(_EXACT if self.whole else _SHARED, {"cell": self.cell, "place": self.place})


def against(cells: Cells, above: Above, *, tolerance: float, noise: float) -> CoverReport:
    """Prove `cells` (WGS-84) against the cell above; a map that does not touch it is one gap and stray as a whole."""
    noise = min(max(noise, above.noise), tolerance)
    land = above.land if above.whole else _shared(cells, above)
    try:
        report = check_cover(cells, land, tolerance=tolerance, noise=noise)
    except Refusal:
        report = _apart(cells, above.land, check_cover(cells, tolerance=tolerance, noise=noise))
    return replace(report, notes=(*report.notes, above.note))


def _shared(cells: Cells, above: Above) -> Cells:
    """Return the part of the land that lies within the outer border of the map."""
    mended, _trouble = mend_outlines(cells.shapes)
    parts = shapely.get_parts(shapely.union_all(mended))
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in parts if part.geom_type == "Polygon"])
    shared = shapely.get_parts(shapely.intersection(filled, above.land.shapes[0]))
    areas = shapely.multipolygons(shared[shapely.get_type_id(shared) == shapely.GeometryType.POLYGON])
    return replace(above.land, shapes=np.array([areas], dtype=object))


def _apart(cells: Cells, land: Cells, report: CoverReport) -> CoverReport:
    mended, _trouble = mend_outlines(cells.shapes)
    stray = zip(cells.ids, mended, square_metres(mended), strict=True)
    faults = (
        Fault.of(FaultKind.GAP, land.shapes[0], float(square_metres(land.shapes)[0]), ()),
        *(Fault.of(FaultKind.STRAY, shape, float(area), (code,)) for code, shape, area in stray if area),
    )
    return replace(report, faults=(*report.faults, *faults), notes=())
