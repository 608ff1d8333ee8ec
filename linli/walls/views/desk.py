"""The desk: whose turn it is, what is overdue, and the buttons that the state allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
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


def _show(request: HttpRequest, number: str, failed: tuple[str, ActionForm] | None = None) -> HttpResponse:
    found = desk.desk_issue(actor_of(request), number, now())
    names = [action.value for action in found.actions] + ["hide"] * found.hides + ["photo"] * found.releases
    forms = {name: desk_form(name, found.issue) for name in names}
    if failed is not None:
        forms[failed[0]] = failed[1]
    address = {name: reverse(f"issue-{ADDRESSES.get(name, name)}", args=[number]) for name in forms}
    cards = [
        (action, forms[action.value], failed is not None and action.value == failed[0], address[action.value])
        for action in Action
        if action.value in forms
    ]
    context = {
        "found": found,
        "issue": found.issue,
        "cards": cards,
        "extra": {name: (forms[name], address[name]) for name in ADDRESSES if name in forms},
        "failed": failed[0] if failed else "",
    }
    return render(request, "walls/desk_issue.html", context, status=422 if failed else 200)


ADDRESSES = {"hide": "hide", "photo": "show-photo"}
"""The forms that change nothing about where the issue stands, with the names of their addresses."""


def _action(
    name: str, verb: Callable[..., Issue], done: Callable[[Issue], str], *fields: str
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Return the view that carries out `verb` with the named fields of the form `name`, and says what was `done`."""

    def view(request: HttpRequest, number: str) -> HttpResponse:
        actor, moment = actor_of(request), now()
        found = desk.issue_to_handle(actor, number, moment)
        form = desk_form(name, found, request.POST)
        if form.is_valid():
            sent: dict[str, Any] = {name: form.cleaned_data[name] for name in fields if name in form.cleaned_data}
            outcome = form.carry_out(lambda: verb(found, by=actor, now=moment, key=form.cleaned_data["key"], **sent))
            if outcome is not None:
                messages.success(request, done(outcome.result or found))
                return redirect("desk-issue", number=number)
        return _show(request, number, (name, form))

    view.__name__ = name
    view.__doc__ = f"Carry out “{name}” on an issue; shown again with its form where refused (422)."
    return view


def _accepted(issue: Issue) -> str:
    if issue.photo_id is None or issue.photo_public or issue.category.private:
        return gettext("Accepted. Everybody sees now who leads.")
    return gettext("Accepted. Everybody sees now who leads. The photo is not shown; you can still do so on this page.")


def _photo(issue: Issue) -> str:
    return gettext("Everybody can see the photo now.") if issue.photo_public else gettext("The photo is not shown now.")


def _says(words: str) -> Callable[[Issue], str]:
    return lambda _issue: gettext(words)


_handling = page(Permission.ISSUE_HANDLE, "POST")
accept = _handling(_action("accept", services.accept, _accepted, "photo_public"))
reply = _handling(_action("reply", services.reply, _says(gettext_noop("Your reply is public now.")), "text", "outcome"))
escalate = _handling(
    _action("escalate", services.escalate, _says(gettext_noop("Passed up, with the whole record.")), "reason")
)
decline = _handling(
    _action("decline", services.decline, _says(gettext_noop("Declined. The reason is public.")), "reason")
)
hide = _handling(_action("hide", services.hide_words, _says(gettext_noop("Everybody reads ●●● there now.")), "words"))
show_photo = _handling(_action("photo", services.show_photo, _photo, "photo_public"))
