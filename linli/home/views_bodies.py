"""Merging, splitting and dissolving a body: first what it would do in every app, then one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.home import queries
from linli.home.forms_bodies import DissolveForm, MergeForm, SplitForm
from linli.lib.clock import local_date, now
from linli.members import services
from linli.members.queries import reorganise
from linli.members.queries.reorganise import Plan
from linli.organisations import queries as organisations
from linli.web.access import actor_of, page
from linli.web.acting import tried
from linli.web.forms import ActionForm

EDIT = Permission.ORGANISATION_EDIT
type Given = dict[str, Any]


@page(EDIT, "GET", "POST")
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Merge a body into another one of its kind."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    body = organisations.placed_body(actor, EDIT, code)
    others = organisations.living(actor, EDIT, today).filter(kind=body.kind).exclude(path__startswith=body.path)
    return _in_two_steps(
        request,
        body,
        MergeForm(request.POST or None, others=others, initial={"on": today}),
        plan=lambda given: reorganise.end_plan(body, given["on"]),
        action=lambda given, shown: services.merge(
            body,
            into=given["into"],
            on=given["on"],
            document=given["document"],
            shown=shown,
            by=actor,
            now=moment,
            key=given["key"],
        ),
        heading=_("Merge %(name)s into another body") % {"name": body.name},
        explanation=_("Members and the bodies below move along with their dates; posts and roles end."),
        verb=_("Merge"),
    )


@page(EDIT, "GET", "POST")
def split(request: HttpRequest, code: str) -> HttpResponse:
    """Split a new body off from a body, with some of its members."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    body = organisations.placed_body(actor, EDIT, code)
    form = SplitForm(request.POST or None, belonging=reorganise.belonging(body, today), initial={"on": today})
    return _in_two_steps(
        request,
        body,
        form,
        plan=lambda given: reorganise.split_plan(body, given["members"], given["on"]),
        action=lambda given, shown: services.split(
            body,
            code=given["code"],
            name=given["name"],
            members=given["members"],
            on=given["on"],
            document=given["document"],
            shown=shown,
            by=actor,
            now=moment,
            key=given["key"],
        ),
        heading=_("Split %(name)s") % {"name": body.name},
        explanation=_("A new body of the same kind stands beside it; who goes along gives up the posts held here."),
        verb=_("Split"),
        hanging=False,
    )


@page(EDIT, "GET", "POST")
def dissolve(request: HttpRequest, code: str) -> HttpResponse:
    """Dissolve a body that has neither members nor bodies below it."""
    actor, moment = actor_of(request), now()
    body = organisations.placed_body(actor, EDIT, code)
    return _in_two_steps(
        request,
        body,
        DissolveForm(request.POST or None, initial={"on": local_date(moment)}),
        plan=lambda given: reorganise.end_plan(body, given["on"]),
        action=lambda given, shown: services.dissolve(
            body, on=given["on"], document=given["document"], shown=shown, by=actor, now=moment, key=given["key"]
        ),
        heading=_("Dissolve %(name)s") % {"name": body.name},
        explanation=_("A body with members is merged instead. Its history stays readable."),
        verb=_("Dissolve"),
        danger=True,
    )


def _in_two_steps(
    request: HttpRequest,
    body: Any,
    form: ActionForm,
    *,
    plan: Callable[[Given], Plan],
    action: Callable[[Given, str], object],
    hanging: bool = True,
    **words: Any,
) -> HttpResponse:
    """Show what the form would do, tried and taken back; do it when it is sent with `step=save` and the mark shown."""
    shown = request.POST.get("shown", "") if request.POST.get("step") == "save" else ""
    to = reverse("body", args=[body.code])
    given: Given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if given and shown and form.carry_out(lambda: action(given, shown)) is not None:
        return HttpResponseRedirect(to)
    context: dict[str, Any] = {"form": form, "body": body, "back": to} | words
    if given:
        context["plan"] = plan(given)
        context["hanging"] = queries.hanging(body, given["on"], now()) if hanging else []
        if not shown:
            form.carry_out(lambda: tried(lambda: action(given, context["plan"].mark)))
    return render(request, "home/reorganise.html", context, status=422 if form.errors else 200)
