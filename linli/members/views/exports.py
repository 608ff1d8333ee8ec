"""The tree, the members by number and the posts for other programs: Popolo JSON, and a CSV for each table."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.members.policy.popolo import COLUMNS, as_csv, as_json
from linli.members.queries import popolo
from linli.web.access import actor_of, page
from linli.web.downloads import download

VIEW = Permission.MEMBER_VIEW


@page(VIEW)
def document(request: HttpRequest) -> HttpResponse:
    """Give what is in reach as Popolo JSON."""
    found = popolo.reached(actor_of(request), VIEW, local_date(now()))
    return download(as_json(found), "popolo.json")


@page(VIEW)
def table(request: HttpRequest, table: str) -> HttpResponse:
    """Give one table of what is in reach as CSV."""
    if table not in COLUMNS:
        raise Http404
    found = popolo.reached(actor_of(request), VIEW, local_date(now()))
    return download(as_csv(found, table), f"{table}.csv")
