"""Desk pages of elections: the list with the terms that end, one election with its steps, a form for each step."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.lib.words import gettext_noop
from linli.members import forms_elections as forms
from linli.members.models import Election
from linli.members.policy.election_results import E4, Share
from linli.members.policy.election_rules import E9
from linli.members.policy.election_states import OVER, Action, State, steps
from linli.members.policy.elections import Assembly, Elects, Slate
from linli.members.policy.papers import OFFERED, Paper
from linli.members.queries import elections as queries
from linli.members.services import election_counts as counts
from linli.members.services import elections as services
from linli.web.access import actor_of, page
from linli.web.acting import action_page
from linli.web.forms import ActionForm, said

HOLD = Permission.ELECTION_HOLD
OVER_SHOWN = 30
PAGES = {
    Action.NOTIFY: "election-notice",
    Action.CLOSE_ROLL: "election-roll",
    Action.NOMINATE: "election-candidates",
    Action.HOLD: "election-meeting",
    Action.COUNT: "election-count",
    Action.CONFIRM: "election-confirm",
    Action.RETURN: "election-return",
    Action.LEAVE_OPEN: "election-leave-open",
    Action.CHOOSE: "election-offices",
    Action.REPORT: "election-report",
    Action.APPROVE: "election-approve",
    Action.SEND_BACK: "election-send-back",
    Action.MOVE: "election-move",
    Action.CANCEL: "election-cancel",
}
"""The page of each action."""
HINTS = {
    Action.NOTIFY: gettext_noop("Tell the voters day and venue, and note it here."),
    Action.CLOSE_ROLL: gettext_noop("Check who is due and why others are not, then close the roll."),
    Action.NOMINATE: gettext_noop("Name the candidates, with the surplus that a committee needs."),
    Action.HOLD: gettext_noop("At the meeting, count the voters present."),
    Action.COUNT: gettext_noop("Hand out and collect the ballots, count them, enter the sums."),
    Action.CONFIRM: gettext_noop("Another person compares the entry with the counting sheet."),
    Action.CHOOSE: gettext_noop("The new committee elects secretary and deputy and shares out the work."),
    Action.REPORT: gettext_noop("Send the report to the body above and note its number."),
    Action.APPROVE: gettext_noop("The body above approves; then the posts begin and the old ones end."),
}


@page(HOLD)
def elections(request: HttpRequest) -> HttpResponse:
    """List the terms that end, the elections under way, and those that are over."""
    actor, today = actor_of(request), local_date(now())
    found = queries.elections(actor)
    unreported = E9.check([one.body.name for one in found.filter(state=State.COMPLETE)])
    context = {
        "unreported": unreported,
        "templates": actor.may(Permission.ELECTION_APPROVE),
        "ending": queries.terms_ending(actor, today),
        "open": found.exclude(state__in=[state.value for state in OVER]).order_by("planned_on", "pk"),
        "over": found.filter(state__in=[state.value for state in OVER])[:OVER_SHOWN],
        "approve": [one for one in found.filter(state=State.REPORTED) if queries.may_approve(actor, one.body)],
    }
    return render(request, "members/elections.html", context)


@page(HOLD, "GET", "POST")
def plan(request: HttpRequest) -> HttpResponse:
    """Plan an election of one of my bodies."""
    actor, moment = actor_of(request), now()
    bodies = queries.electing(actor, local_date(moment))
    first = {"body": request.GET.get("body", ""), "elects": Elects.COMMITTEE}
    form = forms.PlanForm(request.POST or None, bodies=bodies, initial=first)
    return action_page(
        request,
        form,
        lambda given: services.plan(
            given["body"],
            elects=Elects(given["elects"]),
            seats=given["seats"],
            planned_on=given["planned_on"],
            assembly=Assembly(given["assembly"]),
            dispersed=given["dispersed"],
            permit=given["permit"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("elections"),
        heading=_("Plan an election"),
        explanation=_("The length of the term follows from the body; the rules are checked at every step."),
        verb=_("Plan it"),
    )


@page(HOLD)
def election(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one election: its steps, what is next, who votes and why others do not, candidates, counts."""
    actor = actor_of(request)
    found = queries.election(actor, pk)
    possible = queries.possible(actor, found)
    way = steps(found.state, committee=found.of_committee)
    following = [action for action, how in way if how == "next"]
    lines = queries.roll(found)
    context = {
        "election": found,
        "steps": [(_(action.label), how, _(HINTS[action])) for action, how in way],
        "buttons": [
            (_(action.label), reverse(PAGES[action], args=[pk]))
            for action in sorted(possible, key=lambda each: each not in following)
        ],
        "roll": _roll_lines([(one.member, one.unit, one.due, one.get_reason_display()) for one in lines]),
        "candidates": queries.candidates(found),
        "left_out": "、".join(one.member.name for one in queries.left_out(found)),
        "ballots": ballots_of(found),
        "papers": [(each.value, _(each.label)) for each in Paper if found.state in OFFERED[each]],
    }
    return render(request, "members/election.html", context)


