"""Desk pages of the count: entered by one, confirmed by another."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import now
from linli.members import forms_elections as forms
from linli.members.policy.election_states import Action
from linli.members.queries import elections as queries
from linli.members.services import election_counts as counts
from linli.members.views.elections import HINTS, act, ballots_of
from linli.web.access import actor_of, page

HOLD = Permission.ELECTION_HOLD


@page(HOLD, "GET", "POST")
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the sums of the ballot that is being held."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    ballot = queries.last_ballot(found)
    form = forms.CountForm(request.POST or None, ballot=ballot)
    return act(
        request,
        found,
        form,
        lambda given: counts.enter_count(found, entered=form.entered, by=actor, now=moment, key=given["key"]),
        verb=_(Action.COUNT.label),
        template="members/election_count.html",
        ballot=ballot,
        election=found,
    )


@page(HOLD, "GET", "POST")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare the entry with the counting sheet and confirm it."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    ballot = queries.last_ballot(found)
    return act(
        request,
        found,
        forms.SeenForm(request.POST or None, initial={"seen": ballot.entries}),
        lambda given: counts.confirm_count(found, seen=given["seen"], by=actor, now=moment, key=given["key"]),
        verb=_(Action.CONFIRM.label),
        explanation=_(HINTS[Action.CONFIRM]),
        template="members/election_confirm.html",
        ballots=ballots_of(found)[-1:],
        election=found,
        entered_it=ballot.counted_by == actor.ref,
    )


@page(HOLD, "GET", "POST")
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the count back to be made again."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    return act(
        request,
        found,
        forms.WhyForm(request.POST or None),
        lambda given: counts.return_count(found, reason=given["reason"], by=actor, now=moment, key=given["key"]),
        verb=_(Action.RETURN.label),
    )


@page(HOLD, "GET", "POST")
def leave_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill no further seats, by consent of the voters present."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    return act(
        request,
        found,
        forms.ConsentForm(request.POST or None),
        lambda given: counts.leave_open(found, yes=given["yes"], by=actor, now=moment, key=given["key"]),
        verb=_(Action.LEAVE_OPEN.label),
        explanation=_("Possible where few seats are missing and at least half of the voters present agree."),
    )
