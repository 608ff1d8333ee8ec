"""Pages about institutions, duties and the service budget: the desk, and what everybody reads."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.access.decide import allowed
from linli.lib.clock import local_date, now
from linli.organisations import services
from linli.organisations.forms_institutions import AdoptForm, BudgetForm, DutyForm, EndForm, RepealForm
from linli.organisations.policy.institutions import DutyState, Group, level, yuan
from linli.organisations.queries import body as body_in_reach
from linli.organisations.queries import institutions as queries
from linli.web.access import Need, actor_of, page
from linli.web.acting import action_page
from linli.web.forms import ActionForm

SEE, EDIT = Permission.ORGANISATION_VIEW, Permission.INSTITUTION_EDIT
ENDED_SHOWN = 20


@page(Need.PUBLIC)
def published(request: HttpRequest) -> HttpResponse:
    """Show everybody the public institutions and the published budget, by body."""
    found = queries.published(local_date(now()))
    rows = [(each, [(line, yuan(line.planned_fen), yuan(line.spent_fen)) for line in each.lines]) for each in found]
    return render(request, "organisations/published.html", {"rows": rows})


@page(Need.PUBLIC)
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everybody the words of a public institution as they hold today."""
    found, version = queries.published_institution(pk, local_date(now()))
    return render(request, "organisations/read.html", {"institution": found, "version": version})


@page(SEE)
def institutions(request: HttpRequest) -> HttpResponse:
    """List the institutions in reach in their five groups, and the responsibility list with what is red first."""
    actor, today = actor_of(request), local_date(now())
    held, above = list(queries.institutions(actor, today)), queries.binding(actor, today)
    duties = [(each, level(each.due_on, today)) for each in queries.open_duties(actor, SEE)]
    context = {
        "groups": [
            (_(group.label), *([each for each in some if each.group == group] for some in (held, above)))
            for group in Group
        ],
        "duties": duties,
        "ended": queries.duties(actor, SEE).exclude(state=DutyState.OPEN).order_by("-ended_on", "-pk")[:ENDED_SHOWN],
        "edit": actor.may(EDIT),
    }
    return render(request, "organisations/institutions.html", context)


