"""Reads written as SQL: for what is read so often, or so widely, that building a query would cost most of it."""

from __future__ import annotations

from typing import Any

from django.db import connection


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of `statement`, which has one %s for each value; a list is written for `IN %s`.

    The statement must mean the same on SQLite and on PostgreSQL. Dates come as dates and flags as flags where a
    column is named plainly; JSON comes as text, and moments may come without their zone, which is UTC.
    """
    marks = tuple(f"({', '.join(['%s'] * len(each)) or 'NULL'})" if isinstance(each, list) else "%s" for each in values)
    flat = [one for each in values for one in (each if isinstance(each, list) else [each])]
    with connection.cursor() as cursor:
        cursor.execute(statement % marks, flat)
        return list(cursor.fetchall())
