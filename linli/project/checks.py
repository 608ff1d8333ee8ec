"""`linli check`: is this installation ready to serve? Plain sentences, exit code 0 or 1."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from linli.accounts import queries as accounts
from linli.grid.queries import phones
from linli.members import queries as members

SECRET_LENGTH = 50
SAID_ALREADY = frozenset({"security.W009", "security.W020"})
"""Checks of Django about the secret and the host names: said above in our words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    fine: bool
    words: str

    @classmethod
    def good(cls, words: str) -> Finding:
        """Return a finding of something that is as it should be."""
        return cls(fine=True, words=words)

    @classmethod
    def bad(cls, words: str) -> Finding:
        """Return a finding of something to mend."""
        return cls(fine=False, words=words)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(check)


def check() -> None:
    """Check settings, database, migrations, folders and libraries; exit code 1 when something is missing."""
    found = list(findings())
    for finding in found:
        typer.echo(f"{'✓' if finding.fine else '✗'} {finding.words}")
    wrong = sum(not finding.fine for finding in found)
    if wrong:
        typer.echo(_("%(count)d to mend.") % {"count": wrong})
        raise typer.Exit(1)
    typer.echo(_("Ready."))


def findings() -> Iterator[Finding]:
    """Look at everything, one finding each."""
    yield from _settings()
    for folder in (settings.DATA, Path(settings.MEDIA_ROOT)):
        yield _folder(folder)
    yield from _database()
    yield from _paper()


def _settings() -> Iterator[Finding]:
    if not settings.HTTPS:
        yield Finding.good(_("Demonstration or debug mode: not for the public."))
        return
    secret = os.environ.get("LINLI_SECRET_KEY", "")
    if len(secret) < SECRET_LENGTH:
        yield Finding.bad(_("LINLI_SECRET_KEY is missing or short: set it to 50 or more random characters."))
    else:
        yield Finding.good(_("A secret is set."))
    if settings.ALLOWED_HOSTS:
        yield Finding.good(_("Host names are set."))
    else:
        yield Finding.bad(_("LINLI_ALLOWED_HOSTS is empty: set it to the host names of this site."))


def _database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
        plan = MigrationExecutor(connection)
        pending = plan.migration_plan(plan.loader.graph.leaf_nodes())
    except (DatabaseError, ImproperlyConfigured) as error:
        yield Finding.bad(_("The database does not answer (%(error)s): look at LINLI_DATABASE_URL.") % {"error": error})
        return
    yield Finding.good(_("The database answers."))
    for message in checks.run_checks(include_deployment_checks=settings.HTTPS):
        if message.level >= checks.WARNING and message.id not in SAID_ALREADY:
            yield Finding.bad(f"{message.id}: {message.msg}")
    if pending:
        yield Finding.bad(_("%(count)d migrations are pending: run linli migrate.") % {"count": len(pending)})
        return
    yield Finding.good(_("No migration is pending."))
    unreadable = accounts.unreadable_factors()
    if unreadable:
        yield Finding.bad(
            _(
                "%(count)d second factors cannot be read with this LINLI_SECRET_KEY: put the secret of before into "
                "LINLI_SECRET_KEY_FALLBACKS, or print new slips that remove the second factor."
            )
            % {"count": unreadable}
        )
    lost = members.unreadable_phones() + phones.unreadable()
    if lost:
        yield Finding.bad(
            _(
                "%(count)d telephone numbers cannot be read with this LINLI_SECRET_KEY: put the secret of before into "
                "LINLI_SECRET_KEY_FALLBACKS."
            )
            % {"count": lost}
        )


def _folder(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return Finding.bad(
            _("%(folder)s cannot be written: give the user of this process the right.") % {"folder": folder}
        )
    return Finding.good(_("%(folder)s can be written.") % {"folder": folder})


def _paper() -> Iterator[Finding]:
    try:
        import weasyprint

        weasyprint.HTML(string="<p>通报</p>").write_pdf()
    except OSError:
        yield Finding.bad(_("No PDF: Pango is missing (Debian package libpangoft2-1.0-0)."))
        return
    yield Finding.good(_("PDF can be made."))
    program = shutil.which("fc-list")
    if program is None:
        return
    fonts = subprocess.run([program, ":lang=zh"], capture_output=True, check=False).stdout  # noqa: S603 -- fixed words
    if fonts.strip():
        yield Finding.good(_("A Chinese font is installed."))
    else:
        yield Finding.bad(_("No Chinese font: install one (Debian package fonts-noto-cjk)."))
