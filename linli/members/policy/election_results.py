"""Results of a ballot: who is elected, who stands again (E4 and E6, domain.md 1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.words import Labelled, gettext_noop
from linli.members.policy.election_counts import Votes
from linli.members.policy.election_rules import ELECTIONS


class BallotKind(Labelled):
    """Why a ballot is held."""

    FIRST = "first", gettext_noop("First ballot")
    TIE = "tie", gettext_noop("Run-off of those who are level")
    REST = "rest", gettext_noop("Further ballot for seats that stayed open")


@dataclass(frozen=True, slots=True)
class Share:
    """The yes votes of one name, and the voters present."""

    name: str
    yes: int
    present: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Numbers of the elected by votes, of those level at the last seat, and how many seats are still open."""

    elected: tuple[str, ...]
    tied: tuple[str, ...] = ()
    open_seats: int = 0


def outcome(votes: Sequence[Votes], *, seats: int, present: int, kind: BallotKind) -> Outcome:
    """Return who is elected: by yes votes, with more than half of those present (E4); level at the last seat: E6.

    In the run-off of those who are level the most votes decide: each has had more than half already.
    """
    passed = [each for each in votes if kind is BallotKind.TIE or E4.check(Share(each.name, each.yes, present)) is None]
    passed.sort(key=lambda each: -each.yes)
    if len(passed) <= seats:
        return Outcome(tuple(each.number for each in passed), (), seats - len(passed))
    last, next_one = passed[seats - 1].yes, passed[seats].yes
    if last != next_one:
        return Outcome(tuple(each.number for each in passed[:seats]))
    above = tuple(each.number for each in passed if each.yes > last)
    level = tuple(each.number for each in passed if each.yes == last)
    return Outcome(above, level, seats - len(above))


def _more_than_half(share: Share) -> Finding | None:
    if share.yes * 2 > share.present:
        return None
    return Finding(
        E4,
        {"name": share.name, "yes": share.yes, "present": share.present, "least": share.present // 2 + 1},
        gettext_noop(
            "%(name)s has %(yes)d of %(present)d votes; elected is who has at least %(least)d (E4). "
            "Vote again where the seat stays open."
        ),
    )


def _clear(found: Outcome) -> Finding | None:
    if not found.tied:
        return None
    return Finding(
        E6,
        {"count": len(found.tied), "seats": found.open_seats},
        gettext_noop("%(count)d are level for %(seats)d seats; hold a run-off among them (E6)."),
    )


_OF_SHARE = gettext_noop("Elected is who has the votes of more than half of the voters present")
_OF_TIE = gettext_noop("Who is level at the last seat stands again")
E4 = Rule("E4", _OF_SHARE, ELECTIONS, Mark.SECOND_HAND, Severity.MUST, _more_than_half)
E6 = Rule("E6", _OF_TIE, ELECTIONS, Mark.SECOND_HAND, Severity.MUST, _clear)
RULES = (E4, E6)
