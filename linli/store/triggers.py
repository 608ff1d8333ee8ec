"""Migration operations that install the guards of `linli.lib.sql`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations

from linli.lib import sql


def _running(statements: Callable[[str], list[str]]) -> migrations.RunPython:
    def forward(_apps: Any, schema_editor: Any) -> None:
        for statement in statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return migrations.RunPython(forward, migrations.RunPython.noop)


def append_only(table: str) -> migrations.RunPython:
    """Return the operation after which `table` refuses UPDATE and DELETE."""
    return _running(lambda vendor: sql.append_only(table, vendor))


def no_overlap(table: str, *columns: str, remade: bool = False) -> migrations.RunPython:
    """Return the operation after which rows equal in `columns` may not overlap in validity.

    `remade`: the guard was there; SQLite lost it when a migration before made the table anew, PostgreSQL kept it.
    """
    return _running(lambda vendor: [] if remade and vendor == "postgresql" else sql.no_overlap(table, columns, vendor))


def no_overlap_again(table: str, *columns: str) -> migrations.RunPython:
    """Return the operation that installs `no_overlap` anew after a change of `table`.

    SQLite rebuilds a changed table, and drops its triggers with the old one; PostgreSQL keeps them.
    """

    def statements(vendor: str) -> list[str]:
        if vendor != "sqlite":
            return []
        made = sql.no_overlap(table, columns, vendor)
        return [f"DROP TRIGGER IF EXISTS {text.split()[2]}" for text in made] + made

    return _running(statements)


def frozen_when(table: str, condition: str) -> migrations.RunPython:
    """Return the operation after which rows of `table` that fulfil `condition` cannot change or go."""
    return _running(lambda vendor: sql.frozen_when(table, condition, vendor))


def no_insert_when_exists(table: str, clash: str, lock: str) -> migrations.RunPython:
    """Return the operation after which `table` takes no row for which `clash` finds something."""
    return _running(lambda vendor: sql.no_insert_when_exists(table, clash, lock, vendor))
