"""The command `linli`: our own commands, and Django's for everything else."""

from __future__ import annotations

import contextlib
import gettext
import os
import sys
from pathlib import Path

import typer
from typer.exceptions import TyperException

from linli.lib.errors import Refusal

TEST = "test"
WRONG_USE = 2


def _configure(arguments: list[str]) -> None:
    """Set the environment before Django reads it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.project.settings")
    first = arguments[0] if arguments else ""
    if first == "demo":
        os.environ["LINLI_DEMO"] = "1"
        folder = _option(arguments, "--data")
        if folder:
            os.environ["LINLI_DATA"] = folder
    if first in {"serve", "worker", "init"}:
        os.environ.setdefault("LINLI_NEEDS_SECRET", "1")


def _before_settings(message: str) -> str:
    """Return what the settings refused in simplified Chinese: Django cannot translate before it has settings."""
    folder = Path(__file__).parent / "locale"
    return gettext.translation("django", folder, ["zh_Hans"], fallback=True).gettext(message)


def _option(arguments: list[str], name: str) -> str:
    """Return the value of an option in either form, `--name value` or `--name=value`; the last one counts."""
    found = ""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == name:
            found = following
        elif word.startswith(f"{name}="):
            found = word.removeprefix(f"{name}=")
    return found


def build() -> typer.Typer:
    """Return the application with the commands of all apps; Django is set up already."""
    from linli.demo import commands as demo
    from linli.members import commands as members
    from linli.places import commands as places
    from linli.points import commands as points
    from linli.project import checks, running, setup

    app = typer.Typer(help="Linli 邻里", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
    app.add_typer(places.grid, name="grid")
    app.add_typer(places.places, name="places")
    points.register(app)
    app.add_typer(members.roster, name="roster")
    running.register(app)
    app.command()(setup.init)
    app.command()(checks.check)
    demo.register(app)
    return app


def main() -> None:
    """Run one command; refusals are one sentence and exit code 2, never a traceback."""
    arguments = sys.argv[1:]
    _configure(arguments)
    if arguments[:1] == [TEST]:
        from linli.project.testing import run_tests

        sys.exit(run_tests(arguments[1:]))
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError
    from django.utils.translation import gettext as _

    from linli.web.catalogue import compile_messages

    compile_messages()
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{_before_settings(str(error))}\n")
        sys.exit(WRONG_USE)
    with contextlib.suppress(OSError):  # where the folder cannot be made, the database says so below
        settings.DATA.mkdir(parents=True, exist_ok=True)
    try:
        _run(arguments)
    except OperationalError as error:
        sys.stderr.write(
            _("The database failed (%(error)s): look at LINLI_DATABASE_URL and run linli migrate.") % {"error": error}
            + "\n"
        )
        sys.exit(WRONG_USE)


def _run(arguments: list[str]) -> None:
    app = build()
    known = typer.main.get_command(app).list_commands(None)  # type: ignore[attr-defined]
    if arguments and not arguments[0].startswith("-") and arguments[0] not in known:
        from django.core.management import execute_from_command_line, get_commands
        from django.utils.translation import gettext as _

        if arguments[0] not in get_commands() and arguments[0] != "help":
            sys.stderr.write(
                _("There is no command %(name)s; linli --help lists them.") % {"name": arguments[0]} + "\n"
            )
            sys.exit(WRONG_USE)
        execute_from_command_line(["linli", *arguments])
        return
    try:
        sys.exit(app(prog_name="linli", standalone_mode=False))
    except Refusal as refusal:
        from linli.web.forms import sentence

        typer.echo(sentence(refusal), err=True)
    except TyperException as error:
        from linli.project import usage

        typer.echo(usage.sentence(error), err=True)
    except typer.Abort:
        from django.utils.translation import gettext as _

        typer.echo(_("Stopped."), err=True)
    sys.exit(WRONG_USE)
