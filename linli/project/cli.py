"""The command `linli`: our own commands, and Django's for everything else."""

from __future__ import annotations

import contextlib
import gettext
import os
import sys
from importlib import import_module
from pathlib import Path

import typer
from typer.exceptions import TyperException

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

HELP = "Linli 邻里"
HOMES = {
    "demo": "linli.demo.commands",
    "init": "linli.project.setup",
    "serve": "linli.project.running",
    "worker": "linli.project.running",
    "tick": "linli.project.running",
    "verify": "linli.project.running",
    "check": "linli.project.checks",
    "bulletin": "linli.points.commands",
    "proof": "linli.points.commands",
    "verify-proof": "linli.points.commands",
    "grid": "linli.places.commands",
    "places": "linli.places.commands",
    "roster": "linli.members.commands",
    "members": "linli.members.commands_export",
}
"""The module of each command; its `register` adds it."""
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


def build(first: str = "") -> typer.Typer:
    """Return the application with the home of the command `first`, or with all; Django is set up already.

    A command waits for its own imports only: half of the time in which it starts.
    """
    app = typer.Typer(help=HELP, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
    app.callback(help=HELP)(lambda: None)  # a single command stays a word
    for home in dict.fromkeys([HOMES[first]] if first in HOMES else HOMES.values()):
        import_module(home).register(app)
    return app


def main() -> None:
    """Run one command and exit; what cannot be done is one sentence and exit code 2, never a traceback."""
    arguments = sys.argv[1:]
    _configure(arguments)
    if arguments[:1] == [TEST]:
        from linli.project.testing import run_tests

        sys.exit(run_tests(arguments[1:]))
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from linli.web.catalogue import compile_messages

    compile_messages()
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{_before_settings(str(error))}\n")
        sys.exit(WRONG_USE)
    with contextlib.suppress(OSError):  # where the folder cannot be made, the database says so below
        settings.DATA.mkdir(parents=True, exist_ok=True)
    sys.exit(run(arguments))


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code after saying what could not be done."""
    from django.db import DatabaseError, DataError, IntegrityError
    from django.utils.translation import gettext

    from linli.project import usage
    from linli.web.forms import sentence

    try:
        return _called(arguments)
    except Refusal as refusal:
        said = sentence(refusal)
    except TyperException as error:
        said = usage.sentence(error)
    except typer.Abort:
        said = gettext("Stopped.")
    except (DataError, IntegrityError):  # the program's own mistake, not the database's state
        raise
    except DatabaseError as error:
        said = gettext("The database failed (%(error)s): look at LINLI_DATABASE_URL and run linli migrate.")
        said %= {"error": str(error).strip().partition("\n")[0]}
    sys.stderr.write(f"{said}\n")
    return WRONG_USE


def _called(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line, get_commands

    for word in arguments:
        if not word.isascii() and word != word.encode(errors="replace").decode():
            raise Refusal(
                "argument",
                gettext_noop("%(word)s is not text in UTF-8: type it again, or rename the file."),
                word=ascii(word),
            )
    first = arguments[0] if arguments else ""
    if not first or first.startswith("-") or first in HOMES:
        return int(build(first)(arguments, prog_name="linli", standalone_mode=False) or 0)
    if first not in get_commands() and first != "help":
        raise Refusal("command", gettext_noop("There is no command %(name)s; linli --help lists them."), name=first)
    execute_from_command_line(["linli", *arguments])
    return 0
