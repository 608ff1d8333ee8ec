"""Members who stay away without reason: rule D6 (domain.md 1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.spans import months_after
from linli.lib.words import gettext_noop

ALARM, FILE = "member.alarm_months", "member.file_months"
NUMBERS = (ALARM, FILE)


@dataclass(frozen=True, slots=True)
class Silent:
    """A member who has been absent without reason from everything since `since`, `missed` times."""

    since: date
    missed: int
    day: date
    numbers: Mapping[str, int]


def _stays_away(facts: Silent) -> Finding | None:
    values = {"since": facts.since.isoformat(), "missed": facts.missed}
    if months_after(facts.since, facts.numbers[FILE]) <= facts.day:
        mend = gettext_noop("Absent without reason since %(since)s (%(missed)d times): the branch has to decide.")
        return Finding(D6, values, mend)
    if months_after(facts.since, facts.numbers[ALARM]) <= facts.day:
        mend = gettext_noop("Absent without reason since %(since)s (%(missed)d times): talk with the member now.")
        return Finding(D6, values, mend)
    return None


D6 = Rule(
    "D6",
    gettext_noop("Who takes no part for six months is treated as leaving, by decision of the branch"),
    gettext_noop(
        "Constitution of the Communist Party of China, art. 9 (six months); the talk at three months is practice"
    ),
    Mark.SECOND_HAND,
    Severity.MUST,
    _stays_away,
    NUMBERS,
)
RULES = (D6,)
