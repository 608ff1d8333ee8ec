"""Desk pages of in-service members: who has checked in at a community, with which slip."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.lib.quarter import Quarter
from linli.members import queries, services
from linli.members.forms_checkins import CheckInForm, CheckOutForm
from linli.members.queries import checkins
from linli.web.access import actor_of, page
from linli.web.acting import action_page

EDIT = Permission.MEMBER_EDIT


@page(EDIT)
def check_ins(request: HttpRequest) -> HttpResponse:
    """List per community in reach who has checked in, and who did once."""
    actor, today = actor_of(request), local_date(now())
    held = Prefetch("check_ins", checkins.check_ins(actor, EDIT), to_attr="entered")
    rows = [
        (
            body,
            [each for each in body.entered if each.valid_to is None or each.valid_to > today],
            [each for each in body.entered if each.valid_to is not None and each.valid_to <= today],
        )
        for body in checkins.communities(actor, EDIT, today).prefetch_related(held)
    ]
    context = {"rows": rows, "quarter": str(Quarter.of(today).previous)}
    return render(request, "members/check_ins.html", context)


@page(EDIT, "GET", "POST")
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Check a member in at a community."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    body = checkins.community(actor, EDIT, code)
    form = CheckInForm(request.POST or None, members=queries.members(actor, EDIT, today), initial={"since": today})
    return action_page(
        request,
        form,
        lambda given: services.check_in(**given, body=body, by=actor, now=moment),
        to=reverse("check-ins"),
        heading=_("Check in at %(name)s") % {"name": body.name},
        explanation=_("The member brings a slip of the home unit; the membership stays where it is."),
        verb=_("Check in"),
    )


@page(EDIT, "GET", "POST")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a check-in."""
    actor, moment = actor_of(request), now()
    found = checkins.check_in(actor, EDIT, pk)
    return action_page(
        request,
        CheckOutForm(request.POST or None, initial={"on": local_date(moment)}),
        lambda given: services.check_out(found, **given, by=actor, now=moment),
        to=reverse("check-ins"),
        heading=_("%(name)s: end the check-in") % {"name": found.member.name},
        explanation=_("What was done until then stays. Entered by mistake: give the first day, and it is taken back."),
        verb=_("End it"),
    )
