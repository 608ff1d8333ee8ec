"""The one way in which a page of the desk asks for a form and carries it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from linli.web.forms import ActionForm


def acted(
    request: HttpRequest, form: ActionForm, action: Callable[[dict[str, Any]], object], *, back: str, **words: Any
) -> HttpResponse:
    """Carry out `action` with what the form gives and go `back`; else show the form with its errors.

    `words`: heading, verb, perhaps explanation and danger, as `web/form.html` takes them.
    """
    if form.is_valid() and form.carry_out(lambda: action(form.cleaned_data)):
        return HttpResponseRedirect(back)
    return render(request, "web/form.html", {"form": form, "back": back, **words}, status=422 if form.errors else 200)
