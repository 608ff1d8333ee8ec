"""The page of an action: one form, one service, one way on; and an action that is only tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from linli.web.forms import ActionForm


def action_page(
    request: HttpRequest,
    form: ActionForm,
    action: Callable[[dict[str, Any]], object],
    *,
    to: str,
    then: Callable[[Any], str] | None = None,
    done: str = "",
    template: str = "web/form.html",
    **context: Any,
) -> HttpResponse:
    """Show `form`; when it was sent and is right, run `action` with its values and go on to the address `to`.

    `then` says a nearer address from what the action returned; `done` is said on the page that follows.
    What is refused stands at the form, which keeps what was typed, with status 422. `context` is what the template
    shows (heading, explanation, verb, back, danger); `back` is `to` unless given.
    """
    if form.is_bound and form.is_valid():
        outcome = form.carry_out(lambda: action(form.cleaned_data))
        if outcome is not None:
            if done:
                messages.success(request, done)
            return HttpResponseRedirect(then(outcome.result) if then and outcome.result else to)
    shown = {"form": form, "back": to} | context
    return render(request, template, shown, status=422 if form.errors else 200)


def tried(action: Callable[[], object]) -> None:
    """Run `action` and take everything back, so that what it refuses is said before anything is confirmed."""
    with transaction.atomic():
        action()
        transaction.set_rollback(True)
