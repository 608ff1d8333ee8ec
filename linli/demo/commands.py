"""`linli demo`: the demonstration subdistrict, made once, then served."""

from __future__ import annotations

import os
import socket
import sys
import time
from typing import Annotated

import typer
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from rich.console import Console
from rich.table import Table

from linli.demo.policy.days import parse_day
from linli.demo.policy.logins import LOGINS, PASSWORD, code_at
from linli.demo.policy.tree import SUBDISTRICT
from linli.demo.services import house
from linli.demo.services.house import Wish
from linli.lib.clock import local_date, now
from linli.lib.errors import Refusal
from linli.lib.progress import bar
from linli.lib.words import gettext_noop

LAST_PORT, MOST_TREES, WIDTH = 65535, 99, 140


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(demo)


def demo(
    data: Annotated[str, typer.Option(help="Data folder; default: LINLI_DATA, or ./data.")] = "",  # noqa: ARG001 -- read before Django starts
    host: Annotated[str, typer.Option(help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Print the accounts, no more.")] = False,  # noqa: FBT002 -- typer
    subdistricts: Annotated[int | None, typer.Option(help="Number of such subdistricts; default: 1.")] = None,
    password: Annotated[str, typer.Option(help="Password of all accounts.", envvar="LINLI_DEMO_PASSWORD")] = "",
    as_of: Annotated[str, typer.Option(help="Day at which the figures hold; default: today.")] = "",
) -> None:
    """Make the demonstration subdistrict where there is none yet, print its accounts, and serve it."""
    wish = Wish(parse_day(as_of) if as_of else None, _count(subdistricts), _password(password))
    house.usable_folder()
    if not no_serve:
        _free(host, port)
    found = house.existing(wish)
    if found is None:
        _make(wish)
    _print_accounts(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    if no_serve:
        return
    sys.stdout.flush()
    command = [sys.executable, "-m", "linli", "serve", "--host", host, "--port", str(port)]
    os.execv(command[0], command)  # noqa: S606 -- our own program, a list of words, no shell


def _count(subdistricts: int | None) -> int | None:
    if subdistricts is not None and not 1 <= subdistricts <= MOST_TREES:
        raise Refusal(
            "demo-subdistricts",
            gettext_noop("--subdistricts %(count)s cannot be made; give a number from 1 to %(most)s."),
            count=subdistricts,
            most=MOST_TREES,
        )
    return subdistricts


def _password(password: str) -> str | None:
    if not password:
        return None
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refusal(
            "demo-password",
            gettext_noop("--password is not good enough: %(why)s Choose another."),
            why=" ".join(error.messages),
        ) from None
    return password


def _free(host: str, port: int) -> None:
    """Refuse an address that cannot be served on, before the data is made."""
    why = "" if 0 < port <= LAST_PORT else gettext("there is no such port")
    if not why:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            why = str(error.strerror)
    if why:
        raise Refusal(
            "demo-port",
            gettext_noop("%(host)s port %(port)s cannot be used (%(why)s); name another with --host or --port."),
            host=host,
            port=port,
            why=why,
        )


def _make(wish: Wish) -> None:
    """Load with a progress bar on the error stream."""
    began = time.monotonic()
    with bar() as told:
        for share, words in house.make(wish, local_date(now()), wish.password or PASSWORD):
            told(share, gettext(words))
    typer.echo(gettext("Made in %(seconds).1f s.") % {"seconds": time.monotonic() - began})


def _print_accounts(address: str) -> None:
    kept, moment = house.note(), int(now().timestamp())
    console = Console(width=WIDTH, highlight=False)
    console.print(f"{SUBDISTRICT[1]}  {address}", style="bold")
    console.print(gettext("Password of all accounts: %(password)s") % {"password": kept.password or "?"})
    table = Table("", gettext("User name"), gettext("Second factor: secret"), gettext("code now"), box=None)
    for login in LOGINS:
        digits = code_at(login.secret, moment) if login.staff else ""
        table.add_row(gettext(login.role.label), login.name, login.secret if login.staff else "", digits)
    console.print(table)
    for shows, receipt in kept.receipts.items():
        console.print(f"{gettext(shows)}: {receipt}")
    console.print(gettext("New codes at any time: linli demo --no-serve"))