def _roll_lines(lines: list[tuple[Any, Any, bool, str]]) -> dict[str, Any]:
    """Return the lines with their count; who is not due comes first, since that is what people ask about."""
    return {
        "due": sum(due for _member, _unit, due, _reason in lines),
        "out": [line for line in lines if not line[2]],
        "lines": [line for line in lines if line[2]],
    }


def ballots_of(found: Election) -> list[tuple[Any, list[tuple[Any, str]]]]:
    """Return the counted ballots, each line with what it means; the last without sums stays out."""
    shown = []
    for ballot in queries.ballots(found):
        if ballot.returned is None:
            continue
        lines = []
        for line in ballot.lines:  # type: ignore[attr-defined]
            short = E4.check(Share(line.candidate.member.name, line.yes or 0, found.present or 0))
            lines.append((line, said(short.mend, short.values) if short and ballot.kind != "tie" else ""))
        shown.append((ballot, sorted(lines, key=lambda each: -(each[0].yes or 0))))
    return shown


def act(request: HttpRequest, found: Election, form: ActionForm, action: Any, **words: Any) -> HttpResponse:
    """Ask for the step of an election and carry it out; the page goes back to the election."""
    words = {"heading": f"{found.body.name}：{words['verb']}"} | words
    return action_page(request, form, action, to=reverse("election", args=[found.pk]), **words)


@page(HOLD, "GET", "POST")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that notice was given."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    return act(
        request,
        found,
        forms.NoticeForm(request.POST or None),
        lambda given: services.give_notice(found, venue=given["venue"], by=actor, now=moment, key=given["key"]),
        verb=_(Action.NOTIFY.label),
        explanation=_(HINTS[Action.NOTIFY]),
    )


@page(HOLD, "GET", "POST")
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is due on the day and why others are not; close the roll."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    form = forms.RollForm(request.POST or None, congress=found.assembly == Assembly.CONGRESS)
    lines = [(one.member, one.unit, one.verdict.due, _(one.verdict.reason.label)) for one in queries.preview(found)]
    return act(
        request,
        found,
        form,
        lambda given: services.close_roll(found, representatives=form.sent, by=actor, now=moment, key=given["key"]),
        verb=_(Action.CLOSE_ROLL.label),
        template="members/election_roll.html",
        roll=_roll_lines(lines),
        election=found,
    )


@page(HOLD, "GET", "POST")
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the candidates."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    named = [one.member.number for one in queries.candidates(found)]
    form = forms.CandidatesForm(request.POST or None, lines=queries.nominable(found), initial={"candidates": named})
    percent = queries.numbers(found.body, found.planned_on).surplus_percent
    words = _("%(seats)d seats: name at least %(least)d (E2).") if found.of_committee else _("One office: name one.")
    return act(
        request,
        found,
        form,
        lambda given: services.name_candidates(
            found, numbers=given["candidates"], by=actor, now=moment, key=given["key"]
        ),
        verb=_(Action.NOMINATE.label),
        explanation=words % {"seats": found.seats, "least": Slate(found.seats, 0, percent).least},
    )


@page(HOLD, "GET", "POST")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the meeting with the number of voters present."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    return act(
        request,
        found,
        forms.HoldForm(request.POST or None),
        lambda given: counts.hold(found, present=given["present"], by=actor, now=moment, key=given["key"]),
        verb=_(Action.HOLD.label),
        explanation=_("%(due)d voters are due.") % {"due": found.due or 0},
    )


@page(HOLD, "GET", "POST")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Set another day."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    first: dict[str, date] = {"planned_on": found.planned_on}
    return act(
        request,
        found,
        forms.MoveForm(request.POST or None, initial=first),
        lambda given: services.move(
            found,
            planned_on=given["planned_on"],
            reason=given["reason"],
            permit=given["permit"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        verb=_(Action.MOVE.label),
        explanation=_("Notice, roll of voters and candidates begin anew, for those due on the new day."),
    )


@page(HOLD, "GET", "POST")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the election off."""
    actor, moment = actor_of(request), now()
    found = queries.election(actor, pk)
    return act(
        request,
        found,
        forms.WhyForm(request.POST or None),
        lambda given: services.cancel(found, reason=given["reason"], by=actor, now=moment, key=given["key"]),
        verb=_(Action.CANCEL.label),
        danger=True,
    )
