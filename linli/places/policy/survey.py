"""A map with its proof, in the form in which it is kept: WGS-84."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.above import NEITHER, OWN, Above, against
from linli.places.policy.cover import OPEN, check_cover
from linli.places.policy.datum import Datum, to_wgs84
from linli.places.policy.features import Cells
from linli.places.policy.precision import DEFAULT_TOLERANCE
from linli.places.policy.report import CoverReport
from linli.places.policy.titles import numbered

_STEP = 100 / 111_320  # degrees; between two such steps a datum bends a straight line by less than a millimetre
MOST_STEPS = 2_000_000
"""That a map to be moved may be long: borders of 200,000 km, some twenty seconds of work."""
DECIMALS = 9
"""Of degrees: a tenth of a millimetre."""

type Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Survey:
    """Cells and boundary in `datum`, and the report of the proof; a sound map is in WGS-84."""

    cells: Cells
    boundary: Cells | None
    report: CoverReport
    datum: Datum = Datum.WGS84
    above: Above | None = None
    """The cell against which a map without a boundary of its own was proven."""

    @property
    def own_boundary(self) -> Cells | None:
        """The boundary that was sent with the map."""
        return None if self.above else self.boundary


def survey(
    cells: Cells,
    boundary: Cells | None = None,
    *,
    tolerance: float = DEFAULT_TOLERANCE,
    datum: Datum = Datum.WGS84,
    noise: float | None = None,
) -> Survey:
    """Prove the map as it was drawn and, where it must be moved to WGS-84, again as it will be kept.

    `noise` as in `check_cover`. Refused: what that and `check_borders` refuse.
    """
    check_borders(cells, datum)
    if boundary is not None:
        check_borders(boundary, datum, "boundary")
    report = check_cover(cells, boundary, tolerance=tolerance, datum=datum, noise=noise)
    found = Survey(cells, boundary, report, datum)
    return kept(found) if report.is_sound else found


def kept(found: Survey) -> Survey:
    """Return a survey as it will be kept, in WGS-84; proven again where it has to be moved, once."""
    if found.datum is Datum.WGS84:
        return found
    cells = moved(found.cells, found.datum)
    edge = None if found.boundary is None else moved(found.boundary, found.datum, "boundary")
    report = found.report
    return Survey(cells, edge, check_cover(cells, edge, tolerance=report.tolerance, noise=report.noise))


def within(found: Survey, above: Above | None) -> Survey:
    """Return a survey whose notes say against what it was proven: its own boundary, else the cell above, else none.

    Against the cell above it is proven here, in WGS-84.
    """
    if found.boundary is not None:
        return replace(found, report=replace(found.report, notes=(*found.report.notes, OWN)))
    if above is None:
        notes = tuple(NEITHER if note == OPEN else note for note in found.report.notes)
        return replace(found, report=replace(found.report, notes=notes))
    found = kept(found)
    report = against(found.cells, above, tolerance=found.report.tolerance, noise=found.report.noise)
    return replace(found, report=report, boundary=above.land if above.whole else None, above=above)


def check_borders(cells: Cells, datum: Datum, field: str = "file") -> None:
    """Refuse, at `field`, borders so long that the corners that `moved` makes would fill the memory."""
    steps = shapely.length(cells.shapes) / _STEP
    if datum is not Datum.WGS84 and steps.sum() > MOST_STEPS:
        longest = int(steps.argmax())
        raise Refusal(
            "grid.long_borders",
            gettext_noop(
                "The borders of the map are %(all)d km long, those of feature %(where)s alone %(own)d km: check its "
                "coordinates, or export the map in WGS 84, so that it need not be moved."
            ),
            field=field,
            where=numbered(cells.ids[longest], longest + 1),
            own=round(steps[longest] / 10),
            all=round(steps.sum() / 10),
        )


def moved(cells: Cells, datum: Datum, field: str = "file") -> Cells:
    """Move cells to WGS-84; long edges get corners on the way, so that what was straight bends alike on both sides.

    Refused: as `check_borders`.
    """
    if datum is Datum.WGS84:
        return cells
    check_borders(cells, datum, field)

    def move(points: Points) -> Points:
        return np.round(to_wgs84(points, datum), DECIMALS)

    return replace(cells, shapes=shapely.transform(shapely.segmentize(cells.shapes, _STEP), move))
