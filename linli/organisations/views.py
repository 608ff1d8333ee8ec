"""Desk pages about the organisation tree."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.organisations import queries, services
from linli.organisations.forms import FoundForm, RenameForm
from linli.organisations.policy.kinds import BodyKind
from linli.web.access import actor_of, page


@page(Permission.ORGANISATION_VIEW)
def organisations(request: HttpRequest) -> HttpResponse:
    """Show the tree below the bodies that the actor sees, with the places served."""
    actor = actor_of(request)
    bodies = list(queries.living(actor, Permission.ORGANISATION_VIEW, local_date(now())))
    least = min((body.path.count(".") for body in bodies), default=0)
    rows = [(body, min(body.path.count(".") - least, 5)) for body in bodies]
    return render(
        request, "organisations/organisations.html", {"rows": rows, "edit": actor.may(Permission.ORGANISATION_EDIT)}
    )


@page(Permission.ORGANISATION_EDIT, "GET", "POST")
def found(request: HttpRequest) -> HttpResponse:
    """Found a body below one of mine."""
    actor, moment = actor_of(request), now()
    parents = queries.living(actor, Permission.ORGANISATION_EDIT, local_date(moment))
    places = queries.places(actor, Permission.ORGANISATION_EDIT, local_date(moment))
    form = FoundForm(request.POST or None, parents=parents, places=places, initial={"since": local_date(moment)})
    if form.is_valid():
        given = form.cleaned_data
        outcome = form.carry_out(
            lambda: services.found_body(
                kind=BodyKind(given["kind"]),
                code=given["code"],
                name=given["name"],
                parent=given["parent"],
                since=given["since"],
                serves=[given["serves"]] if given["serves"] else [],
                document=given["document"],
                by=actor,
                now=moment,
                key=given["key"],
            )
        )
        if outcome:
            return HttpResponseRedirect(reverse("organisations"))
    context = {"form": form, "heading": _("New body"), "verb": _("Found it"), "back": reverse("organisations")}
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(Permission.ORGANISATION_EDIT, "GET", "POST")
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a body another name."""
    actor = actor_of(request)
    body = queries.body(actor, Permission.ORGANISATION_EDIT, code)
    form = RenameForm(request.POST or None, initial={"name": body.name})
    if form.is_valid():
        given = form.cleaned_data
        if form.carry_out(
            lambda: services.rename_body(body, name=given["name"], by=actor, now=now(), key=given["key"])
        ):
            return HttpResponseRedirect(reverse("organisations"))
    context = {"form": form, "heading": body.name, "verb": _("Rename"), "back": reverse("organisations")}
    return render(request, "web/form.html", context, status=422 if form.errors else 200)
