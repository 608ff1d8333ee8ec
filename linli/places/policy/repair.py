"""Mending a map: what the suggested mend of each fault comes to, done on a copy and proven again.

Who gets a piece: `settling`. An invalid outline becomes the area that it encloses.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import shapely

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.cover import check_cover
from linli.places.policy.datum import Plane
from linli.places.policy.features import Cells, Shapes
from linli.places.policy.pieces import Given, recut
from linli.places.policy.report import CoverReport, Fault, FaultKind
from linli.places.policy.settling import settle
from linli.places.policy.survey import Survey, kept
from linli.places.policy.validity import mend_outlines

GIVEN = gettext_noop("goes to %(gets)s")
KEPT = gettext_noop("stays with %(gets)s, is cut out of %(loses)s")
CUT = gettext_noop("is cut off %(loses)s")
REDRAWN = gettext_noop("the outline becomes the area that it encloses")
_ROUNDS = 4
"""What is given away in one round may lie beside what the next one finds."""


@dataclass(frozen=True, slots=True)
class Change:
    """A piece (WGS-84, area in m²) that was a fault: who `gets` it and who `loses` it; nobody: "" and ()."""

    kind: FaultKind
    shape: shapely.Geometry
    area: float
    gets: str
    loses: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is done with it (a msgid with `gets` and `loses`)."""
        if self.kind is FaultKind.INVALID:
            return REDRAWN
        if not self.loses:
            return GIVEN
        return KEPT if self.gets else CUT


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell before and after, in m²."""

    cell: str
    before: float
    after: float


@dataclass(frozen=True, eq=False)
class Repair:
    """The mended map with its own proof, what was changed in order, and the cells that it changed."""

    survey: Survey
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]


def repair(survey: Survey, *, most: float | None = None) -> Repair:
    """Return `survey` mended, in WGS-84; the given one stays as it is.

    Gaps of over `most` m² stay (default: none does): a whole missing
    cell is better drawn than given away. Refused: a `most` that is no area.
    """
    if most is not None and not most >= 0:
        message = gettext_noop("Gaps are left from a number of square metres on, 0 or more: %(most)g is none.")
        raise Refusal("grid.most", message, field="most", most=most)
    first = kept(survey)
    cells, boundary, report = first.cells, first.boundary, first.report
    changes: list[Change] = []
    for _round in range(_ROUNDS):
        cells, made = _mended(cells, boundary, report, most)
        if not made:
            break
        changes += made
        report = check_cover(cells, boundary, tolerance=report.tolerance, noise=report.noise)
    return Repair(Survey(cells, boundary, report), tuple(changes), _differences(first.cells, cells))


def _mended(
    cells: Cells, boundary: Cells | None, report: CoverReport, most: float | None
) -> tuple[Cells, list[Change]]:
    """Return the cells after one round, and what it changed."""
    if report.is_sound:
        return cells, []
    number = {code: index for index, code in enumerate(cells.ids)}
    whole, _invalid = mend_outlines(cells.shapes)
    plane = Plane(shapely.total_bounds(whole))
    inside = None if boundary is None else shapely.transform(shapely.union_all(boundary.shapes), plane.flatten)
    changes, given = [], defaultdict[int, Given](Given)
    for fault in report.faults:
        if fault.kind is FaultKind.INVALID and fault.area > 0:
            given[number[fault.cells[0]]]  # cut anew, with nothing given or taken
            changes.append(Change(fault.kind, fault.shape, fault.area, "", ()))
        if fault.kind is FaultKind.INVALID or _is_missing_cell(fault, most):
            continue
        flat = {code: shapely.transform(whole[number[code]], plane.flatten) for code in fault.cells}
        found = shapely.make_valid(shapely.transform(fault.shape, plane.flatten))
        for piece, gets, loses in settle(found, flat, inside):
            if gets and not loses:
                given[number[gets]].gains.append(piece)
            for code in loses:
                given[number[code]].losses.append(piece)
            changes.append(Change(fault.kind, shapely.transform(piece, plane.unflatten), piece.area, gets, loses))
    return replace(cells, shapes=recut(cells.shapes, whole, given, plane, report.noise)), changes


def _is_missing_cell(fault: Fault, most: float | None) -> bool:
    return most is not None and fault.area > most and fault.kind in {FaultKind.GAP, FaultKind.HOLE}


def _differences(before: Cells, after: Cells) -> tuple[Difference, ...]:
    """Return the cells whose shape is another now, the largest change of area first."""
    changed = [i for i, (old, new) in enumerate(zip(before.shapes, after.shapes, strict=True)) if old is not new]
    if not changed:
        return ()
    plane = Plane(shapely.total_bounds(after.shapes))
    areas = zip(_areas(before.shapes[changed], plane), _areas(after.shapes[changed], plane), strict=True)
    found = [Difference(before.ids[i], *pair) for i, pair in zip(changed, areas, strict=True)]
    return tuple(sorted(found, key=lambda one: -abs(one.after - one.before)))


def _areas(shapes: Shapes, plane: Plane) -> list[float]:
    return [float(area) for area in shapely.area(shapely.transform(shapes, plane.flatten))]
