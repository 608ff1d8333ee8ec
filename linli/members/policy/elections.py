"""Elections: what can be elected, by whom, and the facts that the rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.lib.words import Labelled, gettext_noop
from linli.members.policy.due import Reason
from linli.members.policy.kinds import Title


class Elects(Labelled):
    """What is elected. A branch without a committee elects the one office itself."""

    COMMITTEE = "committee", gettext_noop("A committee, which then elects secretary and deputy")
    SECRETARY = "secretary", gettext_noop("A secretary (branch without committee)")
    DEPUTY = "deputy", gettext_noop("A deputy secretary (branch without committee)")


class Assembly(Labelled):
    """Who votes."""

    MEETING = "meeting", gettext_noop("Meeting of all members")
    CONGRESS = "congress", gettext_noop("Congress of representatives")


OFFICES = {Elects.SECRETARY: Title.SECRETARY, Elects.DEPUTY: Title.DEPUTY}
"""The office that is elected directly."""
ELIGIBLE = frozenset({
    Reason.FULL, Reason.MOBILE, Reason.ATTACHED_ELSEWHERE, Reason.EXCUSED, Reason.REPRESENTATIVE, Reason.NOT_SENT,
})  # fmt: skip
"""Who can be elected: full members in possession of their rights, due at the vote or not (Q5)."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that a subdistrict can change (`rules`), with their defaults."""

    quorum_percent: int = 80
    surplus_percent: int = 20
    delay_months: int = 12
    ahead_months: int = 3
    congress_members: int = 500
    community_years: int = 5
    years: int = 3


USUAL = Numbers()


@dataclass(frozen=True, slots=True)
class Opening:
    """The meeting as it opens."""

    due: int
    present: int
    percent: int = USUAL.quorum_percent

    @property
    def least(self) -> int:
        """How many voters there must be, rounded up."""
        return (self.due * self.percent + 99) // 100


@dataclass(frozen=True, slots=True)
class Slate:
    """Candidates for seats of a committee."""

    seats: int
    candidates: int
    percent: int = USUAL.surplus_percent

    @property
    def least(self) -> int:
        """How many candidates there must be: seats and the surplus, rounded up."""
        return (self.seats * (100 + self.percent) + 99) // 100


@dataclass(frozen=True, slots=True)
class Timing:
    """When an election is to be held, and until when the term of those in office lasts (None: nobody's)."""

    planned_on: date
    term_until: date | None
    document: str = ""
    months: int = USUAL.delay_months
    ahead: int = USUAL.ahead_months


@dataclass(frozen=True, slots=True)
class Sending:
    """A congress of representatives instead of the meeting of all."""

    members: int
    dispersed: bool = False
    document: str = ""
    least: int = USUAL.congress_members


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office as it is to be written."""

    since: date
    until: date
    years: int
