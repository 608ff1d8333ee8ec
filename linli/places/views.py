"""Public pages: the map of the grid, and a page for each place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.lib.clock import local_date, now
from linli.places import queries
from linli.web.access import Need, page
from linli.web.paging import page_of

CELLS_A_PAGE = 60
PLACES_A_PAGE = 100


@page(Need.PUBLIC)
def map_(request: HttpRequest) -> HttpResponse:
    """Show the cells of a place as a drawing and as a list that says the same."""
    today = local_date(now())
    grids = list(queries.grids(today))
    code = request.GET.get("place", "")
    chosen = next((grid for grid in grids if grid.place.code == code), grids[0] if grids and not code else None)
    context: dict[str, object] = {"grids": grids, "chosen": chosen, "asked": code}
    if chosen is not None:
        sheet = queries.sheet(chosen, CELLS_A_PAGE)
        context |= {
            "sheet": sheet,
            "rows": page_of(request, sheet.rows, CELLS_A_PAGE),
            "line": queries.line(chosen.place),
        }
    return render(request, "places/map.html", context)


@page(Need.PUBLIC)
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show a place: the line up to the subdistrict, what stands below it, its cells."""
    today = local_date(now())
    found = queries.place(code)
    context = {
        "place": found,
        "line": list(queries.line(found))[:-1],
        "below": page_of(request, queries.below(found, today), PLACES_A_PAGE),
        "cells": queries.cells_of(found, today),
        "grid": queries.grid(found, today),
    }
    return render(request, "places/place.html", context)
