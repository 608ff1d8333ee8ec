"""Writes of the meeting: opening, the count by one person, its confirmation by another, what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Ballot, Candidate, Election, Tally
from linli.members.policy.election_counts import E5, Count, Votes, check_count
from linli.members.policy.election_results import BallotKind, Outcome, outcome
from linli.members.policy.election_rules import E1
from linli.members.policy.election_states import Action, State, after
from linli.members.policy.elections import OFFICES, Elects, Opening
from linli.members.policy.votes import enforce
from linli.members.queries import elections as queries
from linli.members.services.elections import eligible, step

ELECTED = gettext_noop(
    "%(name)s (%(number)s) was elected in an earlier ballot and needs no further votes; take the name out."
)
NOT_LEVEL = gettext_noop(
    "%(name)s (%(number)s) does not stand in this run-off: it decides only between those who are level. Take the name "
    "out; a ballot that marks nobody who stands is invalid."
)


@dataclass(frozen=True, slots=True)
class Entered:
    """A count as somebody entered it; `votes` name members by their numbers."""

    issued: int
    returned: int
    valid: int
    invalid: int
    votes: tuple[Votes, ...]
    void: bool = False
    """The person says that more ballots were returned than issued, and that it is so."""


def hold(election: Election, *, present: int, by: Actor, now: datetime, key: str) -> Election:
    """Open the meeting with `present` voters. Refused: before its day, more present than due, too few (E1)."""
    with writing("election.hold", by=by, now=now, key=key) as event:
        found = step(election, Action.HOLD)
        if local_date(now) < found.planned_on:
            raise Refusal(
                "election-ahead",
                gettext_noop("The meeting is on %(day)s; open it then, or set another day."),
                day=found.planned_on.isoformat(),
            )
        due = found.due or 0
        if present > due:
            raise Refusal(
                "election-present",
                gettext_noop(
                    "%(present)d present, but only %(due)d are due: guests and those without vote do not count. "
                    "Correct the number."
                ),
                field="present",
                present=present,
                due=due,
            )
        enforce(E1, Opening(due, present, queries.numbers(found.body, found.planned_on).quorum_percent))
        found.held_on, found.present = found.planned_on, present
        found.save()
        _open_ballot(found, BallotKind.FIRST, found.seats, list(found.candidates.all()))
        event.about(found.ref, present=present, due=due)
    return found


def enter_count(election: Election, *, entered: Entered, by: Actor, now: datetime, key: str) -> Election:
    """Keep a count until another person confirms it. Locks the election.

    Refused: what cannot be a count (`policy.election_counts`), more ballots returned than issued unless the person
    says that the election is void (E5), a candidate without sums, a name written in that cannot be elected: here not
    at all, or not on this ballot, since it was elected already or does not stand in a run-off of those who are level.
    """
    with writing("election.count", by=by, now=now, key=key) as event:
        found = step(election, Action.COUNT)
        ballot = _current(found)
        ballot.void = entered.void
        _check(found, ballot, entered)
        ballot.issued, ballot.returned = entered.issued, entered.returned
        ballot.valid, ballot.invalid = (0, entered.returned) if entered.void else (entered.valid, entered.invalid)
        ballot.counted_by, ballot.entries = by.ref, ballot.entries + 1
        ballot.save()
        _keep_votes(found, ballot, () if entered.void else entered.votes)
        found.remark = ""
        found.save()
        event.about(found.ref, ballot=ballot.number, issued=ballot.issued, returned=ballot.returned)
    return found


def confirm_count(election: Election, *, seen: int, by: Actor, now: datetime, key: str) -> Election:
    """Confirm the count that was read (`seen`: its number of entries); the result follows from it.

    Refused: by who entered it, a count entered anew meanwhile.
    """
    with writing("election.confirm", by=by, now=now, key=key) as event:
        found = step(election, Action.CONFIRM)
        ballot = _current(found)
        if by.ref == ballot.counted_by:
            raise Refusal("election-own-count", gettext_noop("You entered this count; another person confirms it."))
        if seen != ballot.entries:
            raise Refusal(
                "election-count-changed", gettext_noop("The count was entered anew meanwhile; read it again.")
            )
        ballot.confirmed_by = by.ref
        ballot.save()
        result = _result(found, ballot)
        found.save()
        event.about(found.ref, ballot=ballot.number, elected=len(result.elected), state=found.state)
    return found


def return_count(election: Election, *, reason: str, by: Actor, now: datetime, key: str) -> Election:
    """Give a count back to be made again, saying why."""
    with writing("election.return", by=by, now=now, key=key) as event:
        found = Election.objects.select_for_update().get(pk=election.pk)
        ballot = _current(found)
        found.state = after(found.state, Action.RETURN, State.HELD if ballot.number == 1 else State.RUN_OFF)
        found.remark = reason
        found.save()
        event.about(found.ref, ballot=ballot.number)
    return found


def leave_open(election: Election, *, yes: int, by: Actor, now: datetime, key: str) -> Election:
    """Fill no further seats, where at least half of the voters present agree. Refused: a run-off, too few who agree."""
    with writing("election.leave_open", by=by, now=now, key=key) as event:
        found = step(election, Action.LEAVE_OPEN)
        ballot = _current(found)
        filled = found.candidates.filter(elected=True).count()
        if ballot.kind != BallotKind.REST or not filled:
            raise Refusal(
                "election-must-vote", gettext_noop("Another ballot is needed here: enter its count when it was held.")
            )
        present = found.present or 0
        if yes > present or yes * 2 < present:
            raise Refusal(
                "election-consent",
                gettext_noop(
                    "%(yes)d of %(present)d present agree; from %(least)d on seats can stay open. Hold another ballot."
                ),
                field="yes",
                yes=yes,
                present=present,
                least=(present + 1) // 2,
            )
        ballot.delete()
        found.save()
        event.about(found.ref, filled=filled, yes=yes)
    return found


def _check(found: Election, ballot: Ballot, entered: Entered) -> None:
    standing = {line.candidate.member.number: line.candidate for line in _standing(ballot)}
    votes = _named(found, ballot, standing, entered.votes)
    numbers = (entered.issued, entered.returned, entered.valid, entered.invalid)
    count = Count(ballot.seats, found.present or 0, *numbers, votes)
    if not entered.void:
        enforce(E5, count)
        check_count(count)
    elif E5.check(count) is None:
        raise Refusal(
            "count-not-void",
            gettext_noop(
                "%(returned)d ballots returned of %(issued)d issued: the election is not void. Take the tick out."
            ),
            field="void",
            returned=entered.returned,
            issued=entered.issued,
        )
    missing = standing.keys() - {each.number for each in votes}
    if missing and not entered.void:
        names = "、".join(sorted(standing[number].member.name for number in missing))
        raise Refusal("count-missing", gettext_noop("No sums for %(names)s; enter them."), names=names)


def _named(
    found: Election, ballot: Ballot, standing: dict[str, Candidate], votes: Iterable[Votes]
) -> tuple[Votes, ...]:
    """Return the votes with the names of the members; who does not stand was written in.

    Refused: a name written in that cannot be elected, or not on this ballot.
    """
    given = list(votes)
    written = [each.number for each in given if each.number not in standing]
    names = {number: standing[number].member.name for number in standing}
    names |= {line.member.number: line.member.name for line in queries.roll(found)} if written else {}
    eligible(found, written)
    elected = set(found.candidates.filter(elected=True).values_list("member__number", flat=True))
    for number in written:
        if number in elected:
            raise Refusal("count-elected", ELECTED, field="written", name=names[number], number=number)
        if ballot.kind == BallotKind.TIE:
            raise Refusal("count-tie", NOT_LEVEL, field="written", name=names[number], number=number)
    return tuple(replace(each, name=names[each.number], written_in=each.number not in standing) for each in given)


def _keep_votes(found: Election, ballot: Ballot, votes: Sequence[Votes]) -> None:
    """Write the sums; names written in at an earlier entry of this ballot go."""
    ballot.tallies.filter(printed=False).delete()
    found.candidates.filter(written_in=True, tallies=None).delete()
    printed = {line.candidate.member.number: line for line in _standing(ballot)}
    members = {line.member.number: line.member for line in queries.roll(found)}
    for each in votes:
        line = printed.get(each.number)
        if line is None:
            member = members[each.number]
            candidate, _new = Candidate.objects.get_or_create(
                election=found, member=member, defaults={"written_in": True}
            )
            line = Tally(ballot=ballot, candidate=candidate, printed=False)
        line.yes, line.no, line.abstain = each.yes, each.no, each.abstain
        line.save()


def _standing(ballot: Ballot) -> list[Tally]:
    """Return the lines of those whose names stand on the paper."""
    return list(ballot.tallies.filter(printed=True).select_related("candidate__member"))


def _result(found: Election, ballot: Ballot) -> Outcome:
    if ballot.void:
        found.state = after(State.COUNTED, Action.CONFIRM, State.VOID)
        return Outcome(())
    votes = queries.votes(ballot)
    result = outcome(votes, seats=ballot.seats, present=found.present or 0, kind=BallotKind(ballot.kind))
    title = OFFICES.get(Elects(found.elects))
    elected = found.candidates.filter(member__number__in=result.elected)
    elected.update(elected=True, title=title.value if title else "")
    to = State.ELECTED if found.of_committee else State.COMPLETE
    if result.open_seats:
        kind = BallotKind.TIE if result.tied else BallotKind.REST
        rest = found.candidates.filter(elected=False)
        _open_ballot(
            found, kind, result.open_seats, list(rest.filter(member__number__in=result.tied) if result.tied else rest)
        )
        to = State.RUN_OFF
    found.state = after(State.COUNTED, Action.CONFIRM, to)
    return result


def _current(found: Election) -> Ballot:
    ballot = found.ballots.order_by("-number").first()
    if ballot is None:
        raise Refusal("election-no-ballot", gettext_noop("The meeting has not been opened yet; open it first."))
    return ballot


def _open_ballot(found: Election, kind: BallotKind, seats: int, standing: Sequence[Candidate]) -> None:
    ballot = Ballot.objects.create(election=found, number=found.ballots.count() + 1, kind=kind, seats=seats)
    Tally.objects.bulk_create([Tally(ballot=ballot, candidate=candidate) for candidate in standing])
