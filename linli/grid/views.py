"""Desk pages of linked households, and one's own doors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.grid import queries, services
from linli.grid.forms import DoorsForm, LinkForm
from linli.grid.policy.rules import MEMBER_RULES
from linli.grid.printing import workbook as doors_workbook
from linli.lib.clock import local_date, now
from linli.members import queries as people
from linli.web.access import Need, actor_of, page
from linli.web.acting import action_page
from linli.web.downloads import download
from linli.web.forms import DayForm, said
from linli.web.paging import page_of

SEE, EDIT = Permission.MEMBER_VIEW, Permission.HOUSEHOLD_LINK
BUILDINGS_A_PAGE, MEMBERS_A_PAGE = 50, 100


@page(SEE)
def buildings(request: HttpRequest) -> HttpResponse:
    """List the buildings in reach with the number of doors that nobody answers for."""
    actor, today = actor_of(request), local_date(now())
    shown = page_of(request, queries.buildings(actor, SEE, today), BUILDINGS_A_PAGE)
    reached = queries.doors(actor, SEE, today)
    context = {
        "page": shown,
        "lines": queries.lines(shown, today),
        "doors": reached.count(),
        "free": queries.free(reached, today).count(),
    }
    return render(request, "grid/buildings.html", context)


@page(SEE)
def unlinked(request: HttpRequest) -> HttpResponse:
    """List the doors that nobody answers for, by building."""
    actor, today = actor_of(request), local_date(now())
    found = queries.with_free(queries.buildings(actor, SEE, today), today)
    shown = page_of(request, found, BUILDINGS_A_PAGE)
    context = {"page": shown, "rows": queries.unlinked(shown, today), "edit": actor.may(EDIT)}
    return render(request, "grid/unlinked.html", context)


@page(SEE)
def building(request: HttpRequest, code: str) -> HttpResponse:
    """Show the doors of a building or stairwell with who answers for each, today or on another day."""
    actor, today = actor_of(request), local_date(now())
    found = queries.holder(actor, SEE, code, today)
    form = DayForm(request.GET, today=today)
    context = {
        "place": found,
        "address": queries.addresses([found])[found.path],
        "form": form,
        "day": form.day,
        "stairs": queries.by_stairs(found, form.day),
        "edit": queries.reaches(actor, EDIT, found, today),
    }
    return render(request, "grid/building.html", context)


@page(EDIT, "GET", "POST")
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Let a member answer for doors of a building or stairwell; who did before does so no more."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    found = queries.holder(actor, EDIT, code, today)
    lines = queries.door_lines(queries.doors_below(found), today)
    free = [line.door.code for line in lines if line.link is None]
    form = LinkForm(
        request.POST or None,
        lines=lines,
        people=people.members(actor, SEE, today),
        initial={"day": today, "doors": free, "member": request.GET.get("member", "")},
    )

    def act(given: dict[str, Any]) -> None:
        made = services.link(
            given["doors"], member=given["member"], since=given["day"], by=actor, now=moment, key=given["key"]
        )
        messages.success(
            request, _("%(count)d doors linked to %(name)s.") % {"count": len(made), "name": given["member"].name}
        )
        for finding in queries.findings(given["member"], found, today):
            messages.warning(request, f"{given['member'].name}: {said(finding.mend, finding.values)}")

    return action_page(
        request,
        form,
        act,
        to=reverse("doors-building", args=[found.code]),
        heading=_("Link doors of %(place)s") % {"place": queries.addresses([found])[found.path]},
        explanation=_("Doors that nobody answers for are ticked. A door that is another's moves to this member."),
        verb=_("Link them"),
    )


@page(EDIT, "GET", "POST")
def unlink(request: HttpRequest, code: str) -> HttpResponse:
    """End links of a building or stairwell; the doors are free then."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    found = queries.holder(actor, EDIT, code, today)
    lines = [line for line in queries.door_lines(queries.doors_below(found), today) if line.link]
    return action_page(
        request,
        DoorsForm(request.POST or None, lines=lines, initial={"day": today}),
        lambda given: services.unlink(given["doors"], on=given["day"], by=actor, now=moment, key=given["key"]),
        to=reverse("doors-building", args=[found.code]),
        heading=_("End links of %(place)s") % {"place": queries.addresses([found])[found.path]},
        explanation=_("From that day on nobody answers for these doors. To pass them on, link them to another member."),
        verb=_("End them"),
        danger=True,
    )


@page(SEE)
def members(request: HttpRequest) -> HttpResponse:
    """List the members by how many doors they answer for: too many, too few, exempt, or all."""
    actor, today = actor_of(request), local_date(now())
    found = queries.loads(actor, SEE, today)
    kinds = [
        ("", _("All"), found),
        ("H1", _("Too many"), [line for line in found if "H1" in line.codes]),
        ("H2", _("Too few or none"), [line for line in found if "H2" in line.codes]),
        ("H3", _("Exempt, with doors"), [line for line in found if "H3" in line.codes]),
    ]
    show = request.GET.get("show", "")
    rows = next((rows for code, _words, rows in kinds if code == show), found)
    context = {
        "page": page_of(request, rows, MEMBERS_A_PAGE),
        "kinds": [(code, words, len(rows)) for code, words, rows in kinds],
        "show": show,
        "rules": MEMBER_RULES,
    }
    return render(request, "grid/members.html", context)


@page(SEE)
def workbook(request: HttpRequest) -> HttpResponse:
    """Give the doors in reach with who answers for each as Excel."""
    actor, today = actor_of(request), local_date(now())
    found = queries.doors(actor, SEE, today)
    content = doors_workbook(queries.door_lines(found, today), queries.addresses(found), today)
    return download(content, _("Doors-%(day)s.xlsx") % {"day": today.isoformat()})


@page(Need.MEMBER)
def my_doors(request: HttpRequest) -> HttpResponse:
    """Show me the doors that I answer for: places only."""
    rows = queries.own_doors(actor_of(request).member_id or 0, local_date(now()))
    return render(request, "grid/my_doors.html", {"rows": rows})
