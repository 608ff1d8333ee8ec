"""The URL map, flat: what the generated tests walk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from linli.web.access import Page


@dataclass(frozen=True)
class Address:
    name: str
    view: Any

    @property
    def page(self) -> Page | None:
        return getattr(self.view, "page", None)


def addresses() -> dict[str, Address]:
    """Return every address of the product by its name; one without a name is an error."""
    found: dict[str, Address] = {}
    for pattern in _flat(get_resolver().url_patterns):
        assert pattern.name, f"{pattern.pattern} has no name"
        found[pattern.name] = Address(pattern.name, pattern.callback)
    return found


def _flat(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _flat(pattern.url_patterns)
        else:
            yield pattern
