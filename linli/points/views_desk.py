"""Desk: the month of each branch, its bulletin, and deeds that wait for a second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.access.decide import Actor, allowed
from linli.audit import queries as audit
from linli.lib.clock import local_date, now
from linli.lib.month import Month
from linli.organisations import queries as organisations
from linli.points import printing, queries, services
from linli.points.forms import DeedForm, DeedsForm, ReasonForm
from linli.points.models import Bulletin, Deed
from linli.points.policy.kinds import BulletinState
from linli.web.access import actor_of, page
from linli.web.downloads import download
from linli.web.forms import ActionForm
from linli.web.paging import page_of
from linli.web.templatetags.linli import day as day_words
from linli.web.templatetags.linli import month_name


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise Http404 from None


@page(Permission.POINTS_VIEW)
def points(request: HttpRequest) -> HttpResponse:
    """Show the branches of my reach with the bulletin of last month: what is due, what is red."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    asked = request.GET.get("month", "")
    month = _month(asked) if asked else Month.of(today).previous
    close_day = queries.close_day(actor, today)
    rows = queries.months_of_branches(actor, moment, month, close_day)
    context = {
        "rows": rows,
        "month": month,
        "close_day": close_day,
        "due": sum(row.due for row in rows),
        "late": sum(row.late for row in rows),
        "waiting": queries.waiting_deeds(actor, today).count() if actor.may(Permission.POINTS_CONFIRM) else None,
    }
    return render(request, "points/desk_points.html", context)


