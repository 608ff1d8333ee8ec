"""Desk pages about what holds of a member for a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.members import queries, services
from linli.members.forms_life import ContactForm, EndForm, StandingForm
from linli.members.policy.kinds import Standing
from linli.members.queries import life
from linli.web.access import actor_of, page
from linli.web.acting import action_page

EDIT = Permission.MEMBER_EDIT


@page(EDIT, "GET", "POST")
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Enter that something holds of a member from a day on."""
    actor, moment = actor_of(request), now()
    member = queries.member(actor, EDIT, number, local_date(moment))
    return action_page(
        request,
        StandingForm(request.POST or None, initial={"since": local_date(moment)}),
        lambda given: services.begin_standing(
            member,
            kind=Standing(given["kind"]),
            since=given["since"],
            until=given["until"],
            where=given["where"],
            document=given["document"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("member", args=[number]),
        heading=_("%(name)s: something holds for a time") % {"name": member.name},
        explanation=_("It decides who is due at meetings and votes, from that day on."),
        verb=_("Enter it"),
    )


@page(EDIT, "GET", "POST")
def end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Enter that something does not hold of a member any more."""
    actor, moment = actor_of(request), now()
    found = life.standing(actor, EDIT, number, pk, local_date(moment))
    return action_page(
        request,
        EndForm(request.POST or None, initial={"on": local_date(moment)}),
        lambda given: services.end_standing(found, on=given["on"], by=actor, now=moment, key=given["key"]),
        to=reverse("member", args=[number]),
        heading=f"{found.member.name}: {found.get_kind_display()}",
        verb=_("End it"),
    )


@page(EDIT, "GET", "POST")
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Enter the day on which the branch heard of a member."""
    actor, moment = actor_of(request), now()
    member = queries.member(actor, EDIT, number, local_date(moment))
    return action_page(
        request,
        ContactForm(request.POST or None, initial={"on": local_date(moment)}),
        lambda given: services.note_contact(
            member, on=given["on"], words=given["words"], by=actor, now=moment, key=given["key"]
        ),
        to=reverse("member", args=[number]),
        heading=_("%(name)s: heard of") % {"name": member.name},
        verb=_("Enter it"),
    )
