"""Desk pages about places and grids. They stand here because bodies say whose places are whose (ADR 11)."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.access.decide import SYSTEM
from linli.audit import queries as audit
from linli.lib.clock import local_date, now
from linli.organisations import queries
from linli.organisations.forms_places import DATUMS, AdoptForm, DatumForm, GridForm, PlaceForm
from linli.places import queries as place_queries
from linli.places import services, words
from linli.places.policy import pictures
from linli.places.policy.datum import Datum
from linli.places.policy.kept import as_map
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.report import as_geojson
from linli.places.policy.survey import Survey
from linli.places.queries import Fitting
from linli.web.access import actor_of, page
from linli.web.acting import action_page
from linli.web.downloads import download
from linli.web.forms import ActionForm
from linli.web.paging import page_of

PLACES_A_PAGE = 100
GRIDS_A_PAGE = 20
FAULTS_SHOWN = 100
EDIT = Permission.PLACE_EDIT


@page(EDIT)
def places(request: HttpRequest) -> HttpResponse:
    """Show the tree of the actor's places, down to the buildings."""
    found = queries.places(actor_of(request), EDIT, local_date(now()))
    shown = page_of(request, found.exclude(kind__in=[PlaceKind.STAIRWELL, PlaceKind.HOUSEHOLD]), PLACES_A_PAGE)
    least = min((place.path.count(".") for place in shown), default=0)
    rows = [(place, min(place.path.count(".") - least, 5)) for place in shown]
    return render(request, "organisations/places.html", {"rows": rows, "page": shown})


