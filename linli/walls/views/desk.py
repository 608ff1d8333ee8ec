"""The desk: whose turn it is, what is overdue, and the buttons that the state allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from linli.access.catalogue import Permission
from linli.lib.clock import now
from linli.lib.words import gettext_noop
from linli.walls import services
from linli.walls.forms import desk_form
from linli.walls.models import Issue
from linli.walls.policy.states import Action
from linli.walls.queries import desk
from linli.web.access import actor_of, page
from linli.web.forms import ActionForm

SHOWS = (
    ("waiting", gettext_noop("Waiting")),
    ("answered", gettext_noop("Answered")),
    ("ended", gettext_noop("Ended")),
    ("all", gettext_noop("All")),
)
TURNS = {"mine": gettext_noop("My turn"), "below": gettext_noop("Walls below")}


@page(Permission.ISSUE_VIEW)
def issues(request: HttpRequest) -> HttpResponse:
    """List the issues in reach: overdue first, then by the next deadline."""
    show, turn = request.GET.get("show", "waiting"), request.GET.get("turn", "")
    show = show if show in desk.FILTERS else "waiting"
    turn = turn if turn in TURNS else ""
    found = desk.due_list(actor_of(request), now(), show=show, turn=turn, number=request.GET.get("page", "1"))
    shows = [(f"show={name}", gettext(words), name == show and not turn) for name, words in SHOWS]
    turns = [name for name in TURNS if name != "below" or found.below or turn == "below"]
    shows += [(f"turn={name}", gettext(TURNS[name]), name == turn) for name in turns if found.acts]
    context = {"found": found, "shows": shows, "keep": f"show={show}&turn={turn}&"}
    return render(request, "walls/desk_issues.html", context)


@page(Permission.ISSUE_VIEW)
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """Show an issue, to those who can act with its internal side, and what can be done with it now."""
    return _show(request, number)


def _show(request: HttpRequest, number: str, failed: tuple[Action, ActionForm] | None = None) -> HttpResponse:
    found = desk.desk_issue(actor_of(request), number, now())
    forms = {action: desk_form(action, found.issue) for action in found.actions}
    if failed is not None:
        forms[failed[0]] = failed[1]
    cards = [
        (action, form, failed is not None and action is failed[0], reverse(f"issue-{action.value}", args=[number]))
        for action, form in forms.items()
    ]
    context = {"found": found, "issue": found.issue, "cards": cards}
    return render(request, "walls/desk_issue.html", context, status=422 if failed else 200)


def _action(action: Action, verb: Callable[..., Issue], *fields: str) -> Callable[[HttpRequest, str], HttpResponse]:
    """Return the view that carries out `action` with the named fields of its form."""

    def view(request: HttpRequest, number: str) -> HttpResponse:
        actor, moment = actor_of(request), now()
        found = desk.issue_to_handle(actor, number, moment)
        form = desk_form(action, found, request.POST)
        if form.is_valid():
            sent: dict[str, Any] = {name: form.cleaned_data[name] for name in fields if name in form.cleaned_data}
            done = form.carry_out(lambda: verb(found, by=actor, now=moment, key=form.cleaned_data["key"], **sent))
            if done is not None:
                return redirect("desk-issue", number=number)
        return _show(request, number, (action, form))

    view.__name__ = action.value
    view.__doc__ = f"Carry out “{action.value}” on an issue; shown again with its form where refused (422)."
    return view


accept = page(Permission.ISSUE_HANDLE, "POST")(_action(Action.ACCEPT, services.accept, "photo_public"))
reply = page(Permission.ISSUE_HANDLE, "POST")(_action(Action.REPLY, services.reply, "text", "outcome"))
escalate = page(Permission.ISSUE_HANDLE, "POST")(_action(Action.ESCALATE, services.escalate, "reason"))
decline = page(Permission.ISSUE_HANDLE, "POST")(_action(Action.DECLINE, services.decline, "reason"))
