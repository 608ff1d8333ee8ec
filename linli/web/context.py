"""What every page of the house shows around its content."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from linli.web.access import UNNAMED, actor_of


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the actor, the elder view and the languages for the base template."""
    actor = actor_of(request)
    return {
        "actor": actor,
        "unnamed": gettext(UNNAMED) if actor.unnamed and not actor.held_back else "",
        "elder": request.COOKIES.get("elder") == "1",
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
    }
