"""Shown identity: the public page of a member who agreed to it, and one's own card and door plate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.files.policy.fitting import Box, size
from linli.files.services import pdf, qr_picture
from linli.home import queries
from linli.home.forms import ShowForm
from linli.lib.clock import local_date, now
from linli.lib.words import gettext_noop
from linli.members import services as members
from linli.members.queries import shown as shown_queries
from linli.members.queries.shown import Identity
from linli.walls.queries.public import nearest_wall
from linli.web.access import Need, actor_of, page
from linli.web.acting import action_page
from linli.web.downloads import download

type Boxes = Mapping[str, Box]
MEMBER, HOUSEHOLD = gettext_noop("Party member"), gettext_noop("Party member household")
CARD: Boxes = {
    "head": Box(75, 6, 11, 8),
    "name": Box(44, 10, 17, 5.5, 1.2),
    "number": Box(44, 4.5, 8.5, 5.5, 1.35),
    "branch": Box(44, 10, 8.5, 5, 1.35),
    "centre": Box(44, 10, 8.5, 5, 1.35),
}
PLATE: Boxes = {
    "head": Box(96, 34, 58, 20, 1.15),
    "name": Box(100, 16, 30, 12, 1.2),
    "branch": Box(100, 17, 17, 9, 1.35),
    "centre": Box(100, 17, 17, 9, 1.35),
}
"""Where the words of the card (a bank card) and of the plate (A5) stand, to the left of the code."""


@page(Need.PUBLIC)
def shown(request: HttpRequest, token: str) -> HttpResponse:
    """Show everybody what a member agreed to show, and what one can come for; never kept by anybody on the way."""
    found = shown_queries.identity(token, local_date(now()))
    wall = nearest_wall(found.place.path) if found.place else None
    response = render(request, "home/shown.html", {"found": found, "wall": wall})
    response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex"
    return response


@page(Need.MEMBER, "GET", "POST")
def my_identity(request: HttpRequest) -> HttpResponse:
    """Let me choose what is shown; with my consent: the page, the card, the plate, and the way to take it back."""
    actor, moment = actor_of(request), now()
    member = queries.member_of(actor)
    held = shown_queries.own(member.pk, local_date(moment))
    first = {name: getattr(held[0], name) for name in ("full_name", "branch", "centre")} if held else {}
    form = ShowForm(request.POST or None, initial=first)

    def act(given: dict[str, Any]) -> object:
        return members.show_identity(
            member,
            full_name=given["full_name"],
            branch=given["branch"],
            centre=given["centre"],
            by=actor,
            now=moment,
            key=given["key"],
        )

    return action_page(
        request,
        form,
        act,
        to=reverse("my-identity"),
        template="home/my_identity.html",
        heading=_("My card and door plate"),
        verb=_("Agree, and show this from now on"),
        back=reverse("me"),
        held=held[1] if held else None,
        withdraw=ShowForm()["key"].initial,
    )


@page(Need.MEMBER)
def card(request: HttpRequest) -> HttpResponse:
    """Give my identity card as PDF, the size of a bank card."""
    return _printed(request, "home/identity_card.html", "card.pdf", MEMBER, CARD)


@page(Need.MEMBER)
def plate(request: HttpRequest) -> HttpResponse:
    """Give my door plate as PDF (A5)."""
    return _printed(request, "home/door_plate.html", "plate.pdf", HOUSEHOLD, PLATE)


def _printed(request: HttpRequest, template: str, name: str, heading: str, boxes: Boxes) -> HttpResponse:
    member = queries.member_of(actor_of(request))
    held = shown_queries.own(member.pk, local_date(now()))
    if held is None:
        return HttpResponseRedirect(reverse("my-identity"))
    content = pdf(render_to_string(template, _paper(request, held[1], member.number, heading, boxes)))
    return download(content, name, shown=True)


def _paper(request: HttpRequest, found: Identity, number: str, heading: str, boxes: Boxes) -> dict[str, Any]:
    """Return the words of a paper, each at the largest size that fits its box."""
    address = request.build_absolute_uri(reverse("shown", args=[found.token]))
    head = _("Party member centre household") if found.centre else _(heading)
    words = {"head": head, "name": found.name, "number": f"{_('Member number')} {number}"}
    words |= {part: body.name for part in ("branch", "centre") if (body := getattr(found, part))}
    return {
        "words": words,
        "sizes": {part: f"{size(text, boxes[part])}pt" for part, text in words.items() if part in boxes},
        "qr": qr_picture(address, error="h"),
    }
