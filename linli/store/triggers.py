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


def frozen_when(table: str, condition: str) -> migrations.RunPython:
    """Return the operation after which rows of `table` that fulfil `condition` cannot change or go."""
    return _running(lambda vendor: sql.frozen_when(table, condition, vendor))


def no_insert_when_exists(table: str, clash: str, lock: str) -> migrations.RunPython:
    """Return the operation after which `table` takes no row for which `clash` finds something."""
    return _running(lambda vendor: sql.no_insert_when_exists(table, clash, lock, vendor))
