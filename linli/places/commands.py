"""Commands about grids and places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import shapely
import typer
from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.cover import check_cover
from linli.places.policy.datum import Datum
from linli.places.policy.features import Cells, read_cells
from linli.places.policy.precision import DEFAULT_TOLERANCE
from linli.places.policy.report import KIND_NAMES, CoverReport, Fault, as_geojson

grid = typer.Typer(help="Grids: check, import, export.", no_args_is_help=True)

FAULTS_FOUND = 1
REFUSED = 2
_SHOWN = 20

CellFile = Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON of the cells.")]
BoundaryFile = Annotated[Path | None, typer.Option("--boundary", help="GeoJSON of the area to be covered.")]
DatumOption = Annotated[Datum, typer.Option("--crs", help="Datum of both files.")]
ToleranceOption = Annotated[float, typer.Option("--tolerance", help="In metres: a thinner fault is a sliver.")]
ProblemsFile = Annotated[Path | None, typer.Option("--problems", help="Write the faults as GeoJSON (WGS 84).")]
IdOption = Annotated[str | None, typer.Option("--id", help="Property that identifies a cell; # numbers them.")]


@grid.callback()
def _grid() -> None:
    """Grids: check, import, export."""


@grid.command()
def check(
    file: CellFile,
    boundary: BoundaryFile = None,
    crs: DatumOption = Datum.WGS84,
    tolerance: ToleranceOption = DEFAULT_TOLERANCE,
    problems: ProblemsFile = None,
    identify: IdOption = None,
) -> None:
    """Prove that the cells in FILE cover the boundary without gap or overlap; exit code 1 if they do not."""
    try:
        report = prove(file, boundary, datum=crs, tolerance=tolerance, problems=problems, identify=identify)[1]
    except Refusal as refusal:
        typer.echo(sentence(refusal), err=True)
        raise typer.Exit(REFUSED) from None
    show(report, Console())
    if not report.is_sound:
        raise typer.Exit(FAULTS_FOUND)


def prove(
    file: Path,
    boundary: Path | None,
    *,
    datum: Datum,
    tolerance: float,
    problems: Path | None,
    identify: str | None,
) -> tuple[Cells, CoverReport]:
    """Read, prove and write the faults; return the cells as read and the report. Refused: what the policy refuses."""
    cells = read_cells(_content(file), identify=identify)
    parent = None if boundary is None else _read_boundary(boundary)
    report = check_cover(cells, parent, tolerance=tolerance, datum=datum)
    if problems is not None:
        document = as_geojson(report, mends=[mend_text(fault) for fault in report.faults])
        try:
            problems.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        except OSError as fault:
            raise Refusal(
                "grid.unwritable",
                gettext_noop("%(file)s cannot be written: %(why)s."),
                file=problems,
                why=fault.strerror,
            ) from None
    return cells, report


def show(report: CoverReport, console: Console) -> None:
    """Print the figures, the faults by kind, the largest faults and the notes."""
    figures = Table(show_header=False)
    figures.add_row(gettext("Cells"), f"{report.cells:,}")
    figures.add_row(gettext("Area"), f"{report.area:,.0f} m²")
    figures.add_row(gettext("Tolerance"), f"{report.tolerance:g} m")
    for kind, count in report.counts().items():
        area = sum(fault.area for fault in report.faults if fault.kind is kind)
        figures.add_row(gettext(KIND_NAMES[kind]), f"{count:,} ({area:,.2f} m²)")
    console.print(figures)
    if report.faults:
        console.print(_table(report.faults[:_SHOWN]))
    if len(report.faults) > _SHOWN:
        left = len(report.faults) - _SHOWN
        more = ngettext(
            "… and %(count)d more fault; --problems writes all.",
            "… and %(count)d more faults; --problems writes all.",
            left,
        )
        console.print(more % {"count": left})
    for note in report.notes:
        console.print(escape(gettext(note.message) % note.values))
    count = len(report.faults)
    console.print(
        ngettext("%(count)d fault.", "%(count)d faults.", count) % {"count": count} if count else gettext("No faults.")
    )


def mend_text(fault: Fault) -> str:
    """Return the suggested mend in the reader's language."""
    words = {key: gettext(str(value)) if key == "reason" else value for key, value in fault.words.items()}
    return gettext(fault.mend) % words


def sentence(refusal: Refusal) -> str:
    """Return what a refusal says, in the reader's language."""
    words = {key: gettext(str(value)) if key in {"what", "reason"} else value for key, value in refusal.values.items()}
    return gettext(refusal.message) % words


def _table(faults: tuple[Fault, ...]) -> Table:
    table = Table()
    for title in (gettext("Fault"), gettext("Area, m²"), gettext("Place"), gettext("Mend")):
        table.add_column(title)
    for fault in faults:
        lon, lat = shapely.get_coordinates(shapely.point_on_surface(fault.shape))[0]
        at = f"{lon:.6f}, {lat:.6f}"
        table.add_row(gettext(KIND_NAMES[fault.kind]), f"{fault.area:,.2f}", at, escape(mend_text(fault)))
    return table


def _read_boundary(file: Path) -> Cells:
    try:
        return read_cells(_content(file), identify="#")
    except Refusal as refusal:
        message = gettext("Boundary file %(file)s: %(why)s") % {"file": file.name, "why": sentence(refusal)}
        raise Refusal(refusal.code, "%(said)s", said=message) from None


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Refusal(
            "grid.unreadable", gettext_noop("%(file)s cannot be read: %(why)s."), file=file, why=fault.strerror
        ) from None
