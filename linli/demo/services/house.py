"""The data folder of a demonstration: loaded whole or not at all, kept on the next run."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from linli.demo import queries
from linli.demo.queries import Loaded
from linli.demo.services.loading import load
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

NOTE = "demo.json"
FAST = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
"""For a file that is thrown away when its load is interrupted."""


@dataclass(slots=True)
class Note:
    """What the demonstration prints and the database must not know: kept beside it, readable by its owner only."""

    password: str = ""
    receipts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for; None where nothing was said."""

    as_of: date | None
    subdistricts: int | None
    password: str | None


def usable_folder() -> None:
    """Make the data folder. Refused: one that cannot be made or written to."""
    probe = settings.DATA / f".probe-{os.getpid()}"
    try:
        settings.DATA.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Refusal(
            "demo-folder",
            gettext_noop("The data folder %(folder)s cannot be written to (%(why)s); name another with --data."),
            folder=str(settings.DATA),
            why=error.strerror,
        ) from None


def existing(wish: Wish) -> Loaded | None:
    """Return the demonstration that is there, brought up to date; None where there is none yet.

    Refused: other data, or a wish that differs from how the demonstration was made.
    """
    file = _file()
    if file is not None and not file.exists():
        return None
    found = queries.loaded()
    if found is None:
        return None
    differs = [
        option
        for option, asked, made in (
            ("--as-of", wish.as_of, found.as_of),
            ("--subdistricts", wish.subdistricts, found.subdistricts),
            ("--password", wish.password, note().password or wish.password),
        )
        if asked is not None and asked != made
    ]
    if differs:
        raise Refusal(
            "demo-differs",
            gettext_noop(
                "The demonstration in %(folder)s was made with another %(options)s; leave that out, or name an "
                "empty folder with --data."
            ),
            folder=str(settings.DATA),
            options=", ".join(differs),
        )
    call_command("migrate", verbosity=0)
    return found


def make(wish: Wish, today: date, password: str) -> Iterator[tuple[float, str]]:
    """Make the demonstration; yield (share done, words). Interrupted, it leaves nothing behind that counts."""
    written = Note(password)
    yield 0.0, gettext_noop("Database")
    with _new_database():
        yield from load(
            wish.as_of or today,
            subdistricts=wish.subdistricts or 1,
            password=password,
            receipts=written.receipts,
        )
        _keep(written)


def note() -> Note:
    """Return what was noted when the demonstration was made; empty where the note is lost."""
    try:
        kept = json.loads((settings.DATA / NOTE).read_text())
        return Note(str(kept["password"]), dict(kept["receipts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Note()


def _keep(written: Note) -> None:
    fresh = settings.DATA / f"{NOTE}.{os.getpid()}"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(written), file, ensure_ascii=False, indent=1)
    fresh.replace(settings.DATA / NOTE)


def _file() -> Path | None:
    """Return the file of the database; None on an engine that has none."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


@contextmanager
def _new_database() -> Iterator[None]:
    """Migrate and fill a database so that it is there whole or not at all.

    SQLite: a file of its own, renamed at the end; one left by an interrupted run is removed.
    PostgreSQL: one transaction.
    """
    file = _file()
    if file is None:
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            yield
        return
    for old in file.parent.glob(f"{file.name}.making*"):
        old.unlink(missing_ok=True)
    making = file.with_name(f"{file.name}.making")
    options = connection.settings_dict["OPTIONS"]
    usual = options["init_command"]
    connection.close()
    connection.settings_dict["NAME"], options["init_command"] = str(making), FAST
    try:
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], options["init_command"] = str(file), usual
    for side in ("-wal", "-shm"):
        file.with_name(file.name + side).unlink(missing_ok=True)
    with making.open("rb+") as whole:
        os.fsync(whole.fileno())
    making.replace(file)
