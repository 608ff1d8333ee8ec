"""Desk pages: the list, planning, one activity, changing and cancelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.access.decide import allowed
from linli.activities import queries, services
from linli.activities.forms import ChangeForm, PlanForm, ReasonForm
from linli.activities.models import Activity
from linli.activities.policy import codes
from linli.activities.policy.states import Action, State
from linli.lib.clock import local_date, now
from linli.lib.words import gettext_noop
from linli.organisations import queries as organisations
from linli.web.access import actor_of, page

A_PAGE = 30
SHOWS = {
    "upcoming": gettext_noop("Coming"),
    "record": gettext_noop("Roll to record"),
    "confirm": gettext_noop("Roll to confirm"),
    "minutes": gettext_noop("Minutes to finish"),
    "past": gettext_noop("Done and cancelled"),
}
PAGES = {
    Action.RECORD: "activity-roll",
    Action.CONFIRM: "activity-confirm",
    Action.RETURN: "activity-return",
    Action.CHANGE: "activity-change",
    Action.CANCEL: "activity-cancel",
}
"""The page of each action, in the order of the buttons."""


@page(Permission.ACTIVITY_VIEW)
def activities(request: HttpRequest) -> HttpResponse:
    """List what is coming, what waits for a roll or a second person, or what is done; by kind if asked."""
    actor, moment = actor_of(request), now()
    show = request.GET.get("show", "")
    show = show if show in SHOWS else "upcoming"
    kind = request.GET.get("kind", "")
    found = queries.listed(actor, show, moment)
    found = found.filter(kind__code=kind) if kind else found
    tabs = [(name, _(words), name == show) for name, words in SHOWS.items()]
    context = {
        "shown": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "show": show,
        "tabs": tabs,
        "kinds": list(queries.kinds()),
        "kind": kind,
        "waiting": queries.waiting(actor, moment),
        "may_plan": actor.may(Permission.ACTIVITY_PLAN),
        "now": moment,
    }
    return render(request, "activities/activities.html", context)


@page(Permission.ACTIVITY_PLAN, "GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Plan an activity of one of my bodies."""
    actor, moment = actor_of(request), now()
    bodies = organisations.living(actor, Permission.ACTIVITY_PLAN, local_date(moment))
    only = bodies[0] if len(bodies[:2]) == 1 else None
    form = PlanForm(
        request.POST or None, kinds=queries.offered(), bodies=bodies, initial={"body": only, "day": local_date(moment)}
    )
    if form.is_valid():
        given = form.cleaned_data
        starts, ends = form.times
        outcome = form.carry_out(
            lambda: services.plan(
                kind=given["kind"],
                body=given["body"],
                title=given["title"],
                spot=given["spot"],
                place=given["place"],
                starts_at=starts,
                ends_at=ends,
                by=actor,
                now=moment,
                key=given["key"],
            )
        )
        if outcome:
            ref = outcome.result.ref if outcome.result else outcome.repeated
            return HttpResponseRedirect(reverse("activity", args=[int(ref.partition(":")[2])]))
    context = {"form": form, "heading": _("Plan an activity"), "verb": _("Plan it"), "back": reverse("activities")}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


@page(Permission.ACTIVITY_VIEW)
def activity(request: HttpRequest, number: int) -> HttpResponse:
    """Show one activity with its roll and what can be done with it now."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, Permission.ACTIVITY_VIEW, number)
    possible = queries.possible(actor, found, moment)
    buttons = [(_(action.label), reverse(name, args=[number])) for action, name in PAGES.items() if action in possible]
    context = {
        "activity": found,
        "buttons": buttons,
        "rows": queries.rows(found, actor, Permission.ACTIVITY_VIEW),
        "tally": queries.tally(found),
        "open": found.state == State.PLANNED and codes.is_open(found.starts_at, found.ends_at, moment),
        "may_record": allowed(actor, Permission.ROLL_RECORD, found.body.path),
        "own_roll": found.state == State.RECORDED and found.recorded_by == actor.ref,
    }
    return render(request, "activities/activity.html", context)


@page(Permission.ACTIVITY_PLAN, "GET", "POST")
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change title, time and place of what is planned."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, Permission.ACTIVITY_PLAN, number)
    form = ChangeForm(request.POST or None, initial=ChangeForm.initial_of(found))

    def carry() -> Activity:
        given, (starts, ends) = form.cleaned_data, form.times
        return services.change(
            found,
            title=given["title"],
            spot=given["spot"],
            place=given["place"],
            starts_at=starts,
            ends_at=ends,
            by=actor,
            now=moment,
            key=given["key"],
        )

    return _act(request, found, form, carry, {"heading": _("Change the plan"), "verb": _("Save")})


@page(Permission.ACTIVITY_PLAN, "GET", "POST")
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Cancel what is planned, with a reason."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, Permission.ACTIVITY_PLAN, number)
    form = ReasonForm(request.POST or None)

    def carry() -> Activity:
        given = form.cleaned_data
        return services.cancel(found, reason=given["reason"], by=actor, now=moment, key=given["key"])

    words = {
        "heading": _("Cancel the activity"),
        "verb": _("Cancel the activity"),
        "explanation": _("It stays in the calendar, marked as cancelled, with the reason."),
        "danger": True,
    }
    return _act(request, found, form, carry, words)


@page(Permission.ROLL_CONFIRM, "GET", "POST")
def give_back(request: HttpRequest, number: int) -> HttpResponse:
    """Give a recorded roll back for correction, saying what is wrong."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, Permission.ROLL_CONFIRM, number)
    form = ReasonForm(request.POST or None)

    def carry() -> Activity:
        given = form.cleaned_data
        return services.return_roll(found, reason=given["reason"], by=actor, now=moment, key=given["key"])

    words = {
        "heading": _("Give the roll back for correction"),
        "verb": _("Give it back"),
        "explanation": _("What was marked stays; whoever records the roll mends it and sends it again."),
    }
    return _act(request, found, form, carry, words)


def _act(
    request: HttpRequest, found: Activity, form: Any, carry: Callable[[], Activity], words: Mapping[str, object]
) -> HttpResponse:
    back = reverse("activity", args=[found.pk])
    if form.is_valid() and form.carry_out(carry):
        return HttpResponseRedirect(back)
    context = {"form": form, "back": back, "activity": found, **words}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)
