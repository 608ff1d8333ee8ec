"""A member's own pages: what is coming, the own record, signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from linli.activities import queries, services
from linli.activities.forms import SignInForm
from linli.activities.policy import codes
from linli.activities.policy.states import Presence, State
from linli.activities.queries import minutes as reads
from linli.lib.clock import local_date, now
from linli.web.access import Need, actor_of, page


@page(Need.MEMBER)
def my_activities(request: HttpRequest) -> HttpResponse:
    """Show what is coming in my line of bodies, what I have still to make up, and my record of the year."""
    moment, me = now(), actor_of(request).member_id or 0
    record = list(queries.my_record(me, timezone.localtime(moment).year))
    upcoming = list(queries.my_upcoming(me, moment))
    context = {
        "upcoming": [(found, codes.is_open(found.starts_at, found.ends_at, moment)) for found in upcoming],
        "missed": list(queries.missed(me, moment)),
        "record": record,
        "minutes": list(reads.my_minutes(me, local_date(moment))),
        "present": sum(line.presence == Presence.PRESENT for line in record),
        "year": timezone.localtime(moment).year,
    }
    return render(request, "activities/my_activities.html", context)


@page(Need.MEMBER, "GET", "POST")
def sign_in(request: HttpRequest, number: int) -> HttpResponse:
    """Take the six digits on the organiser's screen. Never compulsory: the paper roll is equal."""
    actor, moment = actor_of(request), now()
    found = queries.mine(actor, number, moment)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        code, key = form.cleaned_data["code"], form.cleaned_data["key"]
        if form.carry_out(
            lambda: services.sign_in(found, member=queries.me(actor), code=code, by=actor, now=moment, key=key)
        ):
            return HttpResponseRedirect(reverse("sign-in", args=[number]))
    line = queries.my_line(actor.member_id or 0, found)
    context = {
        "activity": found,
        "form": form,
        "line": line if line and line.presence == Presence.PRESENT else None,
        "open": found.state == State.PLANNED and codes.is_open(found.starts_at, found.ends_at, moment),
        "early": moment < found.opens_at and found.state == State.PLANNED,
    }
    return render(request, "activities/sign_in.html", context, status=422 if form.errors else 200)
