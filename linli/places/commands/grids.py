"""The command `linli grid`: check, import, export."""

from __future__ import annotations

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from django.utils.translation import gettext
from rich.console import Console

from linli.access.decide import SYSTEM
from linli.lib import disk
from linli.lib.clock import local_date, now
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places import queries, services
from linli.places.commands.report import show
from linli.places.models import Grid, Place
from linli.places.policy.datum import Datum
from linli.places.policy.features import Cells, read_cells
from linli.places.policy.kept import as_feature_collection
from linli.places.policy.precision import DEFAULT_TOLERANCE
from linli.places.policy.report import as_geojson
from linli.places.policy.survey import Survey, survey
from linli.web.forms import sentence

grid = typer.Typer(help="Grids: check, import, export.", no_args_is_help=True)

FAULTS_FOUND = 1
REFUSED = 2
MOST = 100 * 2**20
"""Bytes of a map that is named on the command line."""

CellFile = Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON of the cells.")]
BoundaryFile = Annotated[Path | None, typer.Option("--boundary", help="GeoJSON of the area to be covered.")]
DatumOption = Annotated[Datum, typer.Option("--crs", help="Datum of both files.")]
ToleranceOption = Annotated[float, typer.Option("--tolerance", help="In metres: a thinner fault is a sliver.")]
ProblemsFile = Annotated[Path | None, typer.Option("--problems", help="Write the faults as GeoJSON (WGS 84).")]
IdOption = Annotated[str | None, typer.Option("--id", help="Property that identifies a cell; # numbers them.")]
PlaceOption = Annotated[str, typer.Option("--place", help="Code of the place that the grid covers.")]
SinceOption = Annotated[str, typer.Option("--since", help="First day of the grid, like 2026-03-18; default: today.")]
OnOption = Annotated[str, typer.Option("--on", help="The grid that holds on this day; default: today.")]


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
        proven = prove(file, boundary, datum=crs, tolerance=tolerance, problems=problems, identify=identify)
    except Refusal as refusal:
        refuse(refusal)
    _show(proven)


@grid.command("import")
def import_(
    file: CellFile,
    place: PlaceOption,
    boundary: BoundaryFile = None,
    crs: DatumOption = Datum.WGS84,
    tolerance: ToleranceOption = DEFAULT_TOLERANCE,
    since: SinceOption = "",
    problems: ProblemsFile = None,
    identify: IdOption = None,
) -> None:
    """Prove as `check` does, then save the cells as the grid of a place; with a fault nothing is saved."""
    moment = now()
    try:
        at = _place(place)
        day = _day(since, "--since") or local_date(moment)
        proven = prove(file, boundary, datum=crs, tolerance=tolerance, problems=problems, identify=identify)
        _show(proven)
        saved = services.import_grid(at, proven, since=day, by=SYSTEM, now=moment, key=uuid.uuid4().hex)
    except Refusal as refusal:
        refuse(refusal)
    values = {"count": proven.report.cells, "place": at.name, "day": day}
    typer.echo(gettext("Saved: %(count)d cells, the grid of %(place)s from %(day)s on.") % values)
    left = len(queries.prove([saved])[0].doors.missing)
    if left:
        said = gettext("%(count)d doors are in no cell yet: list them or their buildings (property places).")
        typer.echo(said % {"count": left})


@grid.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON to write.")],
    place: PlaceOption,
    on: OnOption = "",
) -> None:
    """Write the grid of a place as GeoJSON (RFC 7946, WGS 84), with the places listed at each cell."""
    try:
        at = _place(place)
        day = _day(on, "--on") or local_date(now())
        found = _grid_of(at, day)
        rows = [(cell.code, cell.name, cell.geometry, cell.area_m2, cell.place_codes) for cell in queries.cells(found)]
        until = found.valid_to.isoformat() if found.valid_to else None
        also = {"grid": at.code, "valid_from": found.valid_from.isoformat(), "valid_to": until}
        written(file, as_feature_collection(rows, also))
    except Refusal as refusal:
        refuse(refusal)
    typer.echo(gettext("%(count)d cells written to %(file)s.") % {"count": len(rows), "file": file})


def prove(
    file: Path,
    boundary: Path | None,
    *,
    datum: Datum,
    tolerance: float,
    problems: Path | None,
    identify: str | None,
) -> Survey:
    """Read, prove and write the faults. Refused: what the policy refuses, files that cannot be read or written."""
    cells = _cells(file, identify)
    proven = survey(cells, None if boundary is None else _cells(boundary, "#"), tolerance=tolerance, datum=datum)
    if problems is not None:
        mends = [line.mend for line in queries.fault_lines(proven.report.faults)]
        written(problems, as_geojson(proven.report, mends=mends), beside=file)
    return proven


def written(file: Path, document: dict[str, Any], *, beside: Path | None = None) -> None:
    """Write a map; `beside`: the file that it may not replace."""
    disk.write(file, json.dumps(document, ensure_ascii=False).encode(), beside=beside)


def refuse(refusal: Refusal) -> NoReturn:
    """Say what is wrong in one sentence and leave with exit code 2."""
    typer.echo(sentence(refusal), err=True)
    raise typer.Exit(REFUSED) from None


def _show(proven: Survey) -> None:
    show(proven.report, Console())
    if not proven.report.is_sound:
        raise typer.Exit(FAULTS_FOUND)


def _place(code: str) -> Place:
    found = queries.by_code(code)
    if found is None:
        raise Refusal("grid.place", gettext_noop("There is no place %(code)s: look its code up."), code=code)
    return found


def _grid_of(place: Place, day: date) -> Grid:
    found = queries.grid(place, day)
    if found is None:
        raise Refusal(
            "grid.none", gettext_noop("%(place)s has no grid on %(day)s: import one first."), place=place.name, day=day
        )
    return found


def _day(text: str, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(
            "grid.day",
            gettext_noop("%(option)s %(text)s is no day: write it like 2026-03-18."),
            option=option,
            text=text,
        ) from None


def _cells(file: Path, identify: str | None) -> Cells:
    data = disk.read(file, most=MOST)
    try:
        return read_cells(data, identify=identify)
    except Refusal as refusal:
        raise refusal.at(file=file.name) from None
