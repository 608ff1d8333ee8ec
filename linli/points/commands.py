"""Commands about bulletins and proofs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext

from linli.audit import queries as audit
from linli.lib import disk
from linli.lib.clock import now
from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.lib.words import gettext_noop
from linli.points import printing, queries
from linli.points.models import Bulletin
from linli.points.policy.kinds import BulletinState

OutFile = Annotated[Path | None, typer.Option("--out", help="Write into this file.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(bulletin)
    app.command()(proof)
    app.command("verify-proof")(verify_proof)


def bulletin(
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help="Month of the bulletin.")],
    organisation: Annotated[str, typer.Option("--organisation", help="Code of the branch.")],
    form: Annotated[str, typer.Option("--format", help="html, pdf, docx or xlsx.")] = "pdf",
    out: OutFile = None,
) -> None:
    """Write a month's bulletin of a branch with masked names; only what was published is final."""
    if form not in printing.FORMATS:
        raise Refusal(
            "format",
            gettext_noop("--format %(form)s is not known; choose one of %(forms)s."),
            form=form,
            forms=", ".join(printing.FORMATS),
        )
    found = _bulletin(month, organisation)
    file = out or Path(f"bulletin-{organisation}-{month}.{form}")
    disk.write(file, printing.made(found, form, now=now()))
    state = gettext("published") if found.state == BulletinState.PUBLISHED else gettext("draft, not final")
    typer.echo(f"{file} ({state})")


def proof(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Number of the ledger line.")],
    out: OutFile = None,
) -> None:
    """Write the proof that a ledger line is under a checkpoint; anybody can check it offline."""
    number = entry.removeprefix("#").removeprefix("entry:")
    found = queries.entries().filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None  # noqa: PLR2004 -- what a key column holds
    if found is None:
        raise Refusal(
            "entry-unknown",
            gettext_noop("There is no ledger line %(entry)s; the number stands behind # on the bulletin."),
            entry=entry,
        )
    document = queries.proof_of(found)
    if document is None:
        raise Refusal(
            "entry-open",
            gettext_noop("Line %(entry)s is not sealed yet; that happens when the bulletin of %(month)s is published."),
            entry=entry,
            month=str(Month.of(found.month)),
        )
    file = out or Path(f"linli-proof-{found.pk}.json")
    disk.write(file, audit.proof_file(document))
    typer.echo(str(file))


def verify_proof(file: Annotated[Path, typer.Argument(metavar="FILE", help="A proof file.")]) -> None:
    """Check a proof file; exit code 0 accepted, 1 refused, 2 unreadable."""
    code = audit.check_file(file)
    if code:
        raise typer.Exit(code)


def _bulletin(month: str, code: str) -> Bulletin:
    try:
        when = Month.parse(month)
    except ValueError:
        raise Refusal("month", gettext_noop("%(month)s is not a month; write it like 2026-03."), month=month) from None
    body = queries.branch(code)
    if body is None:
        raise Refusal(
            "organisation",
            gettext_noop("There is no organisation with the code %(code)s; codes stand on the organisation page."),
            code=code,
        )
    found = queries.bulletin_in(body, when)
    if found is None:
        raise Refusal(
            "bulletin-missing",
            gettext_noop("%(body)s has no bulletin for %(month)s; prepare it on the desk first."),
            body=body.name,
            month=month,
        )
    return found
