"""A digest of everything in a demonstration but what must be random or is kept by libraries' clocks."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

LEFT_OUT = {
    "accounts_user": {"password"},  # salted hash
    "mfa_authenticator": {"created_at", "last_used_at", "data"},  # the library reads the clock; sealed with a salt
    "django_migrations": {"applied"},
    "members_member": {"phone"},  # sealed with a salt
    "grid_cellworker": {"phone"},  # likewise
}


def digest(folder: Path) -> dict[str, str]:
    """Return the digest of each table, in the order of its rows."""
    connection = sqlite3.connect(f"file:{folder / 'linli.sqlite3'}?mode=ro", uri=True)
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    found = {}
    for (table,) in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        kept = [f'"{c}"' for c in columns if c not in LEFT_OUT.get(table, ())]
        total = hashlib.sha256()
        for row in connection.execute(f"SELECT {', '.join(kept)} FROM {table} ORDER BY 1, 2"):
            total.update(repr(row).encode())
        found[table] = total.hexdigest()
    connection.close()
    return found
