"""What every page of the house shows around its content."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from linli.web.access import actor_of


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the actor, the elder view and the languages for the base template."""
    return {
        "actor": actor_of(request),
        "elder": request.COOKIES.get("elder") == "1",
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
    }
