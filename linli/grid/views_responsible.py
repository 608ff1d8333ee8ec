"""Who was responsible for a door on a day: as a page and on paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.grid.printing import answer_pdf
from linli.grid.queries.responsible import door as seen_door
from linli.grid.queries.responsible import responsible
from linli.lib.clock import local_date, now
from linli.web.access import actor_of, page
from linli.web.downloads import download
from linli.web.forms import DayForm

SEE = Permission.MEMBER_VIEW


@page(SEE)
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Show who was responsible for a door, today or on another day; a day that is none is said above today's answer."""
    today = local_date(now())
    found = seen_door(actor_of(request), SEE, code, today)
    form = DayForm(request.GET, today=today)
    return _page(request, found, form)


@page(SEE)
def door_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Give the same answer on paper; a day that is none is said on the page, and nothing is printed."""
    today = local_date(now())
    found = seen_door(actor_of(request), SEE, code, today)
    form = DayForm(request.GET, today=today)
    if form.errors:
        return _page(request, found, form)
    answer = responsible(found, form.day)
    name = _("Responsible-%(door)s-%(day)s.pdf") % {"door": answer.code, "day": answer.day.isoformat()}
    return download(answer_pdf(answer, today), name, shown=True)


def _page(request: HttpRequest, door: Any, form: DayForm) -> HttpResponse:
    context = {"door": door, "form": form, "answer": responsible(door, form.day)}
    return render(request, "grid/door.html", context, status=400 if form.errors else 200)
