"""A GeoPackage, looked into before GDAL opens it: an SQLite file that anybody may have made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

GEOPACKAGE = b"SQLite format 3\x00"


def disarm(path: Path) -> None:
    """Take out of the GeoPackage at `path`, a copy of ours, what would run as it is read: its views.

    Refused: a file that is cut off or damaged, another SQLite database.
    """
    try:
        with closing(sqlite3.connect(path)) as database:
            kinds = dict(database.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')"))
            if kinds.get("gpkg_contents") != "table":
                raise Refusal(
                    "grid.not_geopackage",
                    gettext_noop("The file is an SQLite database but not a GeoPackage: export a GeoPackage."),
                )
            for name in [name for name, kind in kinds.items() if kind == "view"]:
                quoted = name.replace('"', '""')
                database.execute(f'DROP VIEW "{quoted}"')
            database.commit()
    except sqlite3.Error as fault:
        raise Refusal(
            "grid.layer_damaged", gettext_noop("The map is cut off or damaged and cannot be read: export it again.")
        ) from fault
