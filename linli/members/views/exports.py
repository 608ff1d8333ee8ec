"""The tree, the members by number and the posts for other programs: Popolo JSON, and a CSV for each table."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.members.policy.popolo import COLUMNS, as_csv, as_json
from linli.members.queries import popolo
from linli.web.access import actor_of, page

VIEW = Permission.MEMBER_VIEW


@page(VIEW)
def document(request: HttpRequest) -> HttpResponse:
    """Give what is in reach as Popolo JSON."""
    found = popolo.reached(actor_of(request), VIEW, local_date(now()))
    return _file(as_json(found), "application/json", "popolo.json")


@page(VIEW)
def table(request: HttpRequest, table: str) -> HttpResponse:
    """Give one table of what is in reach as CSV."""
    if table not in COLUMNS:
        raise Http404
    found = popolo.reached(actor_of(request), VIEW, local_date(now()))
    return _file(as_csv(found, table), "text/csv; charset=utf-8", f"{table}.csv")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"}  # noqa: FBT003 -- Django's signature
    return HttpResponse(content, content_type=kind, headers=headers)
