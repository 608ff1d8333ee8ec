"""The page of a wall, kept until the wall changes, or until a deadline on it passes.

Only what every visitor sees alike is kept: no session, no message, no receipt. What differs from visitor to
visitor is the token against forged requests; it is put in when the page is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from linli.lib.clock import now
from linli.walls.queries.public import WallPage, wall_version

type Render = Callable[[HttpRequest, str, dict[str, Any]], tuple[HttpResponse, WallPage]]
HOLE = "token-comes-here"
SECONDS = 600
PARAMETERS = frozenset({"show", "page"})


def cached_for_visitors(request: HttpRequest, code: str, render: Render) -> HttpResponse:
    """Answer with the kept page of the wall `code`, or render it, keep it and answer."""
    if not shared(request):
        return render(request, code, {})[0]
    version = wall_version(code)
    name = _name(request, code, version)
    kept: tuple[bytes, datetime | None] | None = caches["pages"].get(name)
    moment = now()
    if version is None or kept is None or (kept[1] is not None and kept[1] < moment):
        response, found = render(request, code, {"csrf_token": HOLE})
        kept = response.content, found.fresh_until
        caches["pages"].set(name, kept, SECONDS)
    return HttpResponse(kept[0].replace(HOLE.encode(), get_token(request).encode()))


def shared(request: HttpRequest) -> bool:
    """Tell whether the page is the same for everybody who asks like this."""
    cookies = request.COOKIES
    private = settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies
    return not private and PARAMETERS.issuperset(request.GET)


def _name(request: HttpRequest, code: str, version: int | None) -> str:
    elder = request.COOKIES.get("elder") == "1"
    asked = "/".join(f"{name}={request.GET.get(name, '')[:12]}" for name in sorted(PARAMETERS))
    return f"wall/{code}/{version}/{getattr(request, 'LANGUAGE_CODE', '')}/{elder}/{asked}".replace(" ", "_")