@page(EDIT, "GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Add a place below one of mine."""
    actor, moment = actor_of(request), now()
    mine = queries.places(actor, EDIT, local_date(moment))
    form = PlaceForm(request.POST or None, places=mine, initial={"parent": request.GET.get("below", "")})
    if form.is_valid():
        given = form.cleaned_data
        if form.carry_out(
            lambda: services.add_place(
                kind=PlaceKind(given["kind"]),
                code=given["code"],
                name=given["name"],
                parent=given["parent"],
                by=actor,
                now=moment,
                key=given["key"],
            )
        ):
            return HttpResponseRedirect(reverse("desk-places"))
    context = {"form": form, "heading": _("New place"), "verb": _("Add it"), "back": reverse("desk-places")}
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(EDIT)
def grids(request: HttpRequest) -> HttpResponse:
    """Show every grid of the actor's places with its proof, made afresh, the maps that wait, and who has no grid."""
    actor, today = actor_of(request), local_date(now())
    shown = page_of(request, queries.grids(actor, EDIT, today), GRIDS_A_PAGE)
    waiting = list(queries.waiting_maps(actor, EDIT, today))
    people = audit.people(one.made_by for one in waiting)
    communities = queries.places(actor, EDIT, today).filter(kind=PlaceKind.COMMUNITY)
    context = {
        "page": shown,
        "proofs": place_queries.prove(shown, today),
        "waiting": [(one, people[one.made_by]) for one in waiting],
        "without": communities.exclude(grids__in=place_queries.grids(today)),
    }
    return render(request, "organisations/grids.html", context)


@page(EDIT)
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Show every grid that a place has had: from when to when, who saved it when, and why where that was late."""
    found = queries.places(actor_of(request), EDIT, local_date(now())).filter(code=code).first()
    if found is None:
        raise Http404
    shown = page_of(request, place_queries.history(found), GRIDS_A_PAGE)
    people = audit.people(grid.made_by for grid in shown) | {SYSTEM.ref: _("Command line")}
    context = {"place": found, "page": shown, "rows": [(grid, people[grid.made_by]) for grid in shown]}
    return render(request, "organisations/grid_history.html", context)


@page(EDIT, "GET", "POST")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a map away that waits, one's own or another's, after saying whose it is."""
    actor, moment = actor_of(request), now()
    found = queries.proposal(actor, EDIT, pk, local_date(moment))
    if found.grid_id is not None:
        return HttpResponseRedirect(reverse("desk-grids"))
    said = {
        "file": found.file_name,
        "place": found.place.name,
        "who": audit.people([found.made_by])[found.made_by],
        "edits": found.steps.count(),
    }
    return action_page(
        request,
        ActionForm(request.POST or None),
        lambda given: services.discard_proposal(found, by=actor, now=moment, key=given["key"]),
        to=reverse("desk-grids"),
        heading=_("Throw the map away"),
        explanation=_("%(file)s of %(place)s, from %(who)s, edits: %(edits)d. The grid itself stays as it is.") % said,
        verb=_("Throw it away"),
        danger=True,
        done=_("The map is thrown away."),
    )


@page(EDIT, "GET", "POST")
def propose(request: HttpRequest) -> HttpResponse:
    """Take a map and prove it; nothing is saved as a grid yet."""
    actor, moment = actor_of(request), now()
    mine = queries.places(actor, EDIT, local_date(moment))
    first = {"since": local_date(moment), "place": request.GET.get("place", "")}
    form = GridForm(request.POST or None, request.FILES or None, places=mine, initial=first)
    if form.is_valid():
        given = form.cleaned_data
        outcome = form.carry_out(
            lambda: services.propose_grid(
                given["place"],
                since=given["since"],
                file_name=given["file"].name[:120],
                cells=given["file"].read(),
                boundary=given["boundary"].read() if given["boundary"] else b"",
                datum=Datum(given["datum"]) if given["datum"] else None,
                tolerance=float(given["tolerance"]),
                identify=given["identify"],
                layer=given["layer"],
                boundary_layer=given["boundary_layer"],
                by=actor,
                now=moment,
                key=given["key"],
            )
        )
        if outcome:
            pk = outcome.result.pk if outcome.result else int(outcome.repeated.split(":")[1])
            return HttpResponseRedirect(reverse("grid-proposal", kwargs={"pk": pk}))
    context = {
        "form": form,
        "heading": _("Check a map"),
        "explanation": _("The map is proven first: no gap, no overlap. You see the result before anything is saved."),
        "verb": _("Check"),
        "back": reverse("desk-grids"),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(EDIT, "GET", "POST")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the proof of a map that was sent in; where it is sound, save it as the grid."""
    found = queries.proposal(actor_of(request), EDIT, pk, local_date(now()))
    form = AdoptForm(request.POST or None, initial=_shown(found))
    if elsewhere := _elsewhere(found) or _adopted(request, found, form, mended=False):
        return HttpResponseRedirect(elsewhere)
    survey = place_queries.survey_of(found)
    below = place_queries.children(found.place, survey.cells, survey.report.noise, found.since)
    lines = words.child_lines(below)
    context = {"proposal": found, "form": form, "below": below, "misfits": lines, **_proof(survey)}
    return render(request, "organisations/grid_proposal.html", context, status=422 if form.errors else 200)


@page(EDIT, "GET", "POST")
def datum(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask in which coordinates a map was drawn; what fits the known outline of the place best is proposed."""
    actor, moment = actor_of(request), now()
    found = queries.proposal(actor, EDIT, pk, local_date(moment))
    if found.grid_id is not None:
        return HttpResponseRedirect(reverse("desk-grids"))
    fitting = place_queries.fits_of_proposal(found)
    best = max(fitting.shares, key=lambda each: fitting.shares[each], default=None)
    form = DatumForm(request.POST or None, shares=fitting.shares, initial={"datum": best})
    if form.is_valid():
        said = Datum(form.cleaned_data["datum"])
        key = form.cleaned_data["key"]
        if form.carry_out(lambda: services.answer_datum(found, said, by=actor, now=moment, key=key)):
            return HttpResponseRedirect(reverse("grid-proposal", kwargs={"pk": pk}))
    context = {
        "form": form,
        "heading": _("In which coordinates was the map drawn?"),
        "explanation": _asked(fitting, best),
        "verb": _("Go on to the proof"),
        "back": reverse("grid-propose"),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def _asked(fitting: Fitting, best: Datum | None) -> str:
    """Say why it is asked, and what is known."""
    if fitting.grid is None or best is None:
        return _(
            "The file does not say it, and nothing known of the place can be compared. The choice moves the map by "
            "hundreds of metres: ask who drew it, or look which map lay below when it was drawn."
        )
    named = {"place": fitting.grid.place.name, "day": fitting.grid.valid_from, "best": dict(DATUMS)[best.value]}
    return _("Compared with the grid of %(place)s from %(day)s on, the map fits best as %(best)s.") % named


@page(EDIT)
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the faults of a map that was sent in as GeoJSON."""
    found = queries.proposal(actor_of(request), EDIT, pk, local_date(now()))
    if found.grid_id is not None:
        return HttpResponseRedirect(reverse("desk-grids"))
    report = place_queries.survey_of(found).report
    document = as_geojson(report, mends=[line.mend for line in words.fault_lines(report.faults)])
    content = json.dumps(document, ensure_ascii=False).encode()
    return download(content, _("Faults of the map-%(place)s.geojson") % {"place": found.place.name})


@page(EDIT, "GET", "POST")
def mended(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what mending a map would change; where nothing is left to decide, save the mended map as the grid."""
    found = queries.proposal(actor_of(request), EDIT, pk, local_date(now()))
    form = AdoptForm(request.POST or None, initial=_shown(found))
    if elsewhere := _elsewhere(found) or _adopted(request, found, form, mended=True):
        return HttpResponseRedirect(elsewhere)
    done = place_queries.repair_of(found)
    context = {
        "proposal": found,
        "form": form,
        "report": done.survey.report,
        "left": words.fault_lines(done.survey.report.faults[:FAULTS_SHOWN]),
        "picture": pictures.change_map(done, FAULTS_SHOWN),
        "lines": words.change_lines(done.changes[:FAULTS_SHOWN]),
        "more": max(0, len(done.changes) - FAULTS_SHOWN),
        "differences": [(one, one.after - one.before) for one in done.differences[:FAULTS_SHOWN]],
    }
    return render(request, "organisations/grid_mended.html", context, status=422 if form.errors else 200)


@page(EDIT)
def mended_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the mended map as GeoJSON, for the map program."""
    found = queries.proposal(actor_of(request), EDIT, pk, local_date(now()))
    if elsewhere := _elsewhere(found):
        return HttpResponseRedirect(elsewhere)
    content = json.dumps(as_map(place_queries.repair_of(found).survey.cells), ensure_ascii=False).encode()
    return download(content, _("Mended map-%(place)s.geojson") % {"place": found.place.name})


def _shown(found: Any) -> dict[str, object]:
    """Return what a form that saves a map starts with: the last edit that is shown, and the day."""
    last = found.steps.last()
    return {"seen": last.pk if last else 0, "since": place_queries.day_offered(found, local_date(now()))}


def _elsewhere(found: Any) -> str:
    """Return where a map leads that was saved, or whose coordinates nobody has said; else nothing."""
    if found.grid_id is not None:
        return reverse("desk-grids")
    return reverse("grid-datum", kwargs={"pk": found.pk}) if found.datum_open else ""


def _adopted(request: HttpRequest, found: Any, form: AdoptForm, *, mended: bool) -> str:
    """Save the map where the form says so; return where that leads, or nothing."""
    if not form.is_valid():
        return ""
    given: dict[str, Any] = form.cleaned_data
    done = form.carry_out(
        lambda: services.adopt_proposal(
            found,
            since=given["since"],
            reason=given["reason"],
            seen=given["seen"],
            mended=mended,
            by=actor_of(request),
            now=now(),
            key=given["key"],
        )
    )
    return reverse("desk-grids") if done else ""


def _proof(survey: Survey) -> dict[str, object]:
    return {
        "report": survey.report,
        "picture": pictures.fault_map(survey, FAULTS_SHOWN),
        "lines": words.fault_lines(survey.report.faults[:FAULTS_SHOWN]),
        "more": max(0, len(survey.report.faults) - FAULTS_SHOWN),
        "notes": words.notes(survey.report),
    }
