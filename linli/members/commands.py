"""Commands about the roster: import with its difference shown first, export."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction
from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from linli.access.decide import SYSTEM
from linli.files.policy.markup import mark_problems
from linli.files.policy.problems import Problem
from linli.files.policy.workbook import MAX_FILE
from linli.lib import disk
from linli.lib.clock import local_date, now
from linli.lib.progress import bar
from linli.lib.words import gettext_noop
from linli.members import services
from linli.members.policy.differences import RosterDifference
from linli.members.policy.export import write_roster
from linli.members.policy.rows import RosterRow
from linli.members.policy.wording import say_field, say_problem, say_value
from linli.members.queries import roster as queries

roster = typer.Typer(help="Rosters of members: import, export.", no_args_is_help=True)

PROBLEMS_FOUND = 1
SHOWN = 20

RosterFile = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The roster.")]
OfBody = Annotated[str, typer.Option("--organisation", metavar="CODE", help="Only this organisation and below.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the difference and save nothing.")]
Others = Annotated[bool, typer.Option("--others", help="New members with a known name and birthday are other people.")]
ProblemsFile = Annotated[Path | None, typer.Option("--problems", help="Write a copy with each problem at its cell.")]

DOUBTFUL = gettext_noop("Nothing was saved: correct the doubtful numbers, or add --others where they are other people.")


@roster.callback()
def _roster() -> None:
    """Rosters of members: import, export."""


@roster.command("import")
def import_(
    file: RosterFile,
    organisation: OfBody = "",
    *,
    dry_run: DryRun = False,
    problems: ProblemsFile = None,
    others: Others = False,
) -> None:
    """Import members and posts, all or nothing, after showing what changes; exit code 1 if there are problems."""
    moment, console = now(), Console()
    scope = queries.scope(organisation, local_date(moment))
    data = disk.read(file, most=MAX_FILE)
    with bar() as told:
        told(0, gettext("Reading and comparing"))
        checked = queries.check(data, file.name, scope=scope, day=local_date(moment))
        told(1, gettext("Reading and comparing"))
    if problems is not None:
        disk.write(problems, _marked(data, checked), beside=file)
    show_problems(checked.findings, console)
    if not checked.read.sound:
        console.print(gettext("Nothing was saved: mend what must be mended and import again."))
        raise typer.Exit(PROBLEMS_FOUND)
    show_difference(checked, console)
    if checked.difference.empty:
        console.print(gettext("Nothing to change."))
    elif dry_run:
        console.print(gettext("Dry run: nothing was saved."))
    elif checked.difference.doubtful and not others:
        console.print(gettext(DOUBTFUL))
        raise typer.Exit(PROBLEMS_FOUND)
    else:
        with bar() as told:
            done = services.import_roster(
                checked.read,
                checked.difference,
                scope=scope,
                others=others,
                by=SYSTEM,
                now=moment,
                key=uuid.uuid4().hex,
                told=lambda share: told(share, gettext("Saving")),
            )
            told(1, gettext("Saving"))
        text = gettext("Saved: %(added)s added, %(changed)s changed, of these %(moved)s moved to another unit.")
        console.print(text % {"added": done.added, "changed": done.changed, "moved": done.moved})


@roster.command()
def export(file: RosterFile, organisation: OfBody = "") -> None:
    """Write the roster of all members, or of an organisation and those below it."""
    moment = now()
    day = local_date(moment)
    scope = queries.scope(organisation, day)
    register = queries.register(scope, day)
    title = gettext("Members of %(organisation)s, %(day)s") if scope else gettext("Members, %(day)s")
    content = write_roster(
        queries.in_tree_order(register),
        title=title % {"organisation": scope.name if scope else "", "day": day},
        organisations=register.unit_names,
        classes=register.classes,
        text=gettext,
    )
    with transaction.atomic():
        services.note_phones_exported(
            scope, count=sum(bool(row.phone) for row in register.rows), by=SYSTEM, now=moment, key=uuid.uuid4().hex
        )
        disk.write(file, content)
    count = len(register.rows)
    text = ngettext("%(count)s member written to %(file)s.", "%(count)s members written to %(file)s.", count)
    typer.echo(text % {"count": count, "file": file})


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.add_typer(roster, name="roster")


def show_problems(problems: Sequence[Problem], console: Console) -> None:
    """Print the first problems and notes, each with its place."""
    for problem in problems[:SHOWN]:
        console.print(escape(f"{problem.place}: {say_problem(problem, gettext)}"), soft_wrap=True)
    if len(problems) > SHOWN:
        text = gettext("… and %(count)s more; --problems OUT.xlsx shows each at its cell.")
        console.print(text % {"count": len(problems) - SHOWN})


def show_difference(checked: queries.Check, console: Console) -> None:
    """Print what a roster would change: the counts, and the first rows of each kind."""
    difference, names = checked.difference, checked.register.names
    counts = Table(show_header=False)
    for words, count in _counts(difference):
        counts.add_row(words, f"{count:,}", style="" if count else "dim")
    console.print(counts)
    lines = [(gettext("new"), row, _facts(row, names)) for row in difference.added[:SHOWN]]
    for each in difference.changed[:SHOWN]:
        facts = [
            f"{say_field(change.field, gettext)}: {say_value(change.field, change.old, names, gettext)}"
            f" → {say_value(change.field, change.new, names, gettext)}"
            for change in each.changes
        ]
        lines.append((gettext("changed"), each.old, "\n".join(facts)))
    lines += [
        (gettext("doubtful"), row, gettext("known as %(number)s") % {"number": known.number})
        for row, known in difference.doubtful[:SHOWN]
    ]
    lines += [(gettext("not in the file"), row, _facts(row, names)) for row in difference.absent[:SHOWN]]
    if lines:
        table = Table()
        for heading in ("", gettext("Member number"), gettext("Full name"), gettext("What")):
            table.add_column(heading)
        for words, row, facts_of in lines:
            table.add_row(words, escape(row.number), escape(row.name), escape(facts_of))
        console.print(table)


def _counts(difference: RosterDifference) -> list[tuple[str, int]]:
    return [
        (gettext("New"), len(difference.added)),
        (gettext("Changed"), len(difference.changed)),
        (gettext("Unchanged"), difference.unchanged),
        (gettext("Doubtful"), len(difference.doubtful)),
        (gettext("Not in the file (stay as they are)"), len(difference.absent)),
    ]


def _facts(row: RosterRow, names: queries.Names) -> str:
    return say_value("organisation", row.organisation, names, gettext)


def _marked(data: bytes, checked: queries.Check) -> bytes:
    return mark_problems(
        data,
        checked.findings,
        lambda problem: say_problem(problem, gettext),
        say=gettext,
        tables=checked.tables,
    )
