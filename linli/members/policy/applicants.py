"""The way into the Party: steps, the time between them, probation (发展党员工作细则, 2014).

domain.md has no number for these: each is a rule value with a default that nobody has checked (mark M).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.lib.errors import Refusal
from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.spans import months_after
from linli.lib.words import gettext_noop
from linli.members.policy.kinds import ApplicantStage

AGE, TALK, ACTIVIST = "member.apply_age", "member.talk_months", "member.activist_months"
PROBATION, PROLONG = "member.probation_months", "member.prolong_months"
NUMBERS = (AGE, TALK, ACTIVIST, PROBATION, PROLONG)

NEXT: dict[ApplicantStage, ApplicantStage] = {
    ApplicantStage.APPLICANT: ApplicantStage.ACTIVIST,
    ApplicantStage.ACTIVIST: ApplicantStage.TARGET,
    ApplicantStage.TARGET: ApplicantStage.ADMITTED,
}
"""The step after each; every one of these can also be ended."""
WAITS: dict[ApplicantStage, str] = {ApplicantStage.ACTIVIST: ACTIVIST}
"""Rule value: for how many months a stage lasts at least before the next step."""

SOURCE = gettext_noop("Rules on developing members of the Communist Party of China (2014)")


@dataclass(frozen=True, slots=True)
class Way:
    """How far an applicant has come on `day`, and by which numbers."""

    applied_on: date
    talked_on: date | None
    stage: ApplicantStage
    since: date
    day: date
    numbers: Mapping[str, int]

    @property
    def earliest(self) -> date:
        """The first day on which the next step may be taken."""
        code = WAITS.get(self.stage)
        return months_after(self.since, self.numbers[code]) if code else self.since

    @property
    def talk_by(self) -> date:
        """The day by which somebody talks with the applicant."""
        return months_after(self.applied_on, self.numbers[TALK])


@dataclass(frozen=True, slots=True)
class Trial:
    """A member on probation until `until`, seen on `day`."""

    until: date
    day: date


def check_application(name: str, born_on: date, on: date, today: date, age: int) -> None:
    """Refuse an application that cannot be: on a day to come, or younger than the rule value `AGE` (years)."""
    check_day(name, on, born_on, today)
    if months_after(born_on, 12 * age) > on:
        raise Refusal(
            "applicant-age",
            gettext_noop("%(name)s, born on %(born)s, was not %(age)d on %(on)s; nobody younger may apply."),
            field="born_on",
            name=name,
            born=born_on.isoformat(),
            age=age,
            on=on.isoformat(),
        )


def check_day(name: str, on: date, since: date, today: date) -> None:
    """Refuse a day to come, or before what went before."""
    values = {"name": name, "on": on.isoformat(), "since": since.isoformat()}
    if on > today:
        message = gettext_noop("%(on)s is still to come; enter what happened to %(name)s on or after its day.")
        raise Refusal("applicant-ahead", message, field="on", **values)
    if on < since:
        message = gettext_noop("%(on)s lies before %(since)s, when the step before was taken; correct the day.")
        raise Refusal("applicant-order", message, field="on", **values)


def check_step(name: str, way: Way, to: ApplicantStage, on: date) -> None:
    """Refuse a step that does not follow, on a day that cannot be, or before the time of the stage has passed."""
    if way.stage not in NEXT or to not in {NEXT[way.stage], ApplicantStage.ENDED}:
        message = gettext_noop("%(name)s stands at “%(stage)s”; this step does not follow.")
        raise Refusal("applicant-step", message, name=name, stage=way.stage)
    check_day(name, on, way.since, way.day)
    if to is not ApplicantStage.ENDED and on < way.earliest:
        message = gettext_noop("%(name)s is at “%(stage)s” since %(since)s; the next step is possible from %(from)s.")
        values = {"stage": way.stage, "since": way.since.isoformat(), "from": way.earliest.isoformat()}
        raise Refusal("applicant-early", message, field="on", name=name, **values)


def _no_talk(facts: Way) -> Finding | None:
    if facts.talked_on or facts.stage is not ApplicantStage.APPLICANT or facts.talk_by > facts.day:
        return None
    mend = gettext_noop("Applied on %(on)s, and nobody has talked with the applicant: do so now, and enter the day.")
    return Finding(W2, {"on": facts.applied_on.isoformat()}, mend)


def _trial_over(facts: Trial) -> Finding | None:
    if facts.until > facts.day:
        return None
    mend = gettext_noop("Probation ended on %(until)s: the branch decides on full membership.")
    return Finding(W4, {"until": facts.until.isoformat()}, mend)


W2 = Rule(
    "W2", gettext_noop("Somebody of the branch talks with an applicant within a month"), SOURCE, Mark.UNVERIFIED,
    Severity.MUST, _no_talk, (TALK,),
)  # fmt: skip
W4 = Rule(
    "W4", gettext_noop("After probation the branch decides on full membership"), SOURCE, Mark.UNVERIFIED,
    Severity.MUST, _trial_over, (PROBATION, PROLONG),
)  # fmt: skip
RULES: tuple[Rule[Any], ...] = (W2, W4)
