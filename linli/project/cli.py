"""The command `linli`: our own commands, and Django's for everything else."""

from __future__ import annotations

import os
import sys

import typer

from linli.lib.errors import Refusal

TEST = "test"


def _configure(arguments: list[str]) -> None:
    """Set the environment before Django reads it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.project.settings")
    first = arguments[0] if arguments else ""
    if first == "demo":
        os.environ["LINLI_DEMO"] = "1"
        folder = _option(arguments, "--data")
        if folder:
            os.environ["LINLI_DATA"] = folder
    if first in {"serve", "worker", "check"}:
        os.environ.setdefault("LINLI_NEEDS_SECRET", "1")


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
    from linli.places import commands as places
    from linli.project import running

    app = typer.Typer(help="Linli 邻里", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
    app.add_typer(places.grid, name="grid")
    running.register(app)
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

    from linli.web.catalogue import compile_messages

    compile_messages()
    django.setup()
    app = build()
    known = typer.main.get_command(app).list_commands(None)  # type: ignore[attr-defined]
    if arguments and not arguments[0].startswith("-") and arguments[0] not in known:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["linli", *arguments])
        return
    try:
        app(prog_name="linli")
    except Refusal as refusal:
        from linli.web.forms import sentence

        typer.echo(sentence(refusal), err=True)
        sys.exit(2)
