"""Puts the actor on every request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from linli.accounts import queries
from linli.lib.clock import local_date, now


class ActorMiddleware:
    """Works out on first use who asks; a role that ended yesterday is gone today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor."""
        request.actor = SimpleLazyObject(lambda: queries.actor_of_user(request.user, local_date(now())))  # type: ignore[attr-defined]
        return self.get_response(request)
