"""Commands that give the tree, the members by number, the posts and the votes to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext

from linli.lib import disk
from linli.lib.clock import local_date, now
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.policy.popolo import COLUMNS, as_csv, as_json
from linli.members.queries import popolo, roster

members = typer.Typer(help="Members for other programs: Popolo JSON, CSV.", no_args_is_help=True)

ExportFile = Annotated[Path, typer.Argument(metavar="FILE", help="Where to write.")]
OfBody = Annotated[str, typer.Option("--organisation", metavar="CODE", help="Only this organisation and below.")]
OneTable = Annotated[str, typer.Option("--table", help="One table as CSV instead of all as Popolo JSON.")]
NO_TABLE = gettext_noop("There is no table %(table)s. Name one of: %(known)s.")


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.add_typer(members, name="members")


@members.callback()
def _members() -> None:
    """Members for other programs: Popolo JSON, CSV."""


@members.command()
def export(file: ExportFile, organisation: OfBody = "", table: OneTable = "") -> None:
    """Write the tree, the members by number, the posts and the votes as Popolo JSON, or one table of it as CSV."""
    if table and table not in COLUMNS:
        raise Refusal("export.table", NO_TABLE, table=table, known=", ".join(COLUMNS))
    day = local_date(now())
    scope = roster.scope(organisation, day)
    paths = (scope.path if scope else "",)
    found = popolo.document(paths, day, voting=paths)
    disk.write(file, as_csv(found, table) if table else as_json(found))
    text = gettext("%(organisations)s organisations and %(persons)s members written to %(file)s.")
    counts = {"organisations": len(found["organizations"]), "persons": len(found["persons"])}
    typer.echo(text % (counts | {"file": file}))
