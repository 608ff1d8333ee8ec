"""Desk pages about the way into the Party."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.members import queries, services
from linli.members.forms_applicants import AdmitForm, ApplyForm, ProlongForm, StepForm, TalkForm
from linli.members.policy.applicants import NEXT
from linli.members.policy.kinds import ApplicantStage
from linli.members.queries import applicants as reads
from linli.web.access import actor_of, page
from linli.web.acting import action_page
from linli.web.paging import page_of

EDIT = Permission.MEMBER_EDIT


@page(EDIT)
def applicants(request: HttpRequest) -> HttpResponse:
    """Show what comes next for whom and when, then everybody who applied."""
    actor, today = actor_of(request), local_date(now())
    shown = page_of(request, reads.applicants(actor), 50)
    context = {"upcoming": reads.upcoming(actor, today), "today": today, "page": shown}
    return render(request, "members/applicants.html", context)


@page(EDIT)
def applicant(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one applicant: facts, steps with their days, what comes next."""
    found = reads.applicant(actor_of(request), pk)
    way = reads.way(found, local_date(now()))
    context = {"found": found, "following": NEXT.get(way.stage), "earliest": way.earliest}
    return render(request, "members/applicant.html", context)


@page(EDIT, "GET", "POST")
def apply(request: HttpRequest) -> HttpResponse:
    """Enter an application."""
    actor, moment = actor_of(request), now()
    bodies = queries.units(actor, EDIT, local_date(moment))
    form = ApplyForm(request.POST or None, bodies=bodies, initial={"on": local_date(moment)})
    return action_page(
        request,
        form,
        lambda given: services.apply(
            form.person(), on=given["on"], document=given["document"], by=actor, now=moment, key=given["key"]
        ),
        to=reverse("applicants"),
        heading=_("Enter an application"),
        verb=_("Enter it"),
    )


@page(EDIT, "GET", "POST")
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the first talk with an applicant."""
    actor, moment = actor_of(request), now()
    found = reads.applicant(actor, pk)
    return action_page(
        request,
        TalkForm(request.POST or None, initial={"on": local_date(moment)}),
        lambda given: services.talk(found, on=given["on"], by=actor, now=moment, key=given["key"]),
        to=reverse("applicant", args=[pk]),
        heading=_("%(name)s: first talk") % {"name": found.name},
        verb=_("Enter it"),
    )


@page(EDIT, "GET", "POST")
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the next step of an applicant; the last one makes a member on probation."""
    actor, moment = actor_of(request), now()
    found = reads.applicant(actor, pk)
    following = NEXT.get(ApplicantStage(found.stage), ApplicantStage.ADMITTED)
    admits = following is ApplicantStage.ADMITTED

    def carry_out(given: dict[str, Any]) -> object:
        options: dict[str, Any] = {"on": given["on"], "document": given["document"], "by": actor, "now": moment}
        if admits:
            options |= {"number": given["number"].strip(), "member_class": given["member_class"]}
            return services.admit(found, key=given["key"], **options)
        return services.advance(found, to=following, key=given["key"], **options)

    return action_page(
        request,
        (AdmitForm if admits else StepForm)(request.POST or None, initial={"on": local_date(moment)}),
        carry_out,
        to=reverse("applicant", args=[pk]),
        heading=f"{found.name}: {_(following.label)}",
        verb=_("Enter it"),
    )


@page(EDIT, "GET", "POST")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an application."""
    actor, moment = actor_of(request), now()
    found = reads.applicant(actor, pk)
    return action_page(
        request,
        StepForm(request.POST or None, initial={"on": local_date(moment)}),
        lambda given: services.advance(
            found,
            to=ApplicantStage.ENDED,
            on=given["on"],
            document=given["document"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("applicant", args=[pk]),
        heading=_("%(name)s: end the application") % {"name": found.name},
        verb=_("End it"),
        danger=True,
    )


@page(EDIT, "GET", "POST")
def make_full(request: HttpRequest, number: str) -> HttpResponse:
    """Enter that a member on probation becomes a full member."""
    actor, moment = actor_of(request), now()
    member = queries.member(actor, EDIT, number, local_date(moment))
    return action_page(
        request,
        StepForm(request.POST or None, initial={"on": local_date(moment)}),
        lambda given: services.make_full(
            member, on=given["on"], document=given["document"], by=actor, now=moment, key=given["key"]
        ),
        to=reverse("member", args=[number]),
        heading=_("%(name)s: becomes a full member") % {"name": member.name},
        verb=_("Enter it"),
    )


@page(EDIT, "GET", "POST")
def prolong(request: HttpRequest, number: str) -> HttpResponse:
    """Enter that probation is prolonged."""
    actor, moment = actor_of(request), now()
    member = queries.member(actor, EDIT, number, local_date(moment))
    return action_page(
        request,
        ProlongForm(request.POST or None),
        lambda given: services.prolong(
            member, until=given["until"], document=given["document"], by=actor, now=moment, key=given["key"]
        ),
        to=reverse("member", args=[number]),
        heading=_("%(name)s: prolong probation") % {"name": member.name},
        verb=_("Enter it"),
    )
