"""The command `linli grid`: check, import, export."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
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
from linli.places.commands.datum import datum_notes
from linli.places.commands.report import show, show_children
from linli.places.models import Grid, Place
from linli.places.policy.datum import Datum
from linli.places.policy.features import Cells, read_cells
from linli.places.policy.precision import DEFAULT_TOLERANCE
from linli.places.policy.report import as_geojson
from linli.places.policy.survey import Survey, kept, survey, within
from linli.places.words import fault_lines
from linli.web.forms import sentence

grid = typer.Typer(help="Grids: check, import, export.", no_args_is_help=True)

FAULTS_FOUND = 1
REFUSED = 2
MOST = 100 * 2**20
"""Bytes of a map that is named on the command line."""

CellFile = Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON, GeoPackage or zipped Shapefile of the cells.")]
BoundaryFile = Annotated[Path | None, typer.Option("--boundary", help="The same of the area to be covered.")]
DatumOption = Annotated[Datum | None, typer.Option("--crs", help="Datum of both files; default: as they say.")]
LayerOption = Annotated[str, typer.Option("--layer", help="Layer of the cells, where FILE holds several.")]
BoundaryLayerOption = Annotated[str, typer.Option("--boundary-layer", help="Layer of the boundary, likewise.")]
ToleranceOption = Annotated[float, typer.Option("--tolerance", help="In metres: a thinner fault is a sliver.")]
ProblemsFile = Annotated[Path | None, typer.Option("--problems", help="Write the faults as GeoJSON (WGS 84).")]
IdOption = Annotated[str | None, typer.Option("--id", help="Property that identifies a cell; # numbers them.")]
PlaceOption = Annotated[str, typer.Option("--place", help="Code of the place that the grid covers.")]
CoverOption = Annotated[str, typer.Option("--place", help="Code of the place: its levels are proven too.")]
SinceOption = Annotated[str, typer.Option("--since", help="First day of the grid, like 2026-03-18; default: today.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why it holds from a day before today.")]
SimplifyOption = Annotated[
    float | None, typer.Option("--simplify", help="Fewer corners; no border moves by more than so many metres.")
]
OnOption = Annotated[str, typer.Option("--on", help="The grid that holds on this day; default: today.")]


@grid.command()
def check(
    file: CellFile,
    boundary: BoundaryFile = None,
    crs: DatumOption = None,
    tolerance: ToleranceOption = DEFAULT_TOLERANCE,
    problems: ProblemsFile = None,
    identify: IdOption = None,
    layer: LayerOption = "",
    boundary_layer: BoundaryLayerOption = "",
    place: CoverOption = "",
) -> None:
    """Prove that the cells in FILE cover the boundary without gap or overlap; exit code 1 if they do not.

    With --place, a map without boundary is proven against the cell above in which the place lies.
    """
    try:
        at, day = _place(place) if place else None, local_date(now())
        proven = prove(
            file,
            boundary,
            datum=crs,
            tolerance=tolerance,
            problems=problems,
            identify=identify,
            layers=(layer, boundary_layer),
            place=at,
            day=day,
        )
    except Refusal as refusal:
        refuse(refusal)
    _show(proven, at, day)


@grid.command("import")
def import_(
    file: CellFile,
    place: PlaceOption,
    boundary: BoundaryFile = None,
    crs: DatumOption = None,
    tolerance: ToleranceOption = DEFAULT_TOLERANCE,
    since: SinceOption = "",
    reason: ReasonOption = "",
    problems: ProblemsFile = None,
    identify: IdOption = None,
    layer: LayerOption = "",
    boundary_layer: BoundaryLayerOption = "",
) -> None:
    """Prove as `check` does, then save the cells as the grid of a place; with a fault nothing is saved."""
    moment = now()
    try:
        at = _place(place)
        day = _day(since, "--since") or local_date(moment)
        proven = prove(
            file,
            boundary,
            datum=crs,
            tolerance=tolerance,
            problems=problems,
            identify=identify,
            layers=(layer, boundary_layer),
            place=at,
            day=day,
        )
        _show(proven, at, day)
        saved = services.import_grid(at, proven, since=day, reason=reason, by=SYSTEM, now=moment, key=uuid.uuid4().hex)
    except Refusal as refusal:
        refuse(refusal)
    values = {"count": proven.report.cells, "place": at.name, "day": day}
    typer.echo(gettext("Saved: %(count)d cells, the grid of %(place)s from %(day)s on.") % values)
    left = len(queries.prove([saved], day)[0].doors.missing)
    if left:
        said = gettext("%(count)d doors are in no cell yet: list them or their buildings (property places).")
        typer.echo(said % {"count": left})


@grid.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON to write.")],
    place: PlaceOption,
    on: OnOption = "",
    simplify: SimplifyOption = None,
) -> None:
    """Write the grid of a place as GeoJSON (RFC 7946, WGS 84), with the places listed at each cell."""
    try:
        at = _place(place)
        day = _day(on, "--on") or local_date(now())
        found = _grid_of(at, day)
        document = queries.open_map(found, day, simplify)
        written(file, document)
    except Refusal as refusal:
        refuse(refusal)
    typer.echo(gettext("%(count)d cells written to %(file)s.") % {"count": len(document["features"]), "file": file})
    if simplify is not None and document["simplified_m"] < simplify:
        said = gettext("Simplified by %(used)g instead of %(asked)g metres, so that every cell and every border stays.")
        typer.echo(said % {"used": document["simplified_m"], "asked": simplify})


def prove(
    file: Path,
    boundary: Path | None,
    *,
    datum: Datum | None,
    tolerance: float,
    problems: Path | None,
    identify: str | None,
    layers: tuple[str, str] = ("", ""),
    place: Place | None = None,
    day: date | None = None,
) -> Survey:
    """Read, prove and write the faults; a map of `place` from `day` on is compared with what is known of its outline.

    Without a boundary of its own it is proven against the cell above in which the place lies.

    Refused: what the policy refuses, files that cannot be read or written, a map whose datum was not told and that
    fits that outline clearly better in another than WGS-84.
    """
    cells = _cells(file, identify, layers[0])
    edge = None if boundary is None else _cells(boundary, "#", layers[1])
    said = datum_notes(datum, cells, queries.fits_of(place, edge or cells) if place else None)
    proven = survey(cells, edge, tolerance=tolerance, datum=datum or Datum.WGS84)
    if place is not None and day is not None:
        proven = within(proven, queries.cell_above(place, day))
    proven = replace(proven, report=replace(proven.report, notes=(*proven.report.notes, *said)))
    if problems is not None:
        mends = [line.mend for line in fault_lines(proven.report.faults)]
        written(problems, as_geojson(proven.report, mends=mends), beside=file)
    return proven


def written(file: Path, document: dict[str, Any], *, beside: Path | None = None) -> None:
    """Write a map; `beside`: the file that it may not replace."""
    disk.write(file, json.dumps(document, ensure_ascii=False).encode(), beside=beside)


def refuse(refusal: Refusal) -> NoReturn:
    """Say what is wrong in one sentence and leave with exit code 2."""
    typer.echo(sentence(refusal), err=True)
    raise typer.Exit(REFUSED) from None


def _show(proven: Survey, place: Place | None = None, day: date | None = None) -> None:
    console = Console()
    show(proven.report, console)
    if place is not None and day is not None:
        show_children(queries.children(place, kept(proven).cells, proven.report.noise, day), console)
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


def _cells(file: Path, identify: str | None, layer: str) -> Cells:
    data = disk.read(file, most=MOST)
    try:
        return read_cells(data, identify=identify, layer=layer)
    except Refusal as refusal:
        raise refusal.at(file=file.name) from None
