"""Faults, changes and edits in words and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat

import shapely
from django.utils.translation import gettext

from linli.places.policy.drawing import Figure, short_labels
from linli.places.policy.faultmap import FaultMap, draw_faults
from linli.places.policy.frame import square_metres
from linli.places.policy.repair import Change, Repair
from linli.places.policy.report import KIND_NAMES, CoverReport, Fault, FaultKind
from linli.places.policy.survey import Survey
from linli.places.policy.tiles import Tile, tiles
from linli.places.queries.above import Child
from linli.places.queries.maps import Pen


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault in the reader's language; `lon` and `lat` (WGS-84) lie in it."""

    kind: FaultKind
    kind_name: str
    area: float
    cells: str
    lon: float
    lat: float
    mend: str


def fault_lines(faults: Iterable[Fault]) -> list[FaultLine]:
    """Return `faults` in words, in their order."""
    return [_line(fault) for fault in faults]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of a repair in the reader's language; `lon` and `lat` (WGS-84) lie in it."""

    kind: FaultKind
    kind_name: str
    area: float
    lon: float
    lat: float
    done: str


def change_lines(changes: Iterable[Change]) -> list[ChangeLine]:
    """Return `changes` in words, in their order."""
    return [
        ChangeLine(
            change.kind,
            gettext(KIND_NAMES[change.kind]),
            change.area,
            *_inside(change.shape),
            gettext(change.words) % {"gets": change.gets, "loses": ", ".join(change.loses)},
        )
        for change in changes
    ]


def change_map(done: Repair, most: int) -> FaultMap:
    """Return the picture of a mended map with its first `most` changes."""
    return draw_faults(done.survey.cells.shapes, done.changes[:most])


def _inside(shape: shapely.Geometry) -> tuple[float, float]:
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
    return float(lon), float(lat)


def _line(fault: Fault) -> FaultLine:
    lon, lat = _inside(fault.shape)
    words = {key: gettext(str(value)) if key == "reason" else value for key, value in fault.words.items()}
    mend = gettext(fault.mend) % words
    return FaultLine(fault.kind, gettext(KIND_NAMES[fault.kind]), fault.area, ", ".join(fault.cells), lon, lat, mend)


def beside(found: Pen, code: str) -> list[str]:
    """Return the codes of the cells whose box meets that of a cell."""
    return [other for other in found.draft.near(found.draft.get(code).shape) if other != code]


@dataclass(frozen=True, slots=True)
class EditRow:
    """A cell in the list of a map that is edited, and in how many faults it has a part; `label` as on the map."""

    label: str
    code: str
    name: str
    area: float
    places: int
    faults: int


def edit_rows(survey: Survey) -> list[EditRow]:
    """Return the cells of a map, in its order."""
    cells, wrong = survey.cells, Counter(code for fault in survey.report.faults for code in fault.cells)
    areas = square_metres(cells.shapes)
    listed = cells.places or repeat(())
    rows = zip(short_labels(cells.ids), cells.ids, cells.names, areas, listed, strict=False)
    return [EditRow(label, code, name, area, len(places), wrong[code]) for label, code, name, area, places in rows]


@dataclass(frozen=True, slots=True)
class EditMap:
    """A picture with faults over tiles, and (code, label, figure) of each cell; none on a map of too many."""

    picture: FaultMap
    cells: tuple[tuple[str, str, Figure], ...]
    tiles: tuple[Tile, ...]
    ground: list[list[float]]
    """Corners of the drawing in WGS-84, clockwise from north-west."""


def edit_map(survey: Survey, most: int, basemap: str) -> EditMap:
    """Return the picture of a map that is edited, with its first `most` faults, over tiles of `basemap`."""
    labels = short_labels(survey.cells.ids)
    picture = draw_faults(survey.cells.shapes, survey.report.faults[:most], labels)
    figures = picture.cells.figures
    cells = tuple(zip(survey.cells.ids, labels, figures, strict=True)) if figures else ()
    return EditMap(picture, cells, tiles(picture.frame, basemap), picture.frame.edges().tolist())


def fault_map(survey: Survey, most: int) -> FaultMap:
    """Return the picture of a proven map with its first `most` faults."""
    return draw_faults(survey.cells.shapes, survey.report.faults[:most])


def notes(report: CoverReport) -> list[str]:
    """Return the notes of a proof in the reader's language."""
    return [gettext(note.message) % note.values for note in report.notes]


def child_lines(children: Iterable[Child]) -> list[str]:
    """Return a sentence for each of the grids below that does not fit the new map above it."""
    words = gettext("The grid of %(place)s from %(day)s on would not fit cell %(cell)s: %(faults)s.")
    return [
        words
        % {
            "place": child.grid.place.name,
            "day": child.grid.valid_from,
            "cell": child.cell,
            "faults": summary(child.report),
        }
        for child in children
        if not child.report.is_sound
    ]


def summary(report: CoverReport) -> str:
    """Return the faults of a report by kind, with their number and area."""
    return ", ".join(
        f"{gettext(KIND_NAMES[kind])} {count} ({sum(f.area for f in report.faults if f.kind is kind):,.2f} m²)"
        for kind, count in report.counts().items()
    )
