"""Telephone numbers as they stand in the database: which are to be sealed anew, which nobody can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from linli.members.models import Member


def _raw() -> Iterator[tuple[int, str]]:
    found = Member.objects.order_by("pk").annotate(raw=Cast("phone", TextField())).exclude(raw="")
    yield from found.values_list("pk", "raw")


def stale_keys() -> list[int]:
    """Return the keys of the members whose number can be read and is not sealed under the newest secret."""
    field: Any = Member._meta.get_field("phone")  # noqa: SLF001 -- Django's public name for it
    return [pk for pk, raw in _raw() if field.stale(raw)]


def unreadable_phones() -> int:
    """Return how many numbers no secret of the server can read."""
    field: Any = Member._meta.get_field("phone")  # noqa: SLF001 -- Django's public name for it
    return sum(not field.readable(raw) for _pk, raw in _raw())
