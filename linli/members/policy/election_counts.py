"""Counting of ballots: what can be a count at all, and which ballots are valid (E5, domain.md 1.4).

Only sums come in here: who voted what is known to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from linli.lib.errors import Refusal
from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.words import gettext_noop
from linli.members.policy.election_rules import ELECTIONS

TWICE = gettext_noop("%(name)s (%(number)s) is entered twice; enter all votes for one name in one line.")


@dataclass(frozen=True, slots=True)
class Votes:
    """What one name got; of a name written in only `yes` is counted."""

    number: str
    name: str
    yes: int
    no: int = 0
    abstain: int = 0
    written_in: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """The count of one ballot for `seats`, at a meeting of `present` voters."""

    seats: int
    present: int
    issued: int
    returned: int
    valid: int
    invalid: int
    votes: tuple[Votes, ...]


def check_count(count: Count) -> None:
    """Refuse a count that cannot be: more ballots than voters, sums that differ, more votes than ballots, a name twice.

    More returned than issued is no such error: it makes the election void (`E5`).
    """
    if count.issued > count.present:
        raise Refusal(
            "count-issued",
            gettext_noop("%(issued)d ballots issued to %(present)d voters present; each gets one. Correct the count."),
            field="issued",
            issued=count.issued,
            present=count.present,
        )
    if count.valid + count.invalid != count.returned:
        raise Refusal(
            "count-returned",
            gettext_noop(
                "%(valid)d valid and %(invalid)d invalid ballots make %(sum)d, but %(returned)d were returned. "
                "Count again."
            ),
            field="returned",
            valid=count.valid,
            invalid=count.invalid,
            sum=count.valid + count.invalid,
            returned=count.returned,
        )
    met: set[str] = set()
    for votes in count.votes:
        if votes.number in met:
            raise Refusal("count-twice", TWICE, field="written", name=votes.name, number=votes.number)
        met.add(votes.number)
        _check_votes(votes, count.valid)
    marked = sum(votes.yes for votes in count.votes)
    if marked > count.seats * count.valid:
        raise Refusal(
            "count-marks",
            gettext_noop(
                "%(marked)d yes votes on %(valid)d valid ballots for %(seats)d seats: a ballot with more than "
                "%(seats)d names is invalid (E5). Count again."
            ),
            marked=marked,
            valid=count.valid,
            seats=count.seats,
        )


def _check_votes(votes: Votes, valid: int) -> None:
    given = votes.yes + votes.no + votes.abstain
    if given == valid or (votes.written_in and given <= valid):
        return
    words = gettext_noop(
        "%(name)s: %(yes)d yes, %(no)d no and %(abstain)d abstentions make %(sum)d, but %(valid)d ballots are valid. "
        "Count again."
    )
    if votes.written_in:
        words = gettext_noop("%(name)s, written in: %(yes)d votes, but only %(valid)d ballots are valid. Count again.")
    raise Refusal(
        "count-votes",
        words,
        field=f"yes-{votes.number}",
        name=votes.name,
        yes=votes.yes,
        no=votes.no,
        abstain=votes.abstain,
        sum=given,
        valid=valid,
    )


def valid_ballot(names_marked: int, seats: int) -> bool:
    """Tell whether a ballot is valid: it marks at most as many names as there are seats (E5)."""
    return names_marked <= seats


def _not_more_returned(count: Count) -> Finding | None:
    if count.returned <= count.issued:
        return None
    return Finding(
        E5,
        {"returned": count.returned, "issued": count.issued},
        gettext_noop(
            "%(returned)d ballots returned, but only %(issued)d were issued. Count again; if it is so, say that the "
            "election is void, and hold it anew (E5)."
        ),
    )


_OF_BALLOTS = gettext_noop("A ballot marks at most as many names as seats; more returned than issued makes all void")
E5 = Rule("E5", _OF_BALLOTS, ELECTIONS, Mark.SECOND_HAND, Severity.MUST, _not_more_returned)
RULES = (E5,)
