"""Posters of cells as PDF: one for everybody, all of a place for the desk."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.accounts.services import admitted
from linli.grid.posters import posters_pdf
from linli.grid.queries import posted
from linli.grid.queries.posted import Posted
from linli.lib.clock import local_date, now
from linli.organisations import queries as organisations
from linli.web.access import Need, actor_of, page
from linli.web.downloads import download

SEE = Permission.MEMBER_VIEW


@page(Need.PUBLIC)
def poster(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """Give the poster of a cell (A4), with what its page shows; an address that asks too often waits."""
    if not admitted(request, "poster"):
        said = _("From here many posters were fetched in a short time. Please wait ten minutes.")
        return render(request, "web/refused.html", {"sentence": said}, status=429)
    found = posted.posted(place, code, local_date(now()))
    return _printed(request, [found], _("Grid-poster-%(cell)s.pdf") % {"cell": found.cell.name})


@page(SEE)
def posters(request: HttpRequest, place: str) -> HttpResponse:
    """Give the posters of all cells of a place in reach, to be printed in one go."""
    today = local_date(now())
    grid = organisations.grid(actor_of(request), SEE, place, today)
    found = posted.each_posted(grid, today)
    return _printed(request, found, _("Grid-posters-%(place)s.pdf") % {"place": grid.place.name})


def _printed(request: HttpRequest, found: Sequence[Posted], name: str) -> HttpResponse:
    def address(one: Posted) -> str:
        return request.build_absolute_uri(reverse("cell", args=[one.cell.grid.place.code, one.cell.code]))

    return download(posters_pdf(found, address, local_date(now())), name, shown=True)
