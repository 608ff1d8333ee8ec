"""Pages of printed forms: the forms of an election as Word, and own templates instead of those that ship."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.files.policy.document import MAX_DOCUMENT
from linli.files.services import shipped
from linli.lib.clock import local_date, now
from linli.members.forms_papers import TemplateForm
from linli.members.papers import made
from linli.members.policy.papers import OFFERED, Paper
from linli.members.queries import elections
from linli.members.queries import papers as queries
from linli.members.services import papers as services
from linli.organisations import queries as organisations
from linli.web.access import actor_of, page
from linli.web.acting import action_page
from linli.web.downloads import download
from linli.web.forms import ActionForm

HOLD, APPROVE = Permission.ELECTION_HOLD, Permission.ELECTION_APPROVE


@page(HOLD)
def paper(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Give one of the printed forms of an election as a Word document; 404 before there is what it says."""
    found = elections.election(actor_of(request), pk)
    wanted = _paper(name)
    if found.state not in OFFERED[wanted]:
        raise Http404
    return download(made(found, wanted, now=now()), f"{found.body.name} {_(wanted.label)} {found.planned_on}.docx")


@page(APPROVE)
def papers(request: HttpRequest) -> HttpResponse:
    """List the forms with the fields of each, and the own templates."""
    kept = [(each, _(queries.form(each.paper).label), ActionForm()) for each in queries.templates(actor_of(request))]
    context = {
        "papers": [(each.code, _(each.label), _fields(each.sample)) for each in queries.forms().values()],
        "kept": kept,
    }
    return render(request, "members/papers.html", context)


@page(APPROVE, "GET", "POST")
def keep(request: HttpRequest) -> HttpResponse:
    """Take an own template, after it was checked."""
    actor, moment = actor_of(request), now()
    bodies = organisations.living(actor, APPROVE, local_date(moment)).filter(kind__in=elections.TEMPLATED)
    offered = [(each.code, _(each.label)) for each in queries.forms().values()]
    form = TemplateForm(request.POST or None, request.FILES or None, bodies=bodies, offered=offered)
    return action_page(
        request,
        form,
        lambda given: services.keep_template(
            given["body"],
            paper=given["paper"],
            content=given["file"].read(MAX_DOCUMENT + 1),
            name=given["file"].name,
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("papers"),
        heading=_("Own template"),
        explanation=_("It is opened and filled once with an example; what it names wrongly is said here."),
        verb=_("Check and keep"),
    )


@page(APPROVE)
def shipped_template(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 -- a view takes the request
    """Give the template that ships, to start from."""
    wanted = queries.form(name)
    return download(shipped(wanted, now=now()), f"{_(wanted.label)}.docx")


@page(APPROVE)
def own_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an own template back."""
    found = queries.template(actor_of(request), pk)
    return download(bytes(found.content), found.name, kind=".docx")


@page(APPROVE, "POST")
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an own template."""
    actor, form = actor_of(request), ActionForm(request.POST)
    if form.is_valid():
        key = form.cleaned_data["key"]
        form.carry_out(lambda: services.forget_template(pk, by=actor, now=now(), key=key))
    return HttpResponseRedirect(reverse("papers"))


def _paper(name: str) -> Paper:
    try:
        return Paper(name)
    except ValueError as error:
        raise Http404 from error


def _fields(sample: Any) -> list[tuple[str, str]]:
    """Return the fields of a form with an example of each; of a list the fields of its rows."""
    shown = []
    for name, value in sample.items():
        rows = value if isinstance(value, list) and value and isinstance(value[0], dict) else []
        keys = [(f"{name}: {key}", str(inner)) for row in rows[:1] for key, inner in row.items() if key != "lines"]
        shown += keys or [(name, str(value))]
    return shown
