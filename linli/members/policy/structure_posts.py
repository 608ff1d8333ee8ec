"""Who leads a branch: its committee, its secretary, their terms. B5–B7 of domain.md 1.1."""

from __future__ import annotations

from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.words import gettext_noop
from linli.members.policy.kinds import Title
from linli.members.policy.structure import BRANCHES, COMMITTEE_FROM, SEATS_LEAST, SEATS_MOST, BodyFacts

OFFICES = (Title.SECRETARY, Title.ORGANISATION, Title.PUBLICITY, Title.DISCIPLINE)
"""What the members of a branch committee do; one member may hold two of them."""


def _committee(facts: BodyFacts) -> Finding | None:
    if not facts.large or facts.committee >= facts.limits[SEATS_LEAST]:
        return None
    mend = gettext_noop(
        "%(full)d full members and a committee of %(seats)d; from %(from)d on a committee of at least %(least)d is "
        "needed. Elect one."
    )
    limits = {"from": facts.limits[COMMITTEE_FROM], "least": facts.limits[SEATS_LEAST]}
    return Finding(B5, {"full": facts.full, "seats": facts.committee, **limits}, mend)


def _seats(facts: BodyFacts) -> Finding | None:
    if not facts.large or facts.committee <= facts.limits[SEATS_MOST]:
        return None
    mend = gettext_noop(
        "The committee has %(seats)d members; usually %(most)d at most. Elect fewer at the end of the term."
    )
    return Finding(B5_SEATS, {"seats": facts.committee, "most": facts.limits[SEATS_MOST]}, mend)


def _offices(facts: BodyFacts) -> Finding | None:
    missing = [title for title in OFFICES if not facts.holders(title)]
    if not facts.large or facts.committee < facts.limits[SEATS_LEAST] or not missing:
        return None
    mend = gettext_noop(
        "The committee lacks %(count)d of its four offices, first: %(title)s. Let a member of it take the office on."
    )
    return Finding(B5_OFFICES, {"count": len(missing), "title": missing[0]}, mend)


def _small(facts: BodyFacts) -> Finding | None:
    if not facts.plain or facts.large:
        return None
    secretaries, deputies = facts.holders(Title.SECRETARY), facts.holders(Title.DEPUTY)
    if secretaries == 1 and deputies <= 1 and facts.committee <= secretaries + deputies:
        return None
    values = {"seats": facts.committee, "from": facts.limits[COMMITTEE_FROM]}
    if secretaries != 1:
        return Finding(B6, values | {"count": secretaries}, gettext_noop("%(count)d secretaries. Elect exactly one."))
    mend = gettext_noop(
        "%(seats)d members hold posts; below %(from)d full members there is a secretary, and one deputy where needed. "
        "End the other posts."
    )
    return Finding(B6, values, mend)


def _term(facts: BodyFacts) -> Finding | None:
    if not facts.terms_over:
        return None
    mend = gettext_noop(
        "%(count)d posts are held after the end of their term. Elect anew, or record the approval of the body above."
    )
    return Finding(B7, {"count": facts.terms_over}, mend)


_ELECTED = gettext_noop("From 7 full members on a branch has a committee of at least 3")
_SEATED = gettext_noop("A branch committee has 3 to 5 members, usually 7 at most")
_HELD = gettext_noop("A branch committee has a secretary and members for organisation, publicity and discipline")
_WITHOUT = gettext_noop("Below 7 full members a branch has a secretary, a deputy where needed, and no committee")
_RENEWED = gettext_noop(
    "A branch committee is elected anew when its term ends: after 5 years in communities, usually 3"
)

B5 = Rule("B5", _ELECTED, BRANCHES, Mark.SECOND_HAND, Severity.MUST, _committee, (COMMITTEE_FROM, SEATS_LEAST))
B5_SEATS = Rule("B5-seats", _SEATED, BRANCHES, Mark.SECOND_HAND, Severity.USUALLY, _seats, (SEATS_MOST,))
B5_OFFICES = Rule("B5-offices", _HELD, BRANCHES, Mark.SECOND_HAND, Severity.USUALLY, _offices, (SEATS_LEAST,))
B6 = Rule("B6", _WITHOUT, BRANCHES, Mark.SECOND_HAND, Severity.MUST, _small, (COMMITTEE_FROM,))
B7 = Rule("B7-over", _RENEWED, BRANCHES, Mark.SECOND_HAND, Severity.USUALLY, _term)

RULES = (B5, B5_SEATS, B5_OFFICES, B6, B7)
