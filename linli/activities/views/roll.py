"""The roll: recording, the sheet to sign, the code on the screen, confirming."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.activities import queries, services
from linli.activities.forms import ConfirmForm, RollForm
from linli.activities.policy import codes
from linli.activities.policy.states import Presence, State
from linli.lib.clock import now
from linli.web.access import actor_of, page

WAITS = 60
"""Seconds after which the page of the code looks again whether signing in is open."""


@page(Permission.ROLL_RECORD, "GET", "POST")
def roll(request: HttpRequest, number: int) -> HttpResponse:
    """Record the roll: a row for each member due, further members by number."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, Permission.ROLL_RECORD, number)
    rows = queries.rows(found, actor, Permission.ROLL_RECORD)
    form = RollForm(
        request.POST or None, rows=rows, duration=found.duration, initial={"residents": found.residents or None}
    )
    if form.is_valid():
        key, residents = form.cleaned_data["key"], form.cleaned_data["residents"] or 0
        if form.carry_out(
            lambda: services.record_roll(found, lines=form.lines, residents=residents, by=actor, now=moment, key=key)
        ):
            return HttpResponseRedirect(reverse("activity", args=[number]))
    context = {"form": form, "activity": found, "possible": found.starts_at <= moment}
    return render(request, "activities/roll.html", context, status=422 if form.errors else 200)


@page(Permission.ROLL_RECORD)
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Show the sheet to print and to sign; it counts the same as the code."""
    actor = actor_of(request)
    found = queries.activity(actor, Permission.ROLL_RECORD, number)
    rows = queries.rows(found, actor, Permission.ROLL_RECORD)
    context = {"activity": found, "rows": rows, "due": sum(row.due for row in rows), "blank": range(8)}
    return render(request, "activities/sheet.html", context)


@page(Permission.ROLL_RECORD)
def code(request: HttpRequest, number: int) -> HttpResponse:
    """Show the code of this half minute and the QR of the sign-in page; the page loads itself again in time."""
    moment = now()
    found = queries.activity(actor_of(request), Permission.ROLL_RECORD, number)
    is_open = found.state == State.PLANNED and codes.is_open(found.starts_at, found.ends_at, moment)
    address = request.build_absolute_uri(reverse("sign-in", args=[number]))
    context = {
        "activity": found,
        "open": is_open,
        "code": codes.code_of(found.sign_in_secret, codes.step_of(moment)) if is_open else "",
        "left": codes.seconds_left(moment),
        "qr": segno.make(address, error="m").svg_data_uri(scale=8, border=4),
        "address": address,
        "tally": queries.tally(found),
    }
    response = render(request, "activities/code.html", context)
    response["Refresh"] = str(codes.seconds_left(moment) + 1 if is_open else WAITS)
    response["Cache-Control"] = "no-store"
    return response


@page(Permission.ROLL_CONFIRM, "GET", "POST")
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm the roll that another person recorded; what it earns is written at the same moment."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, Permission.ROLL_CONFIRM, number)
    form = ConfirmForm(request.POST or None, initial={"seen": found.roll_version})
    if form.is_valid():
        given = form.cleaned_data
        if form.carry_out(
            lambda: services.confirm_roll(found, seen=given["seen"], by=actor, now=moment, key=given["key"])
        ):
            return HttpResponseRedirect(reverse("activity", args=[number]))
    rows = queries.rows(found, actor, Permission.ROLL_CONFIRM)
    context = {
        "form": form,
        "activity": found,
        "tally": queries.tally(found),
        "away": [row for row in rows if row.due and (row.line is None or row.line.presence != Presence.PRESENT)],
        "here": [row for row in rows if row.line is not None and row.line.presence == Presence.PRESENT],
        "ready": found.state == State.RECORDED and found.recorded_by != actor.ref,
        "own_roll": found.state == State.RECORDED and found.recorded_by == actor.ref,
    }
    return render(request, "activities/confirm.html", context, status=422 if form.errors else 200)
