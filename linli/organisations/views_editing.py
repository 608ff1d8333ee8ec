"""Desk pages on which a map is edited, by hand on the map or by the forms beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.audit import queries as audit
from linli.lib.clock import local_date, now
from linli.lib.errors import Refusal
from linli.organisations import queries
from linli.organisations.forms_editing import CornerForm, DrawForm, EditForm, JoinForm, RenameForm, SplitForm, UndoForm
from linli.places import queries as place_queries
from linli.places import services, words
from linli.places.policy import corners, editing, pictures
from linli.places.policy.closeup import close_up, redrawn
from linli.places.policy.draft import Changes
from linli.places.policy.steps import EditAction
from linli.web.access import actor_of, page
from linli.web.forms import KEY, sentence
from linli.web.paging import page_of

EDIT = Permission.PLACE_EDIT
CELLS_A_PAGE = 60
FAULTS_SHOWN = 100

type Maker = Callable[[place_queries.Pen, str, dict[str, Any]], tuple[EditAction, Changes]]


@page(EDIT, "GET", "POST")
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin to edit the grid that a place has today; nothing changes until the new map is saved."""
    actor, moment = actor_of(request), now()
    grid = queries.grid(actor, EDIT, code, local_date(moment))
    form = EditForm(request.POST or None, initial={"seen": 0})
    if form.is_valid():
        outcome = form.carry_out(
            lambda: services.draft_grid(
                grid, since=local_date(moment), by=actor, now=moment, key=form.cleaned_data["key"]
            )
        )
        if outcome:
            pk = outcome.result.pk if outcome.result else int(outcome.repeated.split(":")[1])
            return HttpResponseRedirect(reverse("grid-edit", kwargs={"pk": pk}))
    context = {
        "form": form,
        "heading": _("Edit the map of %(name)s") % {"name": grid.place.name},
        "explanation": _("You edit a copy. The grid stays as it is until you save the new map."),
        "verb": _("Begin"),
        "back": reverse("desk-grids"),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(EDIT, "GET", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole map under the pen, with what is wrong; draw a new cell."""
    found = _waiting(request, pk)
    pen = place_queries.pen(found)
    form = DrawForm(request.POST or None, initial={"seen": pen.seen})
    if _repeated(request):
        return HttpResponseRedirect(reverse("grid-edit", kwargs={"pk": pk}))
    if form.is_valid() and _carried_out(request, found, form, pen, "", _draw):
        return HttpResponseRedirect(reverse("grid-edit", kwargs={"pk": pk}))
    survey = place_queries.survey_of(found)
    faults = words.fault_lines(survey.report.faults[:FAULTS_SHOWN])
    context = {
        "proposal": found,
        "form": form,
        "report": survey.report,
        "picture": pictures.edit_map(survey, FAULTS_SHOWN, settings.BASEMAP_URL),
        "lines": faults,
        "last": found.steps.last(),
        "undo": UndoForm(initial={"seen": pen.seen}),
        "page": page_of(request, pictures.edit_rows(survey), CELLS_A_PAGE),
    }
    return render(request, "organisations/grid_edit.html", context, status=422 if form.errors else 200)


@page(EDIT, "GET", "POST")
def cell(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Show one cell large with its corners; move them, divide the cell, join it, name it."""
    found = _waiting(request, pk)
    pen = place_queries.pen(found)
    does = request.POST.get("does", "")
    repeated = _repeated(request)
    code = request.POST.get("new", "") if repeated and does == "rename" else code
    if code not in pen.draft:
        return HttpResponseRedirect(reverse("grid-edit", kwargs={"pk": pk}))
    if repeated:
        return HttpResponseRedirect(reverse("grid-edit-cell", kwargs={"pk": pk, "code": code}))
    content = pen.draft.get(code)
    beside = pen.beside(code)
    first = {"seen": pen.seen}
    named = first | {"new": code, "name": content.name, "places": ", ".join(content.places)}
    sent = {name: request.POST if does == name else None for name in ("corner", "split", "join", "rename")}
    forms = {
        "corner": CornerForm(sent["corner"], initial=first, prefix=""),
        "split": SplitForm(sent["split"], initial=first, auto_id="split_%s"),
        "join": JoinForm(sent["join"], initial=first, neighbours=beside, auto_id="join_%s"),
        "rename": RenameForm(sent["rename"], initial=named, auto_id="rename_%s"),
    }
    chosen = forms.get(does)
    if chosen is not None and chosen.is_valid() and _carried_out(request, found, chosen, pen, code, _MAKERS[does]):
        after = chosen.cleaned_data["new"] if does == "rename" else code
        return HttpResponseRedirect(reverse("grid-edit-cell", kwargs={"pk": pk, "code": after}))
    faults = [fault for fault in place_queries.survey_of(found).report.faults if code in fault.cells]
    context = {
        "proposal": found,
        "code": code,
        "content": content,
        "forms": forms,
        "picture": close_up(pen.draft, code, faults, settings.BASEMAP_URL),
        "lines": words.fault_lines(faults),
        "last": found.steps.last(),
        "undo": UndoForm(initial={"seen": pen.seen, "cell": code}),
    }
    return render(request, "organisations/grid_cell.html", context, status=422 if chosen and chosen.errors else 200)


@page(EDIT, "POST")
def try_(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Tell what an edit of a corner would look like and what would be wrong; nothing is saved."""
    pen = place_queries.pen(_waiting(request, pk))
    form = CornerForm(request.POST)
    if code not in pen.draft or not form.is_valid():
        return JsonResponse({"words": _("This cannot be tried; load the page again.")}, status=422)
    try:
        _action, changes = _corner(pen, code, form.cleaned_data)
    except Refusal as refusal:
        return JsonResponse({"words": sentence(refusal)}, status=422)
    faults = pen.faults(changes)
    said = "; ".join(f"{line.kind_name} {line.area:,.1f} m²" for line in words.fault_lines(faults))
    return JsonResponse(redrawn(pen.draft, code, changes, faults) | {"words": said or _("No gap and no overlap.")})


@page(EDIT, "POST")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the last edit; go back to the page of the cell where that was asked, else to the whole map."""
    actor, moment = actor_of(request), now()
    found = _waiting(request, pk)
    form = UndoForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if not form.carry_out(
            lambda: services.undo_edit(found, seen=given["seen"], by=actor, now=moment, key=given["key"])
        ):
            messages.warning(request, str(form.non_field_errors()[0]))
        if given["cell"]:
            return HttpResponseRedirect(reverse("grid-edit-cell", kwargs={"pk": pk, "code": given["cell"]}))
    return HttpResponseRedirect(reverse("grid-edit", kwargs={"pk": pk}))


def _waiting(request: HttpRequest, pk: int) -> Any:
    return queries.proposal(actor_of(request), EDIT, pk, local_date(now()), waiting=True)


def _repeated(request: HttpRequest) -> bool:
    """Tell whether a form was carried out before. Ask after the map was read, and before the form is judged by it.

    A second click finds the map as the first has left it: a cell that is joined already is no neighbour any more.
    """
    key = request.POST.get("key", "")
    return re.match(KEY, key) is not None and any(audit.refs_of(key))


def _carried_out(
    request: HttpRequest, found: Any, form: EditForm, pen: place_queries.Pen, code: str, maker: Maker
) -> bool:
    given = form.cleaned_data

    def act() -> object:
        action, changes = maker(pen, code, given)
        return services.edit_map(
            found, changes, action=action, seen=given["seen"], by=actor_of(request), now=now(), key=given["key"]
        )

    return form.carry_out(act) is not None


def _corner(pen: place_queries.Pen, code: str, given: dict[str, Any]) -> tuple[EditAction, Changes]:
    action, content = EditAction(given["action"]), pen.draft.get(code)
    at = corners.corner(content, given["corner"])
    if action is EditAction.DROP:
        return action, corners.drop(pen.draft, at)
    if action is EditAction.BEND:
        at = corners.middle(content, given["corner"])
    return action, corners.move(pen.draft, at, corners.moved(at, given["east"] or 0.0, given["north"] or 0.0))


def _split(pen: place_queries.Pen, code: str, given: dict[str, Any]) -> tuple[EditAction, Changes]:
    wanted = {name: given[name] for name in ("first", "last", "via", "new", "name")}
    return EditAction.SPLIT, editing.split(pen.draft, code, **wanted)


def _join(pen: place_queries.Pen, code: str, given: dict[str, Any]) -> tuple[EditAction, Changes]:
    return EditAction.JOIN, editing.join(pen.draft, code, given["other"])


def _rename(pen: place_queries.Pen, code: str, given: dict[str, Any]) -> tuple[EditAction, Changes]:
    wanted = {name: given[name] for name in ("new", "name", "places")}
    return EditAction.RENAME, editing.rename(pen.draft, code, **wanted)


def _draw(pen: place_queries.Pen, _code: str, given: dict[str, Any]) -> tuple[EditAction, Changes]:
    return EditAction.DRAW, editing.draw(
        pen.draft, given["ring"], new=given["new"], name=given["name"], within=pen.boundary
    )


_MAKERS: dict[str, Maker] = {"corner": _corner, "split": _split, "join": _join, "rename": _rename}
