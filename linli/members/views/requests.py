"""Desk pages about requests of members about their data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.members import services
from linli.members.forms_life import AnswerForm
from linli.members.policy.requests import RequestState
from linli.members.queries import requests as reads
from linli.web.access import actor_of, page
from linli.web.acting import action_page
from linli.web.paging import page_of

EDIT = Permission.MEMBER_EDIT


@page(EDIT)
def requests(request: HttpRequest) -> HttpResponse:
    """List what members of my reach ask about their data, what waits first."""
    today = local_date(now())
    actor = actor_of(request)
    answered = reads.requests(actor, today).exclude(state=RequestState.OPEN).order_by("-answered_at", "-pk")
    context = {"waiting": reads.waiting(actor, today), "page": page_of(request, answered, 50)}
    return render(request, "members/data_requests.html", context)


@page(EDIT, "GET", "POST")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one request."""
    actor, moment = actor_of(request), now()
    found = reads.request(actor, pk, local_date(moment))
    return action_page(
        request,
        AnswerForm(request.POST or None),
        lambda given: services.answer(
            found, state=RequestState(given["state"]), words=given["words"], by=actor, now=moment, key=given["key"]
        ),
        to=reverse("data-requests"),
        heading=f"{found.member.name}: {found.get_kind_display()}",
        explanation=found.text,
        verb=_("Answer"),
    )
