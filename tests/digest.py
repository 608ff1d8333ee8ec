"""What is in the tables of the house, as one text to compare."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.apps import apps

VOLATILE = re.compile(r"\d+")


def digest() -> str:
    """The content of all tables of the house, without identifiers that a rollback may skip."""
    total = hashlib.sha256()
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda m: m._meta.db_table):
        if not model.__module__.startswith("linli."):
            continue
        columns = [
            field
            for field in model._meta.concrete_fields
            if not (field.primary_key or field.is_relation or field.name in {"password", "last_login"})
        ]
        rows = sorted(
            tuple(steady(value) for value in row)
            for row in model._base_manager.values_list(*[field.attname for field in columns])
        )
        total.update(repr((model._meta.db_table, len(rows), rows)).encode())
    return total.hexdigest()


def steady(value: Any) -> str:
    """The value without identifiers: texts and the notes of an event may name a row by its number."""
    return VOLATILE.sub("#", str(value)) if isinstance(value, str | dict) else repr(value)
