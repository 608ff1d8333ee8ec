"""Reads: does this database hold a demonstration, something else, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, connection

from linli.accounts.models import User
from linli.audit.models import Event
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.organisations.models import Body

LOADED = "demo.load"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The demonstration that is there."""

    as_of: date
    subdistricts: int


def loaded() -> Loaded | None:
    """Return the demonstration of the database; None where the database is empty.

    Refused: a database that cannot be read, or that holds anything but a demonstration.
    """
    where = str(connection.settings_dict["NAME"])
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise Refusal(
            "demo-unreadable",
            gettext_noop("The database %(where)s cannot be opened (%(why)s); name an empty folder with --data."),
            where=where,
            why=str(error).strip(),
        ) from None
    try:
        if not connection.introspection.table_names():
            return None
        event = Event.objects.filter(action=LOADED).first()
        if event is None and not (Body.objects.exists() or User.objects.exists()):
            return None
    except DatabaseError:
        event = None
    if event is None:
        raise Refusal(
            "demo-database",
            gettext_noop("%(where)s holds data that is no demonstration; name an empty folder with --data."),
            where=where,
        )
    return Loaded(date.fromisoformat(event.data["as_of"]), event.data["subdistricts"])
