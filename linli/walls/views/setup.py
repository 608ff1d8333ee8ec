"""The desk of the walls themselves: open one, print its posters."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from linli.access.catalogue import Permission
from linli.files.services import pdf
from linli.lib.clock import now
from linli.walls import services
from linli.walls.forms import OpenWallForm, PosterForm
from linli.walls.posters import poster_html
from linli.walls.queries import desk, public
from linli.web.access import actor_of, page
from linli.web.downloads import download

PLACES_SHOWN = 100


@page(Permission.WALL_MANAGE)
def walls(request: HttpRequest) -> HttpResponse:
    """List the walls in reach, and the places that could have one."""
    actor, moment = actor_of(request), now()
    context = {
        "walls": desk.managed_walls(actor, moment),
        "places": desk.places_without_wall(actor, moment)[:PLACES_SHOWN],
    }
    return render(request, "walls/desk_walls.html", context)


@page(Permission.WALL_MANAGE, "GET", "POST")
def open_wall(request: HttpRequest, code: str) -> HttpResponse:
    """Open a wall at the place `code`, which has none."""
    actor, moment = actor_of(request), now()
    sent = request.POST if request.method == "POST" else None
    place = desk.place_without_wall(actor, code, moment)
    form = OpenWallForm(sent, bodies=desk.bodies_for_wall(actor, place, moment))
    if sent is not None and form.is_valid():
        data = form.cleaned_data
        done = form.carry_out(
            lambda: services.open_wall(
                place=place, body=data["body"], name=data["name"], by=actor, now=moment, key=data["key"]
            )
        )
        if done is not None:
            return redirect("desk-walls")
    context = {
        "form": form,
        "heading": gettext("Open the wall of %(place)s") % {"place": place.name},
        "explanation": gettext(
            "Child walls hang in courtyards and estates, the mother wall in the community, the last one in the "
            "subdistrict. Begin with the highest."
        ),
        "verb": gettext("Open the wall"),
        "back": reverse("desk-walls"),
    }
    return render(request, "web/form.html", context, status=200 if sent is None else 422)


@page(Permission.WALL_MANAGE, "GET", "POST")
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """Show the posters of a wall, and make one for a further place."""
    actor, moment = actor_of(request), now()
    found = desk.managed_wall(actor, code, moment)
    sent = request.POST if request.method == "POST" else None
    form = PosterForm(sent, places=desk.poster_places(found))
    if sent is not None and form.is_valid():
        data = form.cleaned_data
        done = form.carry_out(
            lambda: services.print_poster(found, place=data["place"], by=actor, now=moment, key=data["key"])
        )
        if done is not None:
            return redirect("desk-wall", code=code)
    context = {"wall": found, "posters": desk.posters(found), "form": form}
    return render(request, "walls/desk_wall.html", context, status=200 if sent is None else 422)


@page(Permission.WALL_MANAGE)
def poster_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Send a poster as PDF (A4): the one asked for by `?poster=`, else that of the wall's own place."""
    found = desk.managed_wall(actor_of(request), code, now())
    wanted = request.GET.get("poster", "")
    posters = desk.posters(found)
    poster = posters.filter(code=wanted).first() if wanted else posters.first()
    if poster is None:
        raise Http404
    address = request.build_absolute_uri(reverse("poster", kwargs={"code": poster.code}))
    data = pdf(poster_html(poster, address, public.promises(found, now())))
    name = gettext("Poster-%(place)s-%(code)s.pdf") % {"place": poster.place.name, "code": poster.code}
    return download(data, name, shown=True)
