"""Pages of figures about members: by unit and day, crossed, the annual sheet, and the few that everybody may see."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.members import printing_figures as printing
from linli.members import queries
from linli.members.forms_figures import AnnualForm, FiguresForm
from linli.members.policy.dimensions import Dimension
from linli.members.policy.suppression import LEAST
from linli.members.printing_figures import words
from linli.members.queries import statistics as figures
from linli.members.queries.statistics import Cube, Statistics
from linli.organisations import queries as organisations
from linli.web.access import Need, actor_of, page
from linli.web.downloads import download
from linli.web.forms import DayForm

VIEW = Permission.MEMBER_VIEW
FORMS = ("xlsx", "pdf")


def _asked_for(request: HttpRequest) -> tuple[FiguresForm, Statistics]:
    """Return the form of the figures with what it asks for."""
    actor, today = actor_of(request), local_date(now())
    day = DayForm(request.GET, today=today).day
    form = FiguresForm(request.GET, units=list(queries.units(actor, VIEW, day)), today=today)
    return form, figures.statistics(actor, VIEW, form.unit_asked, form.day)


@page(VIEW)
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the figures of a unit on a day; each opens to its list."""
    form, found = _asked_for(request)
    rows, columns = form.crossed
    common = _common(form.unit_asked, form.day, form.today)
    units = [
        (each, _opened(common, unit=each.node.body.code, own="on"), _opened(common, unit=each.node.body.code))
        for each in found.units
    ]
    counts = [
        (_(each.label), [(words(cell), count, _opened(common, **{each.value: cell.value})) for cell, count in by])
        for each, by in found.by.items()
    ]
    context = {
        "form": form,
        "figures": found,
        "everybody": _opened(common),
        "committees": _opened(common, committees="on"),
        "postgraduates": _opened(common, committees="on", education="postgraduate"),
        "college": _opened(common, committees="on", schooled="on"),
        "apart": _opened(common | {"counted": "no"}),
        "units": units,
        "counts": counts,
        "cross": _crossed(found.cube, rows, columns, common),
        "pivot": reverse("members-pivot") + "?" + _query(form),
        "annual": reverse("members-annual") + (f"?unit={form.unit_asked.code}" if form.unit_asked else ""),
    }
    return render(request, "members/statistics.html", context)


@page(VIEW)
def pivot(request: HttpRequest) -> HttpResponse:
    """Give the cross table of two dimensions, in all and unit by unit, as a workbook."""
    form, found = _asked_for(request)
    rows, columns = form.crossed
    paths = organisations.paths_on(form.day)
    name = form.unit_asked.name if form.unit_asked else _("all units in reach")
    content = printing.crossed_file(
        found.cube,
        [(each.node, paths[each.node.body.pk]) for each in found.units],
        rows=rows,
        across=columns,
        name=name,
        day=form.day,
    )
    return download(content, _("Members in figures %(day)s") % {"day": form.day} + ".xlsx")


@page(VIEW)
def annual(request: HttpRequest) -> HttpResponse:
    """Show the annual sheet of a unit, unit by unit; each figure opens to its list."""
    form, unit = _annual_of(request)
    found = figures.annual(actor_of(request), VIEW, unit, form.day)
    columns = printing.columns(found)
    common = _common(unit, form.day, form.today)
    rows = [
        (
            node,
            [(column, column.of(path), _opened(common, unit=node.body.code, **column.asked)) for column in columns],
        )
        for node, path in found.nodes
    ]
    asked = urlencode({"unit": unit.code, "year": form.day.year})
    context = {
        "form": form,
        "title": printing.annual_title(unit.name, form.day),
        "columns": columns,
        "rows": rows,
        "note": printing.counts_note(),
        "xlsx": reverse("members-annual-file", args=["xlsx"]) + f"?{asked}",
        "pdf": reverse("members-annual-file", args=["pdf"]) + f"?{asked}",
    }
    return render(request, "members/annual.html", context)


@page(VIEW)
def annual_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the annual sheet as a workbook or as PDF."""
    if form not in FORMS:
        raise Http404
    asked, unit = _annual_of(request)
    found = figures.annual(actor_of(request), VIEW, unit, asked.day)
    content = printing.annual_file(found, name=unit.name, day=asked.day, form=form)
    return download(content, _("Annual statistics of members %(year)s") % {"year": asked.day.year} + f".{form}")


def _annual_of(request: HttpRequest) -> tuple[AnnualForm, Any]:
    today = local_date(now())
    form = AnnualForm(request.GET, units=list(queries.units(actor_of(request), VIEW, today)), today=today)
    if form.unit_asked is None:
        raise Http404
    return form, form.unit_asked


@page(Need.PUBLIC)
def public(request: HttpRequest) -> HttpResponse:
    """Show how many members live here, by community and age; small numbers, and what would betray them, are hidden."""
    found = figures.public(local_date(now()))
    context: dict[str, Any] = {"found": found, "least": LEAST}
    if found:
        lines = zip(found.names, found.table.cells, found.table.row_sums, strict=True)
        ages = context["ages"] = [words(cell) for cell in found.ages]
        context["sums"] = list(zip(ages, found.table.column_sums, strict=True))
        context["lines"] = [
            (name or _("Other branches"), list(zip(ages, cells, strict=True)), in_all) for name, cells, in_all in lines
        ]
    return render(request, "members/figures.html", context)


def _common(unit: Any, day: date, today: date) -> dict[str, str]:
    """Return what every list of the page is asked for."""
    found = {"counted": "yes"} | ({"unit": unit.code} if unit else {})
    return found if day == today else found | {"on": day.isoformat()}


def _opened(common: dict[str, str], **asked: str) -> str:
    """Return the address of the list behind a figure."""
    return f"{reverse('members')}?{urlencode(common | asked)}"


def _query(form: FiguresForm) -> str:
    rows, columns = form.crossed
    unit = {"unit": form.unit_asked.code} if form.unit_asked else {}
    return urlencode(unit | {"on": form.day.isoformat(), "rows": rows.value, "columns": columns.value})


def _crossed(cube: Cube, rows: Dimension, columns: Dimension, common: dict[str, str]) -> dict[str, Any]:
    """Return the cross table with the address of each cell's list."""
    counts, across = cube.crossed(rows, columns), cube.filled(columns)
    lines = []
    for cell in cube.filled(rows):
        shown = [
            (words(each), counts[cell.value, each.value], {columns.value: each.value, rows.value: cell.value})
            for each in across
        ]
        cells = [(name, count, _opened(common, **asked)) for name, count, asked in shown]
        lines.append(
            (words(cell), cells, sum(count for _n, count, _a in cells), _opened(common, **{rows.value: cell.value}))
        )
    sums = cube.by(columns)
    foot = [(words(each), sums[each.value], _opened(common, **{columns.value: each.value})) for each in across]
    return {"rows": rows, "columns": columns, "head": [words(each) for each in across], "lines": lines, "foot": foot}
