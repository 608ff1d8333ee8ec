"""Desk pages of the kinds of activities: the list, a new one, what one says."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.activities import queries, services
from linli.activities.forms_kinds import KindForm, NewKindForm
from linli.lib.clock import local_date, now
from linli.points import queries as points
from linli.web.access import actor_of, page
from linli.web.acting import action_page

RULE = Permission.RULE_EDIT


@page(Permission.ACTIVITY_VIEW)
def kinds(request: HttpRequest) -> HttpResponse:
    """List the kinds with what each says and how many activities are of it."""
    names = dict(_earned(now()))
    rows = [(kind, names.get(kind.indicator, kind.indicator)) for kind in queries.used_kinds()]
    return render(request, "activities/kinds.html", {"rows": rows, "rule": actor_of(request).may(RULE)})


@page(RULE, "GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Add a kind."""
    moment, actor = now(), actor_of(request)
    form = NewKindForm(request.POST or None, earned=_earned(moment))
    return action_page(
        request,
        form,
        lambda given: services.ensure_kind(form.plan(given["code"]), new=True, by=actor, now=moment, key=given["key"]),
        to=reverse("activity-kinds"),
        heading=_("New kind of activity"),
        verb=_("Add it"),
    )


@page(RULE, "GET", "POST")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a kind says, as far as its activities let it."""
    moment, actor, found = now(), actor_of(request), queries.kind(code)
    form = KindForm(request.POST or None, earned=_earned(moment), initial=KindForm.initial_of(found))
    return action_page(
        request,
        form,
        lambda given: services.ensure_kind(form.plan(found.code), by=actor, now=moment, key=given["key"]),
        to=reverse("activity-kinds"),
        heading=_("Kind: %(name)s") % {"name": found.name},
        verb=_("Save"),
    )


def _earned(moment: datetime) -> list[tuple[str, str]]:
    return [(each.code, each.name) for each in points.activity_indicators(local_date(moment))]
