"""What everybody reads: the map, the page of a cell, and the way to one's own cell."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import conditional_page

from linli.accounts.services import admitted
from linli.grid.forms_workers import SimplifyForm, SpotForm
from linli.grid.queries import finding, posted
from linli.lib.clock import local_date, now
from linli.places import queries as places
from linli.web.access import Need, page
from linli.web.downloads import download
from linli.web.opendata import open_data, problem
from linli.web.paging import page_of

CELLS_A_PAGE = 60


@page(Need.PUBLIC)
def map_(request: HttpRequest) -> HttpResponse:
    """Show the cells of a place as a drawing and as a list that says the same, and which have no worker."""
    today = local_date(now())
    grids = list(places.grids(today))
    code = request.GET.get("place", "")
    chosen = next((grid for grid in grids if grid.place.code == code), grids[0] if grids and not code else None)
    context: dict[str, object] = {"grids": grids, "chosen": chosen, "asked": code}
    if chosen is not None:
        sheet = places.sheet(chosen, CELLS_A_PAGE)
        workers, vacant = posted.workers_of(chosen, [row.cell for row in sheet.rows], today)
        context |= {
            "sheet": sheet,
            "rows": page_of(request, sheet.rows, CELLS_A_PAGE),
            "workers": workers,
            "vacant": vacant,
        }
    return render(request, "grid/map.html", context)


@open_data
@page(Need.PUBLIC)
@conditional_page
def open_map(request: HttpRequest, place: str) -> HttpResponse:
    """Give the grid that a place has today as GeoJSON, to everybody and to pages of other hosts.

    `?simplify=` metres: coarser outlines. What is wrong is a problem (RFC 9457); an address that asks too often waits.
    """
    if not admitted(request, "map_data"):
        said = _("From here many maps were fetched in a short time. Please wait ten minutes.")
        return problem(429, said, Retry_After="600")
    today = local_date(now())
    grid = places.grid(places.place(place), today)
    if grid is None:
        raise Http404
    form = SimplifyForm(request.GET)
    if not form.is_valid():
        return problem(400, str(form.errors["simplify"][0]))
    document = places.open_map(grid, today, form.cleaned_data["simplify"])
    name = _("Grid-%(place)s-%(day)s.geojson") % {"place": place, "day": grid.valid_from.isoformat()}
    answer = download(json.dumps(document, ensure_ascii=False).encode(), name)
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer


@page(Need.PUBLIC)
def cell(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """Show what is posted of a cell: extent, workers, telephones, parties, list of items."""
    return render(request, "grid/cell.html", {"found": posted.posted(place, code, local_date(now()))})


@page(Need.PUBLIC)
def find(request: HttpRequest) -> HttpResponse:
    """Find the cell of an address (`?q=`) or of the code of a place (`?at=`), which a QR code brings along."""
    asked = request.GET.get("at") or request.GET.get("q", "")
    hits = finding.find(asked, local_date(now()))
    if len(hits) == 1 and len(hits[0].cells) == 1:
        return HttpResponseRedirect(address(hits[0].cells[0]))
    context = {"asked": asked, "hits": hits[: finding.MOST], "more": len(hits) > finding.MOST}
    return render(request, "grid/find.html", context)


@sensitive_post_parameters()
@page(Need.PUBLIC, "POST")
def here(request: HttpRequest) -> HttpResponse:
    """Find the cell in which somebody stands. The position comes in the body of the request and is kept nowhere."""
    form = SpotForm(request.POST)
    if not form.is_valid():
        return render(request, "grid/find.html", {"unread": True}, status=422)
    spot = form.cleaned_data
    cells = places.locate(spot["longitude"], spot["latitude"], local_date(now()))
    if cells:
        return HttpResponseRedirect(address(cells[0]))
    return render(request, "grid/find.html", {"outside": True})


def address(cell: Any) -> str:
    """Return the address of the page of a cell."""
    return reverse("cell", args=[cell.grid.place.code, cell.code])
