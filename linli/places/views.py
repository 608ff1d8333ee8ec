"""The public page of a place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.lib.clock import local_date, now
from linli.places import queries
from linli.web.access import Need, page
from linli.web.paging import page_of

PLACES_A_PAGE = 100


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
