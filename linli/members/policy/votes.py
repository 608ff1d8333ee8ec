"""Meetings that vote: Q1–Q4 and Q6 of domain.md 1.3 in exact integers. Who is due at a vote (Q5) says `policy.due`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linli.lib.errors import Refusal
from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.words import gettext_noop
from linli.members.policy.kinds import BRANCH_TITLES, Title

_MEETING = gettext_noop("Regulations on the work of party branches (2018), art. 11")
_COMMITTEE = gettext_noop("Regulations on the work of party branches (2018), art. 12")
_CHAIR = gettext_noop("Regulations on the work of party branches (2018), art. 14")


def enforce[F](rule: Rule[F], facts: F) -> None:
    """Refuse what breaks `rule`, in the words of its finding."""
    found = rule.check(facts)
    if found is not None:
        values: dict[str, Any] = dict(found.values)
        raise Refusal(f"rule-{rule.code}", found.mend, **values)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Of a meeting: how many were due (with voting right), how many came, how many said yes."""

    due: int
    present: int
    yes: int = 0


@dataclass(frozen=True, slots=True)
class Matter:
    """What a meeting decides, and which bodies have discussed it."""

    weighty: bool
    """Whether it weighs much in the community, or touches the interests of residents."""
    general_meeting: bool
    committee_before: bool


@dataclass(frozen=True, slots=True)
class Chair:
    """Who chairs: the post held, and whether the secretary delegated it."""

    title: Title | None
    delegated: bool = False


def _half_came(meeting: Meeting) -> Finding | None:
    if meeting.present * 2 >= meeting.due:
        return None
    return Finding(
        Q1,
        {"present": meeting.present, "due": meeting.due, "least": (meeting.due + 1) // 2},
        gettext_noop(
            "%(present)d of %(due)d with voting right came; the meeting can vote from %(least)d on. "
            "Call it again on another day (Q1)."
        ),
    )


def _passed(meeting: Meeting) -> Finding | None:
    if meeting.yes * 2 > meeting.due:
        return None
    return Finding(
        Q2,
        {"yes": meeting.yes, "due": meeting.due, "least": meeting.due // 2 + 1},
        gettext_noop(
            "%(yes)d of the %(due)d who are due said yes, not more than half; the motion passes from %(least)d on (Q2)."
        ),
    )


def _half_of_committee(meeting: Meeting) -> Finding | None:
    if meeting.present * 2 >= meeting.due:
        return None
    return Finding(
        Q3,
        {"present": meeting.present, "due": meeting.due, "least": (meeting.due + 1) // 2},
        gettext_noop(
            "%(present)d of the %(due)d committee members came; the committee can meet from %(least)d on. "
            "Call it again on another day (Q3)."
        ),
    )


def _before_all(matter: Matter) -> Finding | None:
    if not matter.weighty or (matter.general_meeting and matter.committee_before):
        return None
    if matter.general_meeting:
        words = gettext_noop("The committee has not discussed it; usually it does so before the members' meeting (Q4).")
    else:
        words = gettext_noop("It weighs much or touches residents' interests: put it to the members' meeting (Q4).")
    return Finding(Q4, {}, words)


def _may_chair(chair: Chair) -> Finding | None:
    if chair.title is Title.SECRETARY or (chair.delegated and chair.title in BRANCH_TITLES):
        return None
    return Finding(
        Q6,
        {},
        gettext_noop(
            "The secretary chairs; otherwise the deputy or a committee member whom the secretary asked to. "
            "Name one of them (Q6)."
        ),
    )


_OF_MEETING = gettext_noop("A members' meeting can vote when at least half of those with voting right came")
_OF_MOTION = gettext_noop("A motion passes with more than half of those who are due, not of those who came")
_OF_COMMITTEE = gettext_noop("A committee can meet when at least half of its members came")
_OF_WEIGHT = gettext_noop("What weighs much goes through the members' meeting, usually after the committee")
_OF_CHAIR = gettext_noop("The secretary chairs, or by delegation the deputy or a committee member")

Q1 = Rule("Q1", _OF_MEETING, _MEETING, Mark.SEEN, Severity.MUST, _half_came)
Q2 = Rule("Q2", _OF_MOTION, _MEETING, Mark.SEEN, Severity.MUST, _passed)
Q3 = Rule("Q3", _OF_COMMITTEE, _COMMITTEE, Mark.SEEN, Severity.MUST, _half_of_committee)
Q4 = Rule("Q4", _OF_WEIGHT, _MEETING, Mark.SEEN, Severity.MUST, _before_all)
Q6 = Rule("Q6", _OF_CHAIR, _CHAIR, Mark.SEEN, Severity.MUST, _may_chair)
RULES = (Q1, Q2, Q3, Q4, Q6)
