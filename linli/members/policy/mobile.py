"""Members who live elsewhere or are out of touch: rules L1, L3, L4 and L5 (domain.md 1.5).

Every number is a rule value (`NUMBERS`); months are calendar months, reached on the day itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.spans import months_after
from linli.lib.words import gettext_noop
from linli.members.policy.kinds import Standing

CERTIFICATE, TRANSFER, REPORT = "member.mobile_months", "member.transfer_months", "member.report_months"
BRANCH, LOST = "member.mobile_branch", "member.lost_months"
NUMBERS = (CERTIFICATE, TRANSFER, REPORT, BRANCH, LOST)

MOBILE_SOURCE = gettext_noop("Practice of managing mobile members")
LOST_SOURCE = gettext_noop("Rules on mobile members of 2024, with a term of two years")


@dataclass(frozen=True, slots=True)
class Away:
    """A member of whom a standing holds on `day`: since when, with a certificate or not, when last heard of."""

    kind: Standing
    since: date
    certified: bool
    heard_on: date | None
    day: date
    numbers: Mapping[str, int]

    def over(self, since: date, code: str) -> bool:
        """Tell whether the months of the rule value `code` have passed since `since`."""
        return months_after(since, self.numbers[code]) <= self.day


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many members live at one place elsewhere."""

    where: str
    count: int
    numbers: Mapping[str, int]


def _long_away(facts: Away) -> Finding | None:
    values = {"since": facts.since.isoformat()}
    if facts.kind is not Standing.MOBILE:
        return None
    if facts.over(facts.since, TRANSFER):
        mend = gettext_noop("Away since %(since)s: transfer the membership to where the member lives.")
        return Finding(L1, values, mend)
    if facts.over(facts.since, CERTIFICATE) and not facts.certified:
        mend = gettext_noop("Away since %(since)s: issue a certificate, and enter its number.")
        return Finding(L1, values, mend)
    return None


def _report_due(facts: Away) -> Finding | None:
    heard = max(facts.since, facts.heard_on or facts.since)
    if facts.kind is Standing.MOBILE and facts.over(heard, REPORT):
        mend = gettext_noop("Nothing heard since %(heard)s: ask for the yearly report, and enter the day.")
        return Finding(L3, {"heard": heard.isoformat()}, mend)
    return None


def _lost(facts: Away) -> Finding | None:
    if facts.kind is not Standing.LOST:
        return None
    heard = facts.heard_on or facts.since
    if heard > facts.since:
        mend = gettext_noop("Heard of on %(heard)s: end the suspension from that day.")
        return Finding(L5, {"heard": heard.isoformat()}, mend)
    if facts.over(facts.since, LOST):
        mend = gettext_noop("Out of touch since %(heard)s: the branch decides whether this is leaving.")
        return Finding(L5, {"heard": facts.since.isoformat()}, mend)
    return None


def _temporary_branch(facts: Gathered) -> Finding | None:
    if facts.count < facts.numbers[BRANCH]:
        return None
    mend = gettext_noop("%(count)d of our members live at %(where)s: they may form a temporary branch.")
    return Finding(L4, {"count": facts.count, "where": facts.where}, mend)


L1 = Rule(
    "L1",
    gettext_noop("Long absence needs a certificate, then a transfer"),
    MOBILE_SOURCE,
    Mark.SECOND_HAND,
    Severity.MUST,
    _long_away,
    (CERTIFICATE, TRANSFER),
)
L3 = Rule(
    "L3",
    gettext_noop("A mobile member reports to the branch once a year"),
    MOBILE_SOURCE,
    Mark.SECOND_HAND,
    Severity.MUST,
    _report_due,
    (REPORT,),
)
L4 = Rule(
    "L4",
    gettext_noop("Mobile members at one place may form a temporary branch"),
    MOBILE_SOURCE,
    Mark.SECOND_HAND,
    Severity.USUALLY,
    _temporary_branch,
    (BRANCH,),
)
L5 = Rule(
    "L5",
    gettext_noop("Who is out of touch for too long may be treated as leaving"),
    LOST_SOURCE,
    Mark.UNVERIFIED,
    Severity.USUALLY,
    _lost,
    (LOST,),
)
AWAY: tuple[Rule[Away], ...] = (L1, L3, L5)
RULES: tuple[Rule[Any], ...] = (*AWAY, L4)
