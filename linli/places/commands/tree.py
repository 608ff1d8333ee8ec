"""The command `linli places`: import of the tree from a workbook."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext
from rich.console import Console
from rich.markup import escape

from linli.access.decide import SYSTEM
from linli.files.policy.markup import mark_problems
from linli.files.policy.problems import Problem
from linli.files.policy.workbook import MAX_FILE
from linli.lib import disk
from linli.lib.clock import local_date, now
from linli.lib.words import Labelled
from linli.places import queries, services
from linli.places.policy.placelist import read_places
from linli.places.policy.placeplan import codes_of, plan_places

places = typer.Typer(help="Places: import.", no_args_is_help=True)

PROBLEMS_FOUND = 1
SHOWN = 20

ListFile = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="Rows of 类别, 编码, 名称, 上级编码.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change and save nothing.")]
ProblemsFile = Annotated[Path | None, typer.Option("--problems", help="Write a copy with each problem at its cell.")]


@places.callback()
def _places() -> None:
    """Places: import."""


@places.command("import")
def import_(file: ListFile, *, dry_run: DryRun = False, problems: ProblemsFile = None) -> None:
    """Import places, all or nothing: new ones are added, changed names are taken over; exit code 1 with problems."""
    moment, console = now(), Console()
    data = disk.read(file, most=MAX_FILE)
    listing = read_places(data, file.name)
    plan = plan_places(listing, queries.known(codes_of(listing), local_date(moment)))
    found = [*listing.problems, *plan.problems]
    if problems is not None:
        disk.write(problems, mark_problems(data, found, _say, say=gettext, tables=listing.tables), beside=file)
    if found:
        _show(found, console)
        console.print(gettext("Nothing was saved: mend what must be mended and import again."))
        raise typer.Exit(PROBLEMS_FOUND)
    counts = {"added": len(plan.added), "renamed": len(plan.renamed), "unchanged": plan.unchanged}
    console.print(gettext("%(added)d new places, %(renamed)d with a new name, %(unchanged)d unchanged.") % counts)
    if dry_run:
        console.print(gettext("Dry run: nothing was saved."))
    elif plan.added or plan.renamed:
        services.import_places(listing, by=SYSTEM, now=moment, key=uuid.uuid4().hex)
        console.print(gettext("Saved."))


def _say(problem: Problem) -> str:
    words = {name: gettext(v.label) if isinstance(v, Labelled) else v for name, v in problem.values.items()}
    return gettext(problem.message) % words if words else gettext(problem.message)


def _show(found: Sequence[Problem], console: Console) -> None:
    for problem in found[:SHOWN]:
        console.print(escape(f"{problem.place}: {_say(problem)}"), soft_wrap=True)
    if len(found) > SHOWN:
        text = gettext("… and %(count)d more; --problems OUT.xlsx shows each at its cell.")
        console.print(text % {"count": len(found) - SHOWN})
