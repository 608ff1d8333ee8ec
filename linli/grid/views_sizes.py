"""Desk pages of how many households the cells have: the distribution, and the list as Excel."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.grid import queries
from linli.grid.policy.sizes import RULES
from linli.grid.printing import sizes_workbook
from linli.lib.clock import local_date, now
from linli.web.access import actor_of, page
from linli.web.downloads import download
from linli.web.paging import page_of

SEE = Permission.MEMBER_VIEW
SPREADS_A_PAGE = 10


@page(SEE)
def sizes(request: HttpRequest) -> HttpResponse:
    """Show households per cell, community by community, with the cells outside the limits."""
    found = queries.spreads(actor_of(request), SEE, local_date(now()))
    return render(request, "grid/sizes.html", {"page": page_of(request, found, SPREADS_A_PAGE), "rules": RULES})


@page(SEE)
def workbook(request: HttpRequest) -> HttpResponse:
    """Give the cells with their households as Excel."""
    today = local_date(now())
    content = sizes_workbook(queries.spreads(actor_of(request), SEE, today), today)
    return download(content, _("Households per cell-%(day)s.xlsx") % {"day": today.isoformat()})
