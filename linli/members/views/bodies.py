"""Desk pages about the tree of bodies: as of any day, one body, and what the structure rules say of each branch."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.access.catalogue import Permission
from linli.access.decide import allowed
from linli.lib.clock import local_date, now
from linli.lib.rulebook import Severity
from linli.members.queries import bodies, structure
from linli.organisations import queries as organisations
from linli.web.access import actor_of, page
from linli.web.forms import DayForm

SEE, EDIT, MEMBERS = Permission.ORGANISATION_VIEW, Permission.ORGANISATION_EDIT, Permission.MEMBER_VIEW
DEEPEST = 5


@page(SEE)
def tree(request: HttpRequest) -> HttpResponse:
    """Show the tree as it stood on a day below the bodies that the actor sees, with the places served then."""
    actor, today = actor_of(request), local_date(now())
    form = DayForm(request.GET, today=today)
    day = form.day
    judged = {one.body.pk: one for one in structure.judged(actor, SEE, day) if one.findings}
    served: dict[int, list[str]] = defaultdict(list)
    for body, place in organisations.served_on(day):
        served[body].append(place)
    rows = [
        (node, min(node.depth, DEEPEST), served[node.body.pk], judged.get(node.body.pk))
        for node in organisations.tree_on(actor, SEE, day)
    ]
    context = {"rows": rows, "form": form, "day": day, "past": day != today, "edit": actor.may(EDIT)}
    return render(request, "members/tree.html", context, status=422 if form.errors else 200)


@page(SEE)
def rules(request: HttpRequest) -> HttpResponse:
    """Show what the structure rules say of the bodies in reach on a day: rule, source, and the mend proposed."""
    actor, today = actor_of(request), local_date(now())
    form = DayForm(request.GET, today=today)
    judged = structure.judged(actor, SEE, form.day)
    found = [one for one in judged if one.findings]
    context = {
        "form": form,
        "day": form.day,
        "found": found,
        "fine": len(judged) - len(found),
        "must": Severity.MUST,
        "rules": structure.RULES,
    }
    return render(request, "members/structure.html", context, status=422 if form.errors else 200)


@page(SEE)
def body(request: HttpRequest, code: str) -> HttpResponse:
    """Show one body: kind, parents, places, members, posts, what the rules say, and what happened to it."""
    actor, today = actor_of(request), local_date(now())
    found = organisations.body(actor, SEE, code)
    context = {
        "body": found,
        "sheet": bodies.sheet(found, today),
        "today": today,
        "living": found.valid_to is None or found.valid_to > today,
        "names": allowed(actor, MEMBERS, found.path),
        "edit": allowed(actor, EDIT, found.path),
        "place": bodies.may_be_placed(actor, found),
    }
    return render(request, "members/body.html", context)
