"""Pages of a long list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(request: HttpRequest, found: Any, size: int) -> Page[Any]:
    """Return the page that `?page=` asks for, the nearest one where there is no such page."""
    return Paginator(found, size).get_page(request.GET.get("page"))
