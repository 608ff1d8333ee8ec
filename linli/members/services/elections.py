"""Writes of elections up to the meeting: plan, notice, roll of voters, candidates; another day, calling off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Candidate, Election, Voter
from linli.members.policy.due import Occasion, Reason
from linli.members.policy.election_rules import E2, E7, E8
from linli.members.policy.election_states import OVER, Action, after
from linli.members.policy.elections import ELIGIBLE, Assembly, Elects, Sending, Slate, Timing
from linli.members.policy.votes import enforce
from linli.members.queries import elections as queries
from linli.members.queries.due import due_members, explained
from linli.organisations.models import Body

LEAST_SEATS = 3
"""Of a committee (B5)."""


def plan(
    body: Body,
    *,
    elects: Elects,
    planned_on: date,
    by: Actor,
    now: datetime,
    key: str,
    seats: int = 1,
    assembly: Assembly = Assembly.MEETING,
    dispersed: bool = False,
    permit: str = "",
) -> Election:
    """Plan an election of `body` on `planned_on`; `permit` is the document that allows what needs approval.

    Locks the body. Refused: a body that does not elect, a second election of the same under way, a day before today,
    too few seats of a committee, too early or too late (E7), a congress without reason or permit (E8).
    """
    with writing("election.plan", by=by, now=now, key=key) as event:
        Body.objects.select_for_update(no_key=True).get(pk=body.pk)
        _may_elect(body, elects, seats)
        numbers = queries.numbers(body, planned_on)
        _check_day(body, elects, planned_on, permit, now)
        if assembly is Assembly.CONGRESS:
            members = due_members(body, planned_on, Occasion.COUNT).count()
            enforce(E8, Sending(members, dispersed, permit, numbers.congress_members))
        election = Election.objects.create(
            body=body,
            elects=elects,
            assembly=assembly,
            seats=seats if elects is Elects.COMMITTEE else 1,
            planned_on=planned_on,
            term_years=queries.term_years(body, elects, planned_on, numbers),
            permit=permit,
        )
        event.about(election.ref, body=body.code, elects=elects.value, on=planned_on.isoformat(), permit=permit)
    return election


def give_notice(election: Election, *, venue: str, by: Actor, now: datetime, key: str) -> Election:
    """Note that the voters have been told day and venue."""
    with writing("election.notify", by=by, now=now, key=key) as event:
        found = step(election, Action.NOTIFY)
        found.venue, found.notified_on = venue, local_date(now)
        found.save()
        event.about(found.ref)
    return found


def close_roll(
    election: Election, *, by: Actor, now: datetime, key: str, representatives: Collection[str] = ()
) -> Election:
    """Close the roll of voters: every member of the body on the day of the meeting, due or not, with the reason.

    At a congress those due are the `representatives` (member numbers), each with voting right. It stays as it is:
    another day opens it again. Refused: nobody with voting right, a representative who has none, none named.
    """
    with writing("election.close_roll", by=by, now=now, key=key) as event:
        found = step(election, Action.CLOSE_ROLL)
        lines = explained(found.body, found.planned_on, Occasion.VOTE)
        sent = set(representatives) if found.assembly == Assembly.CONGRESS else None
        if sent is not None:
            _check_sent(sent, {line.member.number for line in lines if line.verdict.due})
        rows = []
        for line in lines:
            due, reason = line.verdict.due, line.verdict.reason
            if sent is not None and due:
                due = line.member.number in sent
                reason = Reason.REPRESENTATIVE if due else Reason.NOT_SENT
            rows.append(Voter(election=found, member=line.member, unit=line.unit, due=due, reason=reason))
        found.due = sum(row.due for row in rows)
        if not found.due:
            raise Refusal(
                "election-no-voter",
                gettext_noop("Nobody of %(body)s has a vote on %(day)s; check the register first."),
                body=found.body.name,
                day=found.planned_on.isoformat(),
            )
        Voter.objects.bulk_create(rows, batch_size=500)
        found.save()
        event.about(found.ref, due=found.due, members=len(rows))
    return found


def name_candidates(election: Election, *, numbers: Collection[str], by: Actor, now: datetime, key: str) -> Election:
    """Name the candidates by their member numbers; a second naming replaces the first.

    Refused: somebody who is not on the roll or cannot be elected, too small a surplus for a committee (E2), no or
    several candidates for one office that is filled directly (E3).
    """
    with writing("election.nominate", by=by, now=now, key=key) as event:
        found = step(election, Action.NOMINATE)
        members = eligible(found, numbers)
        if found.of_committee:
            percent = queries.numbers(found.body, found.planned_on).surplus_percent
            enforce(E2, Slate(found.seats, len(members), percent))
        elif len(members) != 1:
            raise Refusal(
                "election-one-candidate",
                gettext_noop("%(count)d candidates for one office; it is filled with a single candidate. Name one."),
                field="candidates",
                count=len(members),
            )
        found.candidates.all().delete()
        Candidate.objects.bulk_create([Candidate(election=found, member_id=member) for member in members])
        found.save()
        event.about(found.ref, candidates=len(members))
    return found


def move(
    election: Election, *, planned_on: date, reason: str, by: Actor, now: datetime, key: str, permit: str = ""
) -> Election:
    """Set another day before the meeting; notice, roll and candidates begin anew. Refused: as for `plan` (E7)."""
    with writing("election.move", by=by, now=now, key=key) as event:
        found = step(election, Action.MOVE)
        found.permit = permit or found.permit
        _check_day(found.body, Elects(found.elects), planned_on, found.permit, now)
        found.roll.all().delete()
        found.candidates.all().delete()
        found.planned_on, found.remark, found.due, found.notified_on, found.venue = planned_on, reason, None, None, ""
        found.save()
        event.about(found.ref, on=planned_on.isoformat(), permit=found.permit)
    return found


def cancel(election: Election, *, reason: str, by: Actor, now: datetime, key: str) -> Election:
    """Call an election off before the meeting, with the reason."""
    with writing("election.cancel", by=by, now=now, key=key) as event:
        found = step(election, Action.CANCEL)
        found.remark = reason
        found.save()
        event.about(found.ref)
    return found


def step(election: Election, action: Action) -> Election:
    """Return the election locked, in the state after `action`, not saved yet. Refused: a step out of turn. In a write.

    What leads to several states stays where it is; the service decides.
    """
    found = Election.objects.select_for_update(of=("self",)).select_related("body").get(pk=election.pk)
    found.state = after(found.state, action)
    return found


def eligible(election: Election, numbers: Collection[str]) -> list[int]:
    """Return the keys of the members with `numbers`. Refused: who is not on the roll, who cannot be elected."""
    lines = {line.member.number: line for line in queries.roll(election)}
    found = []
    for number in dict.fromkeys(numbers):
        line = lines.get(number)
        if line is None:
            raise Refusal(
                "election-unknown",
                gettext_noop("%(number)s is not on the roll of voters; give the number of a member who is."),
                field="candidates",
                number=number,
            )
        if Reason(line.reason) not in ELIGIBLE:
            raise Refusal(
                "election-ineligible",
                gettext_noop("%(name)s cannot be elected: %(reason)s. Name somebody else."),
                field="candidates",
                name=line.member.name,
                reason=Reason(line.reason),
            )
        found.append(line.member_id)
    return found


def _may_elect(body: Body, elects: Elects, seats: int) -> None:
    if body.kind not in queries.ELECTING:
        raise Refusal(
            "election-body",
            gettext_noop("%(body)s does not elect; choose a branch or a general branch."),
            field="body",
            body=body.name,
        )
    if elects is Elects.COMMITTEE and seats < LEAST_SEATS:
        raise Refusal(
            "election-seats",
            gettext_noop("A committee has at least %(least)d seats; with fewer members elect the secretary directly."),
            field="seats",
            least=LEAST_SEATS,
        )
    open_one = Election.objects.filter(body=body, elects=elects).exclude(state__in=[state.value for state in OVER])
    if (other := open_one.first()) is not None:
        raise Refusal(
            "election-open",
            gettext_noop("%(body)s has an election on %(day)s already; finish it or call it off first."),
            field="body",
            body=body.name,
            day=other.planned_on.isoformat(),
        )


def _check_day(body: Body, elects: Elects, planned_on: date, permit: str, now: datetime) -> None:
    today = local_date(now)
    if planned_on < today:
        raise Refusal(
            "election-past",
            gettext_noop("%(day)s has passed; choose today or a later day."),
            field="planned_on",
            day=planned_on.isoformat(),
        )
    numbers = queries.numbers(body, planned_on)
    until = queries.term_until(body, elects, today)
    enforce(E7, Timing(planned_on, until, permit, numbers.delay_months, numbers.ahead_months))


def _check_sent(sent: set[str], voters: set[str]) -> None:
    if not sent:
        raise Refusal(
            "election-nobody-sent",
            gettext_noop("A congress votes by representatives; give their member numbers."),
            field="representatives",
        )
    for number in sorted(sent - voters):
        raise Refusal(
            "election-not-sent",
            gettext_noop("%(number)s has no vote here and cannot be a representative; take the number out."),
            field="representatives",
            number=number,
        )
