"""Telephones of workers as they stand in the database: which are to be sealed anew, which nobody can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from linli.grid.models import CellWorker


def stale() -> list[int]:
    """Return the keys of the duties whose number can be read and is not sealed under the newest secret."""
    return [pk for pk, raw in _raw() if _field().stale(raw)]


def unreadable() -> int:
    """Return how many numbers no secret of the server can read."""
    return sum(not _field().readable(raw) for _pk, raw in _raw())


def _field() -> Any:
    return CellWorker._meta.get_field("phone")  # noqa: SLF001 -- Django's public name for it


def _raw() -> Iterator[tuple[int, str]]:
    found = CellWorker.objects.order_by("pk").annotate(raw=Cast("phone", TextField())).exclude(raw="")
    yield from found.values_list("pk", "raw")
