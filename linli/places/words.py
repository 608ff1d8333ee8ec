"""What a proof, a repair or a division found, in the reader's language: for pages, commands and `linli verify`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from django.utils.translation import gettext

from linli.places.policy.fairness import Fairness
from linli.places.policy.repair import Change
from linli.places.policy.report import KIND_NAMES, CoverReport, Fault, FaultKind
from linli.places.queries import Child


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


def _inside(shape: shapely.Geometry) -> tuple[float, float]:
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
    return float(lon), float(lat)


def _line(fault: Fault) -> FaultLine:
    lon, lat = _inside(fault.shape)
    words = {key: gettext(str(value)) if key == "reason" else value for key, value in fault.words.items()}
    mend = gettext(fault.mend) % words
    return FaultLine(fault.kind, gettext(KIND_NAMES[fault.kind]), fault.area, ", ".join(fault.cells), lon, lat, mend)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with its name; `before` is empty where no map holds."""

    words: str
    before: str
    after: str


def figure_rows(before: Fairness | None, after: Fairness) -> list[FigureRow]:
    """Return the figures of two divisions, one below the other."""
    old = [""] * len(_said(after)) if before is None else [text for _words, text in _said(before)]
    return [FigureRow(words, was, text) for was, (words, text) in zip(old, _said(after), strict=True)]


def _said(figures: Fairness) -> list[tuple[str, str]]:
    return [
        (gettext("Cells"), str(figures.cells)),
        (gettext("Cells within the limits"), str(figures.within)),
        (gettext("Households in all"), str(figures.households)),
        (gettext("Smallest cell, households"), str(figures.smallest)),
        (gettext("Median, households"), f"{figures.median:g}"),
        (gettext("Largest cell, households"), str(figures.largest)),
        (gettext("Standard deviation, households"), f"{figures.deviation:.1f}"),
        (gettext("Largest to smallest"), f"{figures.ratio:.2f}" if figures.ratio else "–"),
        (gettext("Roundness of the longest cell (a circle has 1)"), f"{figures.least_round:.2f}"),
        (gettext("Roundness, mean"), f"{figures.mean_round:.2f}"),
    ]
