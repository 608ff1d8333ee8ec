"""The command `linli grid repair`: a mended copy of a map, shown before it is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.table import Table

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.commands import grids
from linli.places.commands.report import show
from linli.places.policy import repair as mending
from linli.places.policy.kept import as_map
from linli.places.policy.precision import DEFAULT_TOLERANCE
from linli.places.words import change_lines

OutFile = Annotated[Path | None, typer.Option("--out", help="The mended map; default: FILE with -mended.")]
MostOption = Annotated[float | None, typer.Option("--most", help="Leave gaps of more square metres: draw a cell.")]
_SHOWN = 30


def repair(
    file: grids.CellFile,
    boundary: grids.BoundaryFile = None,
    crs: grids.DatumOption = None,
    tolerance: grids.ToleranceOption = DEFAULT_TOLERANCE,
    identify: grids.IdOption = None,
    layer: grids.LayerOption = "",
    boundary_layer: grids.BoundaryLayerOption = "",
    out: OutFile = None,
    most: MostOption = None,
    *,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would change; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Mend the faults of the map in FILE on a copy (WGS 84), show what changes, and write it when you agree.

    Exit code 1 if faults are left, or nothing was written because you did not agree.
    """
    try:
        found = grids.prove(
            file,
            boundary,
            datum=crs,
            tolerance=tolerance,
            problems=None,
            identify=identify,
            layers=(layer, boundary_layer),
        )
        target = out or file.with_name(f"{file.stem}-mended.geojson")
        done = mending.repair(found, most=most)
        _show(done)
        if done.changes and not preview:
            if not yes and not _agreed(target):
                raise typer.Exit(grids.FAULTS_FOUND)
            grids.written(target, as_map(done.survey.cells), beside=file)
            typer.echo(gettext("The mended map is in %(file)s.") % {"file": target})
    except Refusal as refusal:
        grids.refuse(refusal)
    if not done.survey.report.is_sound:
        raise typer.Exit(grids.FAULTS_FOUND)


def _agreed(target: Path) -> bool:
    if not sys.stdin.isatty():
        raise Refusal("grid.unasked", gettext_noop("Nothing is written unasked: look at --preview, then give --yes."))
    return typer.confirm(gettext("Write this to %(file)s?") % {"file": target})


def _show(done: mending.Repair) -> None:
    console = Console()
    if done.changes:
        table = Table(title=gettext("What changes"))
        for title in (gettext("Fault"), gettext("Area, m²"), gettext("Place"), gettext("What is done")):
            table.add_column(title)
        for line in change_lines(done.changes[:_SHOWN]):
            table.add_row(line.kind_name, f"{line.area:,.2f}", f"{line.lon:.6f}, {line.lat:.6f}", line.done)
        console.print(table)
        cells = Table(title=gettext("Cells, before and after"))
        for title in (gettext("Grid cell"), gettext("Before, m²"), gettext("After, m²"), gettext("Difference, m²")):
            cells.add_column(title)
        for one in done.differences[:_SHOWN]:
            cells.add_row(one.cell, f"{one.before:,.0f}", f"{one.after:,.0f}", f"{one.after - one.before:+,.1f}")
        console.print(cells)
        left = len(done.changes) - _SHOWN
        if left > 0:
            console.print(ngettext("… and %(count)d more.", "… and %(count)d more.", left) % {"count": left})
    show(done.survey.report, console)
