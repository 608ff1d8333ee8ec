"""How large a party body may be and which form it takes: B1–B4 and B8 of domain.md 1.1."""

from __future__ import annotations

from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.words import gettext_noop
from linli.members.policy.structure import (
    BASE_FROM,
    BRANCHES,
    GENERAL_FROM,
    LEAST,
    MONTHS,
    MOST,
    UNITS,
    BodyFacts,
)
from linli.organisations.policy.kinds import BodyKind


def _few(facts: BodyFacts) -> Finding | None:
    if not facts.plain or facts.full >= facts.limits[LEAST]:
        return None
    mend = gettext_noop(
        "%(full)d full members; a branch needs %(least)d. Merge it with a neighbour into a joint branch, or move its "
        "members to one."
    )
    return Finding(B1, {"full": facts.full, "least": facts.limits[LEAST]}, mend)


def _many(facts: BodyFacts) -> Finding | None:
    if facts.kind is not BodyKind.BRANCH or facts.members <= facts.limits[MOST]:
        return None
    mend = gettext_noop(
        "%(members)d members; a branch usually has %(most)d at most. Split off a branch of some %(half)d members."
    )
    return Finding(B2, {"members": facts.members, "most": facts.limits[MOST], "half": facts.members // 2}, mend)


def _joint(facts: BodyFacts) -> Finding | None:
    if facts.kind is not BodyKind.BRANCH or facts.units <= facts.limits[UNITS]:
        return None
    mend = gettext_noop(
        "It covers %(units)d units; a joint branch usually covers %(most)d at most. Split a branch off for some."
    )
    return Finding(B3, {"units": facts.units, "most": facts.limits[UNITS]}, mend)


def _temporary(facts: BodyFacts) -> Finding | None:
    if facts.kind is not BodyKind.TEMPORARY_BRANCH or facts.months < facts.limits[MONTHS]:
        return None
    mend = gettext_noop(
        "The temporary branch is %(months)d months old; from %(most)d on what it was made for lasts. Found a branch "
        "where %(least)d full members stay, or dissolve it."
    )
    values = {"months": facts.months, "most": facts.limits[MONTHS], "least": facts.limits[LEAST]}
    return Finding(B4, values, mend)


def _form(facts: BodyFacts) -> Finding | None:
    values = {"total": facts.total, "general": facts.limits[GENERAL_FROM], "base": facts.limits[BASE_FROM]}
    above = facts.kind is BodyKind.BRANCH and facts.branches > 0
    if facts.total > facts.limits[BASE_FROM] and (above or facts.kind is BodyKind.GENERAL_BRANCH):
        mend = gettext_noop(
            "%(total)d members; a general branch has up to %(base)d, then a base committee is formed. Ask the body "
            "above for it, or for its approval to stay."
        )
        return Finding(B8, values, mend)
    if facts.kind is BodyKind.GENERAL_BRANCH and facts.total < facts.limits[GENERAL_FROM]:
        mend = gettext_noop(
            "%(total)d members; a general branch is formed from %(general)d on. One branch is enough, or ask the body "
            "above for its approval to stay."
        )
        return Finding(B8, values, mend)
    if above and facts.total >= facts.limits[GENERAL_FROM]:
        mend = gettext_noop(
            "%(total)d members, %(branches)d branches below a branch; from %(general)d on a general branch is formed. "
            "Ask the body above for it."
        )
        return Finding(B8, values | {"branches": facts.branches}, mend)
    return None


_ORGANS = gettext_noop(
    "Regulations on grass-roots party organisations in party and state organs, arts. 5–6, made for organs"
)

_FORMED = gettext_noop("A branch has at least 3 full members")
_CEILING = gettext_noop("A branch usually has at most 50 members")
_COVERS = gettext_noop("A joint branch usually covers at most 5 units")
_LASTING = gettext_noop("A project that lasts longer than 6 months forms a branch; a temporary branch is for less")
_SIZED = gettext_noop("A general branch has 50 to 100 members; from 100 on a base committee; exceptions by approval")

B1 = Rule("B1", _FORMED, BRANCHES, Mark.SECOND_HAND, Severity.MUST, _few, (LEAST,))
B2 = Rule("B2", _CEILING, BRANCHES, Mark.SECOND_HAND, Severity.USUALLY, _many, (MOST,))
B3 = Rule("B3", _COVERS, BRANCHES, Mark.SECOND_HAND, Severity.USUALLY, _joint, (UNITS,))
B4 = Rule("B4", _LASTING, BRANCHES, Mark.SECOND_HAND, Severity.USUALLY, _temporary, (MONTHS, LEAST))
B8 = Rule("B8", _SIZED, _ORGANS, Mark.UNVERIFIED, Severity.USUALLY, _form, (GENERAL_FROM, BASE_FROM))

RULES = (B1, B2, B3, B4, B8)
