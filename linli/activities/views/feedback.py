"""The feedback of a community and quarter to home units: the list, one PDF for all, one for each home unit."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.activities import printing
from linli.activities.queries import feedback
from linli.lib.clock import local_date, now
from linli.lib.errors import Refusal
from linli.lib.quarter import Quarter
from linli.members.queries import checkins
from linli.web.access import actor_of, page
from linli.web.downloads import download
from linli.web.forms import sentence

EDIT = Permission.MEMBER_EDIT
QUARTERS = 6
"""So many quarters can be chosen, the newest first."""
FORMS = ("pdf", "zip")


@page(EDIT)
def slips(request: HttpRequest, code: str, quarter: str) -> HttpResponse:
    """Show what the home units would hear of a quarter, member by member."""
    return _page(request, *_asked(request, code, quarter))


@page(EDIT)
def file(request: HttpRequest, code: str, quarter: str, form: str) -> HttpResponse:
    """Give the slips of all who agreed: one PDF, or a ZIP with one for each home unit; `?slip=`: of one check-in."""
    body, asked = _asked(request, code, quarter)
    if form not in FORMS:
        raise Http404
    found = [each for each in feedback.slips(body, asked) if each.agreed]
    if "slip" in request.GET:
        found = [each for each in found if str(each.check_in.pk) == request.GET["slip"]]
    if not found:
        return HttpResponseRedirect(reverse("feedback", args=[code, quarter]))
    made = printing.packed if form == "zip" else printing.pdf
    try:
        content = made(found, body, asked, local_date(now()))
    except Refusal as refusal:
        return _page(request, body, asked, sentence(refusal))
    return download(content, f"{body.name} {asked}.{form}")


def _asked(request: HttpRequest, code: str, quarter: str) -> tuple[Any, Quarter]:
    """Return the community in reach and the quarter, which has begun; 404 otherwise."""
    body = checkins.community(actor_of(request), EDIT, code)
    try:
        asked = Quarter.parse(quarter)
    except ValueError as error:
        raise Http404 from error
    if asked > Quarter.of(local_date(now())):
        raise Http404
    return body, asked


def _page(request: HttpRequest, body: Any, asked: Quarter, missing: str = "") -> HttpResponse:
    quarters = [Quarter.of(local_date(now()))]
    while len(quarters) < QUARTERS:
        quarters.append(quarters[-1].previous)
    found = feedback.slips(body, asked)
    context = {
        "body": body,
        "quarter": asked,
        "quarters": quarters,
        "running": asked == quarters[0],
        "slips": found,
        "ready": any(each.agreed for each in found),
        "missing": missing,
    }
    return render(request, "activities/feedback.html", context, status=503 if missing else 200)
