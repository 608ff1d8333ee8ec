"""Pictures and lists of a map: as it was proven, as it was mended, under the pen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import repeat

from linli.places.policy.drawing import Figure, short_labels
from linli.places.policy.faultmap import FaultMap, draw_faults
from linli.places.policy.frame import square_metres
from linli.places.policy.repair import Repair
from linli.places.policy.survey import Survey
from linli.places.policy.tiles import Tile, tiles


def change_map(done: Repair, most: int) -> FaultMap:
    """Return the picture of a mended map with its first `most` changes."""
    return draw_faults(done.survey.cells.shapes, done.changes[:most])


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