@page(SEE)
def institution(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an institution with all its versions."""
    actor = actor_of(request)
    found = queries.institution(actor, SEE, pk)
    context = {"institution": found, "today": local_date(now()), "edit": allowed(actor, EDIT, found.body.path)}
    return render(request, "organisations/institution.html", context)


@page(EDIT, "GET", "POST")
def adopt(request: HttpRequest) -> HttpResponse:
    """Adopt the words of an institution: a new one, or the next version of `?of=`."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    first: dict[str, Any] = {"since": today}
    if request.GET.get("of", "").isdecimal():
        of = queries.institution(actor, EDIT, int(request.GET["of"]))
        last = of.versions.first()
        words = {"text": last.text if last else "", "public": of.public}
        first |= {"body": of.body.code, "group": of.group, "title": of.title} | words
    form = AdoptForm(request.POST or None, bodies=queries.editable(actor, today), initial=first)
    return action_page(
        request,
        form,
        lambda given: services.adopt(
            body=given["body"],
            group=Group(given["group"]),
            title=given["title"],
            text=given["text"],
            since=given["since"],
            document=given["document"],
            public=given["public"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("institutions"),
        heading=_("Words of an institution"),
        explanation=_("The same title of the same body makes its next version; the earlier one stays readable."),
        verb=_("Adopt"),
    )


@page(EDIT, "GET", "POST")
def repeal(request: HttpRequest, pk: int) -> HttpResponse:
    """End an institution on a day."""
    actor, moment = actor_of(request), now()
    found = queries.institution(actor, EDIT, pk)
    return action_page(
        request,
        RepealForm(request.POST or None, initial={"on": local_date(moment)}),
        lambda given: services.repeal(found, on=given["on"], by=actor, now=moment, key=given["key"]),
        to=reverse("institution", args=[pk]),
        heading=_("Repeal “%(title)s”") % {"title": found.title},
        verb=_("Repeal"),
    )


@page(EDIT, "GET", "POST")
def duty_new(request: HttpRequest) -> HttpResponse:
    """Enter a duty."""
    return _duty(request, None)


@page(EDIT, "GET", "POST")
def duty_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an open duty: words, who answers, until when."""
    return _duty(request, pk)


def _duty(request: HttpRequest, pk: int | None) -> HttpResponse:
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    found = None if pk is None else queries.duty(actor, EDIT, pk)
    form = DutyForm(
        request.POST or None,
        bodies=queries.editable(actor, today),
        institutions=queries.institutions(actor, today),
        initial=DutyForm.initial_of(found) if found else {},
    )
    return action_page(
        request,
        form,
        lambda given: services.set_duty(
            duty=found,
            body=given["body"],
            institution=given["institution"],
            who=given["who"],
            what=given["what"],
            due_on=given["due_on"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("institutions"),
        heading=found.what if found else _("New duty"),
        verb=_("Save"),
    )


@page(EDIT, "GET", "POST")
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a duty is done or dropped."""
    actor, moment = actor_of(request), now()
    found = queries.duty(actor, EDIT, pk)
    return action_page(
        request,
        EndForm(request.POST or None, initial={"state": DutyState.DONE}),
        lambda given: services.end_duty(
            found,
            state=DutyState(given["state"]),
            result=given["result"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("institutions"),
        heading=found.what,
        explanation=_("Who answers for it: %(who)s, until %(day)s.") % {"who": found.who, "day": found.due_on},
        verb=_("Save"),
    )


@page(SEE)
def budget(request: HttpRequest) -> HttpResponse:
    """Show the service budget of a year (`?year=`), by body, with what is published."""
    actor, today = actor_of(request), local_date(now())
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and len(wanted) == len("2026") else today.year
    bodies = []
    for body, lines in groupby(queries.budget(actor, SEE, year), key=lambda line: line.body):
        own = list(lines)
        rows = [(line, yuan(line.planned_fen), yuan(line.spent_fen)) for line in own]
        sums = yuan(sum(line.planned_fen for line in own)), yuan(sum(line.spent_fen for line in own))
        may = allowed(actor, EDIT, body.path) and any(line.published_on is None for line in own)
        bodies.append((body, rows, sums, ActionForm() if may else None))
    context = {"bodies": bodies, "year": year, "edit": actor.may(EDIT)}
    return render(request, "organisations/budget.html", context)


@page(EDIT, "GET", "POST")
def budget_line(request: HttpRequest) -> HttpResponse:
    """Enter or change a line of the service budget; the same title of the same year changes it."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    first = {name: request.GET.get(name, "") for name in ("body", "title", "source", "planned", "spent")}
    first |= {"year": request.GET.get("year") or str(today.year), "spent": first["spent"] or "0"}
    return action_page(
        request,
        BudgetForm(request.POST or None, bodies=queries.editable(actor, today), initial=first),
        lambda given: services.set_budget_line(
            body=given["body"],
            year=given["year"],
            title=given["title"],
            source=given["source"],
            planned_fen=given["planned"],
            spent_fen=given["spent"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("budget"),
        heading=_("Line of the service budget"),
        explanation=_("A published line stays as it is; a correction is a line of its own."),
        verb=_("Save"),
    )


@page(EDIT, "POST")
def budget_publish(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Publish the lines of a body for a year."""
    actor, moment = actor_of(request), now()
    body = body_in_reach(actor, EDIT, code)
    return action_page(
        request,
        ActionForm(request.POST),
        lambda given: services.publish_budget(body, year=year, by=actor, now=moment, key=given["key"]),
        to=reverse("budget"),
        heading=_("Publish the service budget"),
        verb=_("Publish"),
    )
