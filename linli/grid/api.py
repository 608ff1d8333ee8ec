"""The interface under /api/v1/: the answer about a door as JSON."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.grid.policy.responsible import Answer, Line
from linli.grid.queries import responsible as queries
from linli.lib.clock import local_date, now
from linli.web.access import actor_of, page
from linli.web.forms import DayForm
from linli.web.opendata import problem

SEE = Permission.MEMBER_VIEW


@page(SEE)
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Say who was responsible for a door on `?on=`, by default today; what is wrong as problem details (RFC 9457)."""
    today = local_date(now())
    form = DayForm(request.GET, today=today)
    try:
        found = queries.door(actor_of(request), SEE, code, today)
    except Http404:
        return problem(404, _("There is no such door in your reach."))
    if form.is_bound and not form.is_valid():
        return problem(400, " ".join(map(str, form.errors["on"])))
    return as_json(queries.responsible(found, form.day))


def as_json(answer: Answer) -> HttpResponse:
    """Return an answer as JSON; it names people and is kept in no cache.

    `until` is the first day on which it held no more, or null; a line without name says that nobody was.
    """
    found = {
        "door": answer.code,
        "address": answer.address,
        "on": answer.day.isoformat(),
        "responsible": [_line(line) for line in answer.lines],
    }
    answered = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    answered.headers["Cache-Control"] = "no-store"
    return answered


def _line(line: Line) -> dict[str, str | None]:
    return {
        "part": line.part.value,
        "name": line.name or None,
        "number": line.number or None,
        "of": line.of or None,
        "title": _(line.title) if line.title else None,
        "since": _day(line.since),
        "until": _day(line.until),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
