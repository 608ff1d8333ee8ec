"""Terms of office: five years from the election, but for the branches whose members fill up an older term."""

from __future__ import annotations

from datetime import date, timedelta

from linli.demo.policy.days import Days
from linli.lib.spans import months_after
from linli.members.policy.kinds import BRANCH_TITLES, RESIDENTS_TITLES, Title

UNDER_WAY_AT, REPORTED_AT = "JM-HT-ZB", "JM-YH-ZB"
"""The branches whose elections are under way, and waiting for approval."""
YEARS = 5
ENDING = {UNDER_WAY_AT: 45, REPORTED_AT: 20, "JM-HT-Y1-ZB": 130, "YM-Q1-ZB": 240}
"""Branch → days until its older term ends."""


def term_until(days: Days, body: str, title: Title) -> date | None:
    """Return when the term of a post ends; None for posts without one."""
    if title not in BRANCH_TITLES | RESIDENTS_TITLES:
        return None
    if body in ENDING:
        return days.as_of + timedelta(days=ENDING[body])
    return months_after(days.elected, 12 * YEARS)
