"""Desk pages about who left the register: beside the bulletins, because these decide whether it can be undone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import now
from linli.members.queries import transfers
from linli.points import services
from linli.web.access import actor_of, page
from linli.web.forms import ActionForm
from linli.web.paging import page_of

EDIT = Permission.MEMBER_EDIT


@page(EDIT)
def departures(request: HttpRequest) -> HttpResponse:
    """List who left the units in reach, and why."""
    shown = page_of(request, transfers.departures(actor_of(request), EDIT), 50)
    return render(request, "points/departures.html", {"page": shown})


@page(EDIT, "GET", "POST")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a departure that was entered by mistake."""
    actor, moment = actor_of(request), now()
    found = transfers.departure(actor, EDIT, pk)
    form = ActionForm(request.POST or None)
    if form.is_valid() and form.carry_out(
        lambda: services.take_back_departure(found, by=actor, now=moment, key=form.cleaned_data["key"])
    ):
        messages.success(request, _("%(name)s belongs to the unit again as before.") % {"name": found.member.name})
        return HttpResponseRedirect(reverse("departures"))
    context = {
        "form": form,
        "heading": _("%(name)s: take the departure back") % {"name": found.member.name},
        "explanation": _(
            "Unit, class, posts and standings go on as before it was entered. What has ended since stays ended: from a "
            "branch that is no more the member goes to the one that took over, and a post that somebody else holds by "
            "now is not taken away."
        ),
        "verb": _("Take it back"),
        "back": reverse("departures"),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)
