"""The result of a proof on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from linli.places.policy.report import KIND_NAMES, CoverReport, Fault
from linli.places.queries import Child
from linli.places.words import child_lines, fault_lines, notes

_SHOWN = 20


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
    for note in notes(report):
        console.print(escape(note))
    count = len(report.faults)
    console.print(
        ngettext("%(count)d fault.", "%(count)d faults.", count) % {"count": count} if count else gettext("No faults.")
    )


def show_children(found: Sequence[Child], console: Console) -> None:
    """Print which of the grids below no longer fit a new map, with their largest fault; nothing where all do."""
    for line in child_lines(found):
        console.print(escape(line))


def _table(faults: tuple[Fault, ...]) -> Table:
    table = Table()
    for title in (gettext("Fault"), gettext("Area, m²"), gettext("Place"), gettext("Mend")):
        table.add_column(title)
    for line in fault_lines(faults):
        at = f"{line.lon:.6f}, {line.lat:.6f}"
        table.add_row(line.kind_name, f"{line.area:,.2f}", at, escape(line.mend))
    return table
