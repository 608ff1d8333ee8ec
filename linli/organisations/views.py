"""Desk pages that change the tree of bodies; the tree itself and the page of a body show members (app above)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.organisations import queries, services
from linli.organisations.forms import FoundForm, MoveForm, RenameForm
from linli.organisations.policy.kinds import PARENTS, BodyKind
from linli.web.access import actor_of, page
from linli.web.acting import action_page

EDIT = Permission.ORGANISATION_EDIT


@page(EDIT, "GET", "POST")
def found(request: HttpRequest) -> HttpResponse:
    """Found a body below one of mine."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    form = FoundForm(
        request.POST or None,
        parents=queries.living(actor, EDIT, today),
        places=queries.places(actor, EDIT, today),
        initial={"since": today, "parent": request.GET.get("below", "")},
    )
    return action_page(
        request,
        form,
        lambda given: services.found_body(
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
        ),
        to=reverse("organisations"),
        heading=_("New body"),
        verb=_("Found it"),
    )


@page(EDIT, "GET", "POST")
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a body another name from a day on."""
    actor, moment = actor_of(request), now()
    body = queries.body(actor, EDIT, code)
    return action_page(
        request,
        RenameForm(request.POST or None, initial={"name": body.name, "on": local_date(moment)}),
        lambda given: services.rename_body(
            body, name=given["name"], on=given["on"], document=given["document"], by=actor, now=moment, key=given["key"]
        ),
        to=reverse("body", args=[code]),
        heading=_("Rename %(name)s") % {"name": body.name},
        explanation=_("The code stays, and what it was called before stays readable."),
        verb=_("Rename"),
    )


@page(EDIT, "GET", "POST")
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Move a body, with all below it, below another one from a day on; the actor answers for both bodies above."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    body = queries.placed_body(actor, EDIT, code)
    parents = queries.living(actor, EDIT, today).filter(kind__in=PARENTS[BodyKind(body.kind)]).exclude(pk=body.pk)
    return action_page(
        request,
        MoveForm(request.POST or None, parents=parents, initial={"on": today}),
        lambda given: services.move_body(
            body,
            parent=given["parent"],
            on=given["on"],
            document=given["document"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("body", args=[code]),
        heading=_("Move %(name)s below another body") % {"name": body.name},
        explanation=_("Everything below it moves along. Where it stood before stays readable."),
        verb=_("Move"),
    )
