"""Desk pages of the result: the offices of the new committee, the report, the answer of the body above."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import now
from linli.members import forms_elections as forms
from linli.members.policy.election_states import Action
from linli.members.queries import elections as queries
from linli.members.services import election_results as results
from linli.members.views.elections import HINTS, act
from linli.web.access import actor_of, page

HOLD, APPROVE = Permission.ELECTION_HOLD, Permission.ELECTION_APPROVE


@page(HOLD, "GET", "POST")
def offices(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down how the new committee filled its offices."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    elected = [one for one in queries.candidates(found) if one.elected]
    form = forms.OfficesForm(request.POST or None, elected=elected, initial={"present": found.committee_present})
    return act(
        request,
        found,
        form,
        lambda given: results.choose_officers(
            found, offices=form.offices, present=given["present"], by=actor, now=moment, key=given["key"]
        ),
        verb=_(Action.CHOOSE.label),
        explanation=_(HINTS[Action.CHOOSE]),
        template="members/election_offices.html",
    )


@page(HOLD, "GET", "POST")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the result was reported."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    return act(
        request,
        found,
        forms.DocumentForm(request.POST or None),
        lambda given: results.report_result(found, document=given["document"], by=actor, now=moment, key=given["key"]),
        verb=_(Action.REPORT.label),
        explanation=_(HINTS[Action.REPORT]),
    )


@page(APPROVE, "GET", "POST")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve what was reported: the posts begin."""
    actor, moment = actor_of(request), now()
    found = queries.approvable(actor, pk)
    return act(
        request,
        found,
        forms.DocumentForm(request.POST or None),
        lambda given: results.approve(found, document=given["document"], by=actor, now=moment, key=given["key"]),
        verb=_(Action.APPROVE.label),
        explanation=_("Secretary and deputy are approved, the members filed; the posts begin today."),
        election=found,
    )


@page(APPROVE, "GET", "POST")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the report back with the reason."""
    actor, moment = actor_of(request), now()
    found = queries.approvable(actor, pk)
    return act(
        request,
        found,
        forms.WhyForm(request.POST or None),
        lambda given: results.send_back(found, reason=given["reason"], by=actor, now=moment, key=given["key"]),
        verb=_(Action.SEND_BACK.label),
    )
