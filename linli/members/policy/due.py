"""Who counts, and who is due: one table for rolls, quorums, statistics (domain.md 1.3, 1.5; rules Q5, L1–L5).

A standing of `EXCLUDES` keeps a member out of an occasion; what is not there does not. The first that holds, in the
order of the table, is the reason. Of members whom nothing keeps out the stage decides.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from linli.lib.words import Labelled, gettext_noop
from linli.members.policy.kinds import Stage, Standing


class Occasion(Labelled):
    """What one may be due at."""

    COUNT = "count", gettext_noop("Counts as a member of the unit")
    LIFE = "life", gettext_noop("Due at organisational life")
    VOTE = "vote", gettext_noop("Due at a vote")


class Reason(Labelled):
    """Why somebody is due or not."""

    FULL = "full", gettext_noop("Full member of the unit")
    PROBATIONARY = "probationary", gettext_noop("Probationary member of the unit")
    PROBATIONARY_VOTE = "probationary_vote", gettext_noop("Not due: on probation, without vote (Q5)")
    NOT_YET = "not_yet", gettext_noop("Not due: was not a member yet")
    LOST = "lost", gettext_noop("Not due: out of touch, membership suspended (L5)")
    MOBILE = "mobile", gettext_noop("Not due: lives elsewhere for longer than the rule allows (L1)")
    ATTACHED_ELSEWHERE = "attached_elsewhere", gettext_noop("Not due: takes part in another branch for the time (L2)")
    TEMPORARY_HERE = "temporary_here", gettext_noop("Not due: temporary relation only, without vote (L2)")
    SUSPENDED = "suspended", gettext_noop("Not due: voting right suspended (Q5)")
    EXCUSED = "excused", gettext_noop("Not due: excused for age or illness by decision of the branch")
    REPRESENTATIVE = "representative", gettext_noop("Representative at the congress")
    NOT_SENT = "not_sent", gettext_noop("Not due: the representatives vote (E8)")


EXCLUDES: dict[Occasion, tuple[Standing, ...]] = {
    Occasion.COUNT: (Standing.LOST, Standing.TEMPORARY_HERE),
    Occasion.LIFE: (Standing.LOST, Standing.MOBILE, Standing.ATTACHED_ELSEWHERE, Standing.EXCUSED),
    Occasion.VOTE: (
        Standing.LOST,
        Standing.MOBILE,
        Standing.ATTACHED_ELSEWHERE,
        Standing.TEMPORARY_HERE,
        Standing.SUSPENDED,
        Standing.EXCUSED,
    ),
}
"""A mobile member counts as away only after the months of the rule `member.mobile_months` (L1: 3)."""

VOTING = frozenset({Stage.FULL})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody is due, and why."""

    due: bool
    reason: Reason


def judge(stage: Stage | None, standings: Collection[Standing], occasion: Occasion) -> Verdict:
    """Return whether a member of `stage` (None: not a member yet), of whom `standings` hold, is due at `occasion`."""
    if stage is None:
        return Verdict(due=False, reason=Reason.NOT_YET)
    for standing in EXCLUDES[occasion]:
        if standing in standings:
            return Verdict(due=False, reason=Reason(standing.value))
    if occasion is Occasion.VOTE and stage not in VOTING:
        return Verdict(due=False, reason=Reason.PROBATIONARY_VOTE)
    return Verdict(due=True, reason=Reason(stage.value))
