"""What a kind of activity says: what record of organisational life it is, whether it is study, what it may not change.

All of it is data of the subdistrict; the engine is the same for a lesson, a patrol and a market stall.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from linli.activities.policy.states import Due
from linli.lib.errors import Refusal
from linli.lib.words import Labelled, gettext_noop

OLDEST = 99
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Life(Labelled):
    """What organisational life a kind is: each has a rule of how often (domain.md 1.1, F1–F8)."""

    GENERAL = "general", gettext_noop("General meeting of members")
    COMMITTEE = "committee", gettext_noop("Meeting of the branch committee")
    GROUP = "group", gettext_noop("Meeting of a party group")
    LESSON = "lesson", gettext_noop("Party lesson")
    THEME_DAY = "theme_day", gettext_noop("Theme day")
    LIFE_MEETING = "life_meeting", gettext_noop("Life meeting of the branch")
    REVIEW = "review", gettext_noop("Yearly review of members")
    TALK = "talk", gettext_noop("Heart-to-heart talk")


class Study(Labelled):
    """What the time counts as in the yearly hours of study (S1)."""

    STUDY = "study", gettext_noop("Collective study")
    TRAINING = "training", gettext_noop("Centralised training")


@dataclass(frozen=True, slots=True)
class KindPlan:
    """A kind as it is to be. Codes of indicators are those of the indicator sheet; "" and 0 say: none."""

    code: str
    name: str
    indicator: str = ""
    by_hour: bool = False
    due: Due = Due.MEMBERS
    public: bool = False
    life: Life | None = None
    study: Study | None = None
    made_up: bool = False
    make_up_indicator: str = ""
    risky: bool = False
    min_age: int = 0
    offered: bool = True


FIXED = ("by_hour", "due", "public", "life", "study", "made_up")
"""What a kind keeps once an activity is of it: rolls, hours and the calendar were made by it."""


def check_kind(plan: KindPlan, *, units: Mapping[str, str], before: Mapping[str, object] | None) -> None:
    """Refuse a kind that cannot be. `units`: the unit of each indicator of the sheet by code.

    `before`: what the kind said so far where activities are of it already, else None.
    """
    if not CODE.fullmatch(plan.code):
        raise Refusal(
            "kind-code", gettext_noop("Write the code in small letters, digits and single hyphens."), field="code"
        )
    if not 0 <= plan.min_age <= OLDEST:
        raise Refusal("kind-age", gettext_noop("Write an age from 0 to 99; 0 says: any age."), field="min_age")
    _check_indicator(plan.indicator, "indicator", units, hourly=plan.by_hour)
    _check_indicator(plan.make_up_indicator, "make_up_indicator", units, hourly=False)
    if plan.make_up_indicator and not plan.made_up:
        raise Refusal(
            "kind-make-up",
            gettext_noop("Nothing is made up of this kind, so that a make-up cannot earn: tick it, or choose nothing."),
            field="make_up_indicator",
        )
    if plan.made_up and plan.due == Due.COMERS:
        raise Refusal(
            "kind-nobody-due",
            gettext_noop("Nobody is due at this kind, so that nobody misses it: choose who is due, or take it off."),
            field="made_up",
        )
    for name in FIXED if before is not None else ():
        if before is not None and before[name] != (getattr(plan, name) or type(before[name])()):
            raise Refusal(
                "kind-used",
                gettext_noop(
                    "Activities of this kind exist, and their rolls were made by this: make a new kind instead, and "
                    "let this one not be offered any more."
                ),
                field=name,
            )


def _check_indicator(code: str, field: str, units: Mapping[str, str], *, hourly: bool) -> None:
    if not code:
        return
    if code not in units:
        raise Refusal(
            "kind-indicator",
            gettext_noop("The indicator sheet has no %(code)s; choose one of the sheet of today."),
            field=field,
            code=code,
        )
    if (units[code] == "hour") != hourly:
        raise Refusal(
            "kind-unit",
            gettext_noop(
                "%(code)s does not fit: service counted by the hour needs an indicator per hour, all else one per time."
            ),
            field=field,
            code=code,
        )
