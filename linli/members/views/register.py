"""Desk pages about members: list, one member, figures, roster in and out."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.access.decide import allowed
from linli.accounts import queries as accounts
from linli.files.policy.markup import mark_problems
from linli.lib.clock import local_date, now
from linli.lib.progress import Steps, finished
from linli.members import queries, services
from linli.members.forms import AccountForm, FindForm, ImportForm, UploadForm
from linli.members.policy.dimensions import Change, Dimension, PostGroup
from linli.members.policy.export import write_roster
from linli.members.policy.kinds import COLLEGE_OR_ABOVE
from linli.members.policy.wording import mask_phone, say_field, say_problem, say_value
from linli.members.queries import duplicates, roster
from linli.members.queries.cells import Cell
from linli.web.access import actor_of, page
from linli.web.downloads import download
from linli.web.forms import ActionForm, DayForm
from linli.web.streaming import working_page

PER_PAGE = 50
SHOWN = 100
VIEW, EDIT = Permission.MEMBER_VIEW, Permission.MEMBER_EDIT


@page(VIEW)
def members(request: HttpRequest) -> HttpResponse:
    """List the members in reach on a day, narrowed by what was asked for, page by page."""
    actor, today = actor_of(request), local_date(now())
    day = DayForm(request.GET, today=today).day
    units = list(queries.units(actor, VIEW, day))
    cells = {each: queries.cells_of(each, day) for each in Dimension}
    form = FindForm(request.GET, units=units, cells=cells)
    given = form.given
    unit = next((body for body in units if body.code == given.get("unit")), None)
    found = queries.found(actor, VIEW, unit, day, left=given.get("change") == Change.LEFT, own=bool(given.get("own")))
    shown = Paginator(queries.listed(found.filter(_wanted(given, cells, day)), day), PER_PAGE).get_page(
        request.GET.get("page")
    )
    asked = request.GET.copy()
    asked.pop("page", None)
    editable = list(queries.units(actor, EDIT, today))
    chosen = next((body for body in editable if body.code == given.get("unit")), None)
    known = set(queries.members(actor, VIEW, today).filter(pk__in=[each.pk for each in shown]).values_list("pk"))
    context = {
        "form": form,
        "narrowed": bool(given),
        "detailed": bool(given.keys() - {"q"}),
        "shown": shown,
        "rows": [(each, queries.unit_of(each), mask_phone(each.phone)) for each in shown],
        "known": {pk for (pk,) in known},
        "day": None if day == today else day,
        "asked": asked.urlencode(),
        "edit": actor.may(EDIT),
        "phones": actor.may(Permission.PHONE_SHOW),
        "export": ActionForm(),
        "export_of": chosen or next(iter(editable), None),
    }
    return render(request, "members/members.html", context)


def _wanted(given: dict[str, Any], cells: dict[Dimension, list[Cell]], day: date) -> Q:
    """Return the condition that the values of `FindForm` put on members, besides the unit."""
    wanted = queries.called(given["q"]) if "q" in given else Q()
    for dimension, some in cells.items():
        if dimension.value in given:
            wanted &= next(cell.within for cell in some if cell.value == given[dimension.value])
    if "post" in given:
        wanted &= queries.holding(PostGroup(given["post"]), day)
    if "change" in given:
        wanted &= queries.changed(Change(given["change"]), day)
    if "counted" in given and given.get("change") != Change.LEFT:
        counts = queries.counts(day)
        wanted &= counts if given["counted"] == "yes" else ~counts
    if "committees" in given:
        wanted &= queries.in_committees(day)
    if "schooled" in given:
        wanted &= Q(education__in=[each.value for each in COLLEGE_OR_ABOVE])
    return wanted


@page(VIEW)
def member(request: HttpRequest, number: str) -> HttpResponse:
    """Show one member: facts, units, posts and what holds for a time, with their dates."""
    actor, today = actor_of(request), local_date(now())
    lasting = duplicates.lasting(actor, VIEW, number, today)
    if lasting is not None:
        return HttpResponseRedirect(reverse("member", args=[lasting.number]))
    found = queries.member(actor, VIEW, number, today)
    unit = found.memberships.filter(valid_to=None).values_list("body__path", flat=True).first()
    context = {
        "member": found,
        "today": today,
        "may_link": actor.may(Permission.GRANT_MANAGE),
        "edit": unit is not None and allowed(actor, EDIT, unit),
        "phone": mask_phone(found.phone),
        "show_phone": unit is not None and allowed(actor, Permission.PHONE_SHOW, unit),
    }
    return render(request, "members/member.html", context)


@page(Permission.GRANT_MANAGE, "GET", "POST")
def account(request: HttpRequest, number: str) -> HttpResponse:
    """Say with which account a member logs in: then the own points open, and own deeds wait for another person."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    found = queries.member(actor, Permission.GRANT_MANAGE, number, today)
    form = AccountForm(request.POST or None, initial={"username": found.user.username if found.user else ""})
    if form.is_valid():
        given = form.cleaned_data
        user = accounts.accounts(actor, today).filter(username=given["username"].strip()).first()
        if user is None:
            form.add_error(
                "username", _("Nobody with this user name has a role in your reach; make the account first.")
            )
        elif form.carry_out(lambda: services.link_account(found, user=user, by=actor, now=moment, key=given["key"])):
            return HttpResponseRedirect(reverse("members") + f"?q={found.number}")
    context = {
        "form": form,
        "heading": _("Account of %(name)s") % {"name": found.name},
        "explanation": _("With it the member sees the own points and activities."),
        "verb": _("Link the account"),
        "back": reverse("members"),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(EDIT)
def export(request: HttpRequest) -> HttpResponse:
    """Give the roster of the first organisation in reach, or of the one asked for, without telephone numbers."""
    actor, today = actor_of(request), local_date(now())
    bodies = queries.units(actor, EDIT, today)
    scope = bodies.filter(code=request.GET["organisation"]).first() if "organisation" in request.GET else None
    scope = scope or bodies.first()
    if scope is None:
        return HttpResponseRedirect(reverse("members"))
    return roster_file(roster.register(scope, today), scope, today, without=("phone",))


def roster_file(found: Any, scope: Any, today: date, without: tuple[str, ...] = ()) -> HttpResponse:
    """Return the roster `found` of `scope` as a file, without the columns that are named."""
    title, name = (
        (_("Members of %(organisation)s, %(day)s"), "%(organisation)s-%(day)s.xlsx")
        if "phone" in without
        else (
            _("Members of %(organisation)s, %(day)s (with telephone numbers)"),
            _("%(organisation)s-%(day)s (with telephone numbers).xlsx"),
        )
    )
    values = {"organisation": scope.name, "day": today}
    content = write_roster(
        roster.in_tree_order(found),
        title=title % values,
        organisations=found.unit_names,
        classes=found.classes,
        text=_,
        without=without,
    )
    return download(content, name % values)


@page(EDIT, "GET", "POST")
def import_roster(request: HttpRequest) -> HttpResponse:
    """Take a roster file; what it says and would change is shown on the next page."""
    actor, moment = actor_of(request), now()
    bodies = queries.units(actor, EDIT, local_date(moment))
    form = UploadForm(request.POST or None, request.FILES or None, bodies=bodies)
    if form.is_valid():
        given = form.cleaned_data
        outcome = form.carry_out(
            lambda: services.keep_upload(
                given["file"].read(),
                name=given["file"].name,
                scope=given["organisation"],
                by=actor,
                now=moment,
                key=given["key"],
            )
        )
        if outcome:
            token = outcome.result[0].token if outcome.result else outcome.repeated.partition(":")[2]
            return HttpResponseRedirect(reverse("members-import-check", args=[token]))
    context = {
        "form": form,
        "heading": _("Import a roster"),
        "explanation": _("Nothing is saved yet: the next page shows every problem at its cell and what would change."),
        "verb": _("Check the file"),
        "back": reverse("members"),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(EDIT, "GET", "POST")
def import_check(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the problems of an uploaded roster and what it would change; save that on a second word."""
    actor, moment = actor_of(request), now()
    form = ImportForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        steps = services.import_upload(
            token, shown=given["shown"], others=given["others"], by=actor, now=moment, key=given["key"]
        )
        if roster.is_long(token):
            if form.carry_out(lambda: next(steps)):
                return _working(request, steps, token)
        elif outcome := form.carry_out(lambda: finished(steps)):
            messages.success(request, _said(outcome.result))
            return HttpResponseRedirect(reverse("members"))
    upload = roster.upload(actor, token)
    checked = roster.check(roster.content(upload), upload.name, scope=upload.body, day=local_date(moment))
    form.show_again(checked.difference)
    context = {"form": form, "upload": upload, "forget": ActionForm(), "checked": checked} | _words(checked)
    return render(request, "members/import_check.html", context, status=422 if form.errors else 200)


def _working(request: HttpRequest, steps: Steps[services.Imported], token: str) -> HttpResponseBase:
    return working_page(
        request,
        steps,
        heading=_("Saving the roster"),
        said=_said,
        to=reverse("members"),
        back=reverse("members-import-check", args=[token]),
    )


def _said(done: services.Imported | None) -> str:
    if done is None:
        return _("The roster was saved already.")
    text = _("Saved: %(added)s added, %(changed)s changed, of these %(moved)s moved to another unit.")
    return text % {"added": done.added, "changed": done.changed, "moved": done.moved}


def _words(checked: roster.Check) -> dict[str, Any]:
    """Return the first problems and differences in words, and how many more there are."""
    difference, names = checked.difference, checked.register.names
    problems = checked.findings
    changed = [
        (
            each.old,
            [
                (say_field(c.field, _), say_value(c.field, c.old, names, _), say_value(c.field, c.new, names, _))
                for c in each.changes
            ],
        )
        for each in difference.changed[:SHOWN]
    ]
    return {
        "problems": [(each.severity, each.place, say_problem(each, _)) for each in problems[:SHOWN]],
        "more_problems": max(0, len(problems) - SHOWN),
        "added": [
            (
                row,
                say_value("organisation", row.organisation, names, _),
                say_value("posts", row.posts, names, _) if row.posts else "",
            )
            for row in difference.added[:SHOWN]
        ],
        "more_added": max(0, len(difference.added) - SHOWN),
        "changed": changed,
        "more_changed": max(0, len(difference.changed) - SHOWN),
        "absent": difference.absent[:SHOWN],
        "more_absent": max(0, len(difference.absent) - SHOWN),
    }


@page(EDIT, "POST")
def import_forget(request: HttpRequest, token: str) -> HttpResponse:
    """Delete an uploaded roster without saving anything of it."""
    form = ActionForm(request.POST)
    if form.is_valid():
        key = form.cleaned_data["key"]
        if form.carry_out(lambda: services.forget_upload(token, by=actor_of(request), now=now(), key=key)):
            messages.success(request, _("The file was deleted; nothing of it was saved."))
            return HttpResponseRedirect(reverse("members-import"))
    roster.upload(actor_of(request), token)
    return HttpResponseRedirect(reverse("members-import-check", args=[token]))


@page(EDIT)
def import_problems(request: HttpRequest, token: str) -> HttpResponse:
    """Give a copy of the uploaded roster with every problem at its cell."""
    upload = roster.upload(actor_of(request), token)
    data = roster.content(upload)
    checked = roster.check(data, upload.name, scope=upload.body, day=local_date(now()))
    marked = mark_problems(
        data,
        checked.findings,
        lambda problem: say_problem(problem, _),
        say=_,
        tables=checked.tables,
    )
    return download(marked, _("%(name)s, problems.xlsx") % {"name": PurePath(upload.name).stem})
