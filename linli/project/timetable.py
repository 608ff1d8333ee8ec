"""All due work of the house, in order; `linli tick` runs one round."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection

LOCK = 7_106_001
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What one job did: its name, how many things, or why it failed."""

    name: str
    count: int = 0
    failure: str = ""


def jobs() -> list[tuple[str, Callable[[datetime], int]]]:
    """Return the jobs of all apps as (name, callable of the moment that returns a count)."""
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("linli.") and find_spec(f"{config.name}.jobs"):
            module = import_module(f"{config.name}.jobs")
            found += [(f"{config.label}.{name}", getattr(module, name)) for name in module.JOBS]
    return found


def tick(now: datetime) -> list[Done]:
    """Run every job once for the moment `now`; a job that fails does not stop the others.

    On PostgreSQL only one round runs at a time (advisory lock); another one returns at once with nothing.
    """
    if connection.vendor == "postgresql" and not _locked("SELECT pg_try_advisory_lock(%s)"):
        return []
    try:
        return [_run(name, job, now) for name, job in jobs()]
    finally:
        if connection.vendor == "postgresql":
            _locked("SELECT pg_advisory_unlock(%s)")


def _run(name: str, job: Callable[[datetime], int], now: datetime) -> Done:
    try:
        return Done(name, job(now))
    except Exception as error:  # noqa: BLE001 -- one job never stops the others, whatever it meets
        _log.exception("job %s failed", name)
        return Done(name, failure=f"{type(error).__name__}: {error}")


def _locked(sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
