"""Desk pages on which a community is divided anew, and the figures of a map that waits."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.organisations import queries
from linli.organisations.forms_dividing import DivideForm
from linli.places import queries as place_queries
from linli.places import services, words
from linli.places.policy.datum import Datum
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.sending import Sent
from linli.rules import queries as rules
from linli.web.access import actor_of, page
from linli.web.acting import action_page

EDIT = Permission.PLACE_EDIT
LEAST, MOST = "grid.cell_least", "grid.cell_most"


@page(EDIT, "GET", "POST")
def divide(request: HttpRequest, code: str) -> HttpResponse:
    """Propose cells of a community with about as many households; nothing is saved as a grid."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    place = queries.places(actor, EDIT, today).filter(code=code, kind=PlaceKind.COMMUNITY).first()
    if place is None:
        raise Http404
    least, most = _limits(place, today)
    first = {"least": least, "most": most, "since": today}

    def act(given: dict[str, Any]) -> str:
        file = given["file"].read() if given["file"] else b""
        made = services.propose_division(
            place,
            sent=Sent(file, b"", given["identify"], given["layer"], "", given["households"]),
            datum=Datum(given["datum"]),
            least=given["least"],
            most=given["most"],
            since=given["since"],
            by=actor,
            now=moment,
            key=given["key"],
        )
        limits = urlencode({"least": given["least"], "most": given["most"]})
        return f"{reverse('grid-figures', kwargs={'pk': made.pk})}?{limits}"

    return action_page(
        request,
        DivideForm(request.POST or None, request.FILES or None, initial=first),
        act,
        to=reverse("desk-grids"),
        then=str,
        heading=_("Divide %(name)s anew") % {"name": place.name},
        explanation=_(
            "A proposal is made: cells along the lines between buildings, each of one piece. You look at it, edit it, "
            "and save it or not. It takes up to half a minute."
        ),
        verb=_("Make a proposal"),
    )


@page(EDIT)
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a map that waits would divide its place: households of each cell, figures before and after."""
    today = local_date(now())
    found = queries.proposal(actor_of(request), EDIT, pk, today, waiting=True)
    least, most = _limits(found.place, today)
    least, most = _number(request, "least", least), _number(request, "most", most)
    made = place_queries.figures_of(found, today, least, most)
    rows = words.figure_rows(made.before, made.after)
    context = {"proposal": found, "made": made, "rows": rows, "limits": (least, most)}
    return render(request, "organisations/grid_figures.html", context)


def _limits(place: Any, day: date) -> tuple[int, int]:
    held = rules.values((LEAST, MOST), [each.code for each in place_queries.line(place)], day)
    return held[LEAST], held[MOST]


def _number(request: HttpRequest, name: str, usual: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("99999") else usual
