"""Desk pages of cells: workers, vacancies, what is posted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.grid import queries, services
from linli.grid.forms_workers import EndForm, NoticeForm, ShownForm, TakeBackForm, WorkerForm
from linli.grid.policy.items import written
from linli.grid.policy.rules import CELL_RULES
from linli.grid.policy.sizes import RULES as SIZE_RULES
from linli.grid.policy.staffing import RULES
from linli.grid.policy.workers import PhoneUse
from linli.grid.queries import posted
from linli.lib.clock import local_date, now
from linli.members import queries as people
from linli.web.access import Need, actor_of, page
from linli.web.acting import action_page
from linli.web.forms import ActionForm
from linli.web.paging import page_of

SEE, EDIT = Permission.MEMBER_VIEW, Permission.GRID_STAFF
CELLS_A_PAGE = 50


@page(SEE)
def cells(request: HttpRequest) -> HttpResponse:
    """List the smallest cells in reach with workers and centre households: all, or those without a worker."""
    actor, today = actor_of(request), local_date(now())
    found = queries.cells(actor, SEE, today)
    empty = [line for line in found if not line.workers]
    vacant = request.GET.get("show") == "vacant"
    found.sort(key=lambda line: (bool(line.workers), not line.findings))
    posted = {line.notice.pk: line.notice for line in found if line.notice}
    context = {
        "page": page_of(request, empty if vacant else found, CELLS_A_PAGE),
        "counts": (len(found), len(empty)),
        "show": "vacant" if vacant else "",
        "edits": queries.edited(actor, EDIT, today),
        "places": list({line.place.pk: line.place for line in found}.values()),
        "notices": sorted(posted.values(), key=lambda notice: notice.place.path),
        "rules": (*RULES, *SIZE_RULES, *CELL_RULES),
    }
    return render(request, "grid/cells.html", context)


@page(EDIT, "GET", "POST")
def worker_add(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """Enter somebody who works for a cell."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    cell = queries.edited_cell(actor, EDIT, place, code, today)
    form = WorkerForm(request.POST or None, people=people.members(actor, SEE, today), initial={"since": today})
    return action_page(
        request,
        form,
        lambda given: services.appoint(cell, by=actor, now=moment, **given),
        to=reverse("doors-cells"),
        heading=_("Enter a worker of %(cell)s") % {"cell": cell.name},
        explanation=_("Name, telephone and days stand on the page of the cell at once, as far as you say so here."),
        verb=_("Enter the worker"),
        done=_("The worker is entered and posted."),
    )


@page(EDIT, "GET", "POST")
def worker(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what everybody reads of somebody who works for a cell."""
    actor, moment = actor_of(request), now()
    duty = queries.duty(actor, EDIT, pk, local_date(moment))
    held = {"kind": duty.kind, "full_name": duty.full_name, "phone": duty.phone, "phone_use": duty.phone_use}
    return action_page(
        request,
        ShownForm(request.POST or None, initial=held),
        lambda given: services.change(duty, by=actor, now=moment, **given),
        to=reverse("doors-cells"),
        heading=_("What is shown of %(name)s") % {"name": duty.called},
        explanation=_("Where the worker takes an agreement back, take it back here: the next reader sees it no more."),
        verb=_("Save"),
        done=_("Saved and posted."),
    )


@page(EDIT, "GET", "POST")
def worker_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a duty; who it was stays in the history, the telephone goes."""
    actor, moment = actor_of(request), now()
    duty = queries.duty(actor, EDIT, pk, local_date(moment))
    return action_page(
        request,
        EndForm(request.POST or None, initial={"day": local_date(moment)}),
        lambda given: services.end(duty, on=given["day"], by=actor, now=moment, key=given["key"]),
        to=reverse("doors-cells"),
        heading=_("End the duty of %(name)s") % {"name": duty.called},
        explanation=_("Who it was and from when to when stays in the history. The telephone is erased."),
        verb=_("End the duty"),
        danger=True,
        done=_("The duty is ended."),
    )


@page(EDIT, "GET", "POST")
def notice(request: HttpRequest, place: str) -> HttpResponse:
    """Publish the supervision telephone and the item list of the cells of a place; earlier ones stay in the history."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    found = queries.edited_place(actor, EDIT, place, today)
    held = queries.notice(found, today)
    initial: dict[str, object] = {"since": today}
    if held is not None:
        initial |= {"supervision": held.supervision, "items": written(held.listed), "document": held.document}
    return action_page(
        request,
        NoticeForm(request.POST or None, initial=initial),
        lambda given: services.publish_notice(found, by=actor, now=moment, **given),
        to=reverse("doors-cells"),
        heading=_("Notice of the grid: %(place)s") % {"place": found.name},
        explanation=_("It holds for every cell here and below, except where a place has a notice of its own."),
        verb=_("Publish it"),
        done=_("The notice is published."),
        template="grid/notice.html",
        place=found,
        notices=found.grid_notices.all(),
        lasting=found.grid_notices.filter(valid_to=None).exists(),
    )


@page(EDIT, "GET", "POST")
def notice_back(request: HttpRequest, place: str) -> HttpResponse:
    """Take back the notice that a place has of its own; the reason stays in the history."""
    actor, moment = actor_of(request), now()
    found = queries.edited_place(actor, EDIT, place, local_date(moment))
    held = found.grid_notices.filter(valid_to=None).first()
    back = reverse("grid-notice", kwargs={"place": place})
    if held is None:
        return HttpResponseRedirect(back)
    return action_page(
        request,
        TakeBackForm(request.POST or None),
        lambda given: services.take_back_notice(held, reason=given["reason"], by=actor, now=moment, key=given["key"]),
        to=back,
        heading=_("Take the notice back: %(place)s") % {"place": found.name},
        explanation=_(
            "Nobody reads it from today on. The notice of a place above holds then, or none. One that was published "
            "today goes altogether, and the one before it holds on. Ask the unit to replace posters that hang."
        ),
        verb=_("Take the notice back"),
        danger=True,
        done=_("The notice is taken back."),
    )


@page(Need.MEMBER)
def my_cells(request: HttpRequest) -> HttpResponse:
    """Show me the cells that I work for, and what everybody reads of me there."""
    rows = posted.own_duties(actor_of(request).member_id or 0, local_date(now()))
    return render(request, "grid/my_cells.html", {"rows": rows, "own": PhoneUse.AGREED})


@page(Need.MEMBER, "GET", "POST")
def my_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that everybody reads my own telephone at a cell."""
    actor, moment = actor_of(request), now()
    duty = posted.own_duty(actor.member_id or 0, pk, local_date(moment))
    return action_page(
        request,
        ActionForm(request.POST or None),
        lambda given: services.withdraw_phone(duty, by=actor, now=moment, key=given["key"]),
        to=reverse("my-cells"),
        heading=_("Show my own telephone no more"),
        explanation=_(
            "The page of the cell and every new poster are without it at once, and the number is erased. "
            "Ask the unit to replace posters that hang."
        ),
        verb=_("Take back"),
        done=_("Your telephone is shown no more."),
    )