@page(Permission.POINTS_VIEW)
def branch_month(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Show the month of a branch: its draft or published rows, or what the draft would say."""
    actor, when = actor_of(request), _month(month)
    body = organisations.body(actor, Permission.POINTS_VIEW, code)
    found = queries.bulletin(actor, Permission.POINTS_VIEW, code, when)
    rows = found.frozen if found else queries.bulletin_rows(body, when)
    over = local_date(now()) >= when.following.first
    context = {
        "body": body,
        "month": when,
        "bulletin": found,
        "rows": queries.shown_rows(rows, full_names=True),
        "full": True,
        "may_reverse": allowed(actor, Permission.POINTS_RECORD, body.path),
        "may_reopen": found
        and found.state == BulletinState.DRAFT
        and allowed(actor, Permission.BULLETIN_PREPARE, body.path),
        "open_to_objection": bool(found and now() < found.objections_until),
        "may_prepare": over and not found and allowed(actor, Permission.BULLETIN_PREPARE, body.path),
        "may_publish": found
        and found.state == BulletinState.DRAFT
        and actor.ref != found.preparer
        and allowed(actor, Permission.BULLETIN_PUBLISH, body.path),
    }
    return render(request, "points/desk_month.html", context)


def _step(
    request: HttpRequest,
    code: str,
    month: str,
    *,
    need: Permission,
    form: ActionForm,
    words: Callable[[Bulletin], dict[str, Any]],
    action: Callable[[Bulletin, ActionForm], object],
) -> HttpResponse:
    """Ask for one step with an existing draft, and take it; a published month is shown, with nothing to press.

    `words` gives heading, explanation and verb; without verb there is nothing to press.
    """
    found = queries.bulletin(actor_of(request), need, code, _month(month))
    if found is None:
        raise Http404
    back = reverse("desk-branch-month", args=[code, month])
    if request.method != "POST" and found.state != BulletinState.DRAFT:
        return HttpResponseRedirect(back)
    if form.is_valid() and form.carry_out(lambda: action(found, form)):
        return HttpResponseRedirect(back)
    context = {"form": form, "back": back} | words(found)
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def _publishing(found: Bulletin, actor: Actor, moment: datetime) -> dict[str, Any]:
    """Say what would be published; who may not, or not yet, reads who may and when, and has nothing to press."""
    values = {"body": found.body.name, "month": month_name(Month.of(found.month)), "count": len(found.frozen)}
    words = {"heading": _("Publish the bulletin of %(body)s for %(month)s") % values, "danger": True}
    values["until"] = day_words(found.objections_until)
    if actor.ref == found.preparer:
        text = _(
            "You prepared this draft, so another person publishes it: the deputy secretary, or the body above, once "
            "the days of objection are over on %(until)s."
        )
    elif moment < found.objections_until:
        text = _("Objections can come until the end of %(until)s; after that you can publish it here.")
    else:
        text = _(
            "It has %(count)s members. After this nothing can change it: its lines are sealed and the checkpoint is "
            "printed on it."
        )
        words["verb"] = _("Publish")
    return words | {"explanation": text % values}


@page(Permission.BULLETIN_PREPARE, "GET", "POST")
def prepare(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Draft the bulletin of a month, which closes it."""
    actor = actor_of(request)
    body = organisations.body(actor, Permission.BULLETIN_PREPARE, code)
    form = ActionForm(request.POST or None)
    back = reverse("desk-branch-month", args=[code, month])
    if form.is_valid() and form.carry_out(
        lambda: services.prepare_bulletin(body, month=_month(month), by=actor, now=now(), key=form.cleaned_data["key"])
    ):
        return HttpResponseRedirect(back)
    context = {
        "form": form,
        "heading": _("Prepare the bulletin of %(body)s for %(month)s")
        % {"body": body.name, "month": month_name(_month(month))},
        "explanation": _(
            "The month closes for this branch. Members can object for some days; then another person publishes."
        ),
        "verb": _("Close the month and prepare"),
        "back": back,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(Permission.BULLETIN_PUBLISH, "GET", "POST")
def publish(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Freeze and publish a draft that somebody else prepared."""
    actor, moment = actor_of(request), now()
    return _step(
        request,
        code,
        month,
        need=Permission.BULLETIN_PUBLISH,
        form=ActionForm(request.POST or None),
        words=lambda found: _publishing(found, actor, moment),
        action=lambda found, form: services.publish_bulletin(found, by=actor, now=moment, key=form.cleaned_data["key"]),
    )


@page(Permission.BULLETIN_PREPARE, "GET", "POST")
def reopen(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Take a draft back, for an objection that was right."""
    return _step(
        request,
        code,
        month,
        need=Permission.BULLETIN_PREPARE,
        form=ReasonForm(request.POST or None),
        words=lambda found: {
            "heading": _("Take the draft of %(body)s for %(month)s back")
            % {"body": found.body.name, "month": month_name(Month.of(found.month))},
            "explanation": _("The month opens again. Say why; the reason is kept."),
            "verb": _("Take it back"),
        },
        action=lambda found, form: (
            services.reopen_bulletin(
                found, reason=form.cleaned_data["reason"], by=actor_of(request), now=now(), key=form.cleaned_data["key"]
            )
            or True
        ),
    )


@page(Permission.POINTS_VIEW)
def bulletin_file(request: HttpRequest, code: str, month: str, form: str) -> HttpResponse:
    """Give a bulletin of my reach, also a draft to hang up, as Word, Excel or PDF."""
    found = queries.bulletin(actor_of(request), Permission.POINTS_VIEW, code, _month(month))
    if found is None or form not in printing.FORMATS:
        raise Http404
    return download(printing.made(found, form, now=now()), printing.file_name(found, form))


@page(Permission.POINTS_CONFIRM, "GET", "POST")
def deeds(request: HttpRequest) -> HttpResponse:
    """Show the deeds that wait for a second person, and confirm those that I have looked at."""
    actor, moment = actor_of(request), now()
    waiting = queries.waiting_deeds(actor, local_date(moment))
    form = DeedsForm(request.POST or None, deeds=waiting)
    if form.is_valid() and form.carry_out(
        lambda: services.confirm_deeds(form.cleaned_data["deeds"], by=actor, now=moment, key=form.cleaned_data["key"])
    ):
        return HttpResponseRedirect(reverse("desk-deeds"))
    shown = page_of(request, waiting, 50)
    names = audit.people(deed.recorder for deed in shown)
    rows = [
        (deed, names[deed.recorder], actor.ref not in {deed.recorder, f"user:{deed.member.user_id}"}) for deed in shown
    ]
    context = {
        "rows": rows,
        "page": shown,
        "form": form,
        "any": any(mine for _deed, _name, mine in rows),
        "may_record": actor.may(Permission.POINTS_RECORD),
    }
    return render(request, "points/desk_deeds.html", context, status=422 if form.errors else 200)


@page(Permission.POINTS_RECORD, "GET", "POST")
def deed_new(request: HttpRequest) -> HttpResponse:
    """Record deeds of members of one branch that I witnessed or that were reported to me."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    branches = list(queries.branches(actor, Permission.POINTS_RECORD, today))
    code = request.GET.get("body", "")
    chosen = next((body for body in branches if body.code == code), branches[0] if branches else None)
    form = DeedForm(
        request.POST or None,
        members=queries.members_in_reach(actor, Permission.POINTS_RECORD, today),
        offered=[(m.number, m.name) for m in queries.members_of(chosen, today)] if chosen else [],
        today=today,
        initial={"deed_on": today},
    )
    if form.is_valid() and form.carry_out(lambda: _record(form.cleaned_data, actor, moment)):
        return HttpResponseRedirect(reverse("desk-deeds" if actor.may(Permission.POINTS_CONFIRM) else "desk-points"))
    context = {
        "form": form,
        "heading": _("Record what was done"),
        "explanation": _("Another person confirms them before they count."),
        "verb": _("Record it"),
        "back": reverse("desk-deeds"),
        "branches": branches,
        "chosen": chosen,
    }
    return render(request, "points/desk_deed_new.html", context, status=422 if form.errors else 200)


def _record(given: dict[str, Any], actor: Actor, moment: datetime) -> list[Deed]:
    code, _colon, level = given["indicator"].partition(":")
    lines = [services.Award(member, code, int(level or 1), given["minutes"]) for member in given["members"]]
    return services.record_deeds(
        lines=lines,
        deed_on=given["deed_on"],
        note=given["note"],
        recorder=actor.ref,
        by=actor,
        now=moment,
        key=given["key"],
    )


@page(Permission.POINTS_RECORD, "GET", "POST")
def entry_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that a ledger line be taken back; another person confirms it."""
    actor = actor_of(request)
    entry = queries.line(actor, Permission.POINTS_RECORD, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(
        lambda: services.reverse(
            entry,
            reason=form.cleaned_data["reason"],
            recorder=actor.ref,
            by=actor,
            now=now(),
            key=form.cleaned_data["key"],
        )
    ):
        return HttpResponseRedirect(reverse("desk-deeds"))
    context = {
        "form": form,
        "deed": entry,
        "heading": _("Take a line back"),
        "explanation": _("The line stays; an opposite line is added when another person confirms this."),
        "verb": _("Ask for it"),
        "back": reverse("desk-branch-month", args=[entry.body.code, str(Month.of(entry.month))]),
    }
    return render(request, "points/desk_deed.html", context, status=422 if form.errors else 200)


def _settle(
    request: HttpRequest,
    pk: int,
    form: ActionForm,
    heading: str,
    verb: str,
    action: Callable[[Deed, ActionForm], object],
) -> HttpResponse:
    deed = queries.deed(actor_of(request), Permission.POINTS_CONFIRM, pk, local_date(now()))
    if form.is_valid() and form.carry_out(lambda: action(deed, form)):
        return HttpResponseRedirect(reverse("desk-deeds"))
    context = {"form": form, "heading": heading, "verb": verb, "back": reverse("desk-deeds"), "deed": deed}
    return render(request, "points/desk_deed.html", context, status=422 if form.errors else 200)


@page(Permission.POINTS_CONFIRM, "GET", "POST")
def deed_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a deed as the second person."""
    return _settle(
        request,
        pk,
        ActionForm(request.POST or None),
        _("Confirm this deed"),
        _("Confirm"),
        lambda deed, form: services.confirm_deed(deed, by=actor_of(request), now=now(), key=form.cleaned_data["key"]),
    )


@page(Permission.POINTS_CONFIRM, "GET", "POST")
def deed_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a deed with a reason."""
    return _settle(
        request,
        pk,
        ReasonForm(request.POST or None),
        _("Refuse this deed"),
        _("Refuse"),
        lambda deed, form: services.refuse_deed(
            deed, reason=form.cleaned_data["reason"], by=actor_of(request), now=now(), key=form.cleaned_data["key"]
        ),
    )
