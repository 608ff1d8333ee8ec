"""The command `linli grid divide`: cells of about as many households, from a file of buildings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from linli.lib import disk
from linli.lib.errors import Refusal
from linli.places.commands import grids
from linli.places.commands.report import show
from linli.places.policy import planning
from linli.places.policy.bricks import bricks, check_limits, households_of, listing_themselves
from linli.places.policy.datum import Datum
from linli.places.policy.fairness import Fairness
from linli.places.policy.features import Cells, read_cells
from linli.places.policy.saving import check_prefix
from linli.places.policy.survey import moved, survey
from linli.places.words import figure_rows
from linli.rules.policy.defaults import DEFAULTS

LEAST, MOST = (DEFAULTS[code].value for code in ("grid.cell_least", "grid.cell_most"))

BuildingFile = Annotated[Path, typer.Argument(metavar="BUILDINGS", help="Outlines of buildings, with households.")]
OutFile = Annotated[Path, typer.Argument(metavar="OUT", help="GeoJSON to write (WGS 84): the proposed cells.")]
PresentFile = Annotated[Path | None, typer.Option("--present", help="The cells that hold now, to compare with.")]
HouseholdsOption = Annotated[str, typer.Option("--households", help="Property that counts households.")]
LeastOption = Annotated[int, typer.Option("--least", help="Households of a cell, at least.")]
MostOption = Annotated[int, typer.Option("--most", help="Households of a cell, at most.")]
PrefixOption = Annotated[str, typer.Option("--prefix", help="What the codes of the cells begin with.")]


def divide(
    file: BuildingFile,
    out: OutFile,
    boundary: grids.BoundaryFile = None,
    present: PresentFile = None,
    households: HouseholdsOption = "",
    least: LeastOption = LEAST,
    most: MostOption = MOST,
    prefix: PrefixOption = "W",
    crs: grids.DatumOption = None,
    identify: grids.IdOption = None,
    layer: grids.LayerOption = "",
    boundary_layer: grids.BoundaryLayerOption = "",
) -> None:
    """Propose cells of `least` to `most` households along the lines between buildings; nothing is saved as a grid.

    Each cell is of one piece. Without a boundary the land around the buildings is divided.
    """
    datum = crs or Datum.WGS84
    try:
        check_limits(least, most)
        check_prefix(prefix)
        buildings = _read(file, datum, identify=identify, layer=layer, households=households)
        edge = None if boundary is None else _read(boundary, datum, identify="#", layer=boundary_layer)
        given = bricks(listing_themselves(buildings), households_of(buildings), edge)
        before = None if present is None else _read(present, datum)
        made = planning.plan(given, least=least, most=most, prefix=prefix)
        report = survey(made.cells, made.boundary).report
        held = None if before is None else planning.present(given, before, least=least, most=most)
        grids.written(out, planning.as_document(made.cells), beside=file)
    except Refusal as refusal:
        grids.refuse(refusal)
    console = Console()
    _show(console, made.figures, held)
    show(report, console)
    if made.large:
        said = gettext("%(codes)s alone have more households than a cell may: they cannot be divided.")
        console.print(escape(said % {"codes": "、".join(made.large)}))
    typer.echo(gettext("%(count)d cells written to %(file)s.") % {"count": len(made.cells.ids), "file": out})
    if not report.is_sound:
        raise typer.Exit(grids.FAULTS_FOUND)


def _read(file: Path, datum: Datum, *, identify: str | None = None, layer: str = "", households: str = "") -> Cells:
    data = disk.read(file, most=grids.MOST)
    try:
        return moved(read_cells(data, identify=identify, layer=layer, households=households), datum)
    except Refusal as refusal:
        raise refusal.at(file=file.name) from None


def _show(console: Console, after: Fairness, before: Fairness | None) -> None:
    table = Table(title=gettext("Figures of the division"))
    for title in (gettext("Figure"), *([gettext("Now")] if before else []), gettext("Proposed")):
        table.add_column(title)
    for row in figure_rows(before, after):
        table.add_row(row.words, *([row.before] if before else []), row.after)
    console.print(table)
