"""Public home, desk, health."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.access.catalogue import Permission
from linli.home import overview
from linli.lib.clock import now
from linli.web.access import Need, actor_of, page


@page(Need.PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """Show what the subdistrict does in public."""
    return render(request, "home/home.html", overview.front(now()))


@page(Permission.DESK_OPEN)
def desk(request: HttpRequest) -> HttpResponse:
    """Show what is due and what is red for this role."""
    actor = actor_of(request)
    return render(request, "home/desk.html", {"due": overview.due(actor, now()), "tools": overview.tools(actor)})


@page(Need.PUBLIC)
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes the request
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


@page(Need.PUBLIC)
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes the request
    """Say whether the database answers (503 where it does not)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database does not answer", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")
