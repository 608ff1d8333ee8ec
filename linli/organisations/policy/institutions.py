"""Institutions: their five groups, states of duties, amounts of money."""

from __future__ import annotations

import re
from datetime import date, timedelta

from linli.lib.errors import Refusal
from linli.lib.words import Labelled, gettext_noop

SOON = timedelta(days=14)
"""How long before its day a duty stands on the desk."""
MOST_FEN = 10**12
_AMOUNT = re.compile(r"([0-9]{1,10})(?:\.([0-9]{1,2}))?")


class Group(Labelled):
    """The five groups that the article names: 自身建设、工作运行、责任落实、服务群众、投入保障."""

    ORGANISATION = "organisation", gettext_noop("Building the organisation")
    OPERATION = "operation", gettext_noop("How work runs")
    RESPONSIBILITY = "responsibility", gettext_noop("Who answers for what")
    SERVICE = "service", gettext_noop("Serving residents")
    BUDGET = "budget", gettext_noop("Means and budget")


class DutyState(Labelled):
    """Where a duty stands."""

    OPEN = "open", gettext_noop("Open")
    DONE = "done", gettext_noop("Done")
    DROPPED = "dropped", gettext_noop("Dropped")


def level(due_on: date, today: date) -> str:
    """Return how pressing an open duty is: red when its day is over, amber within a fortnight, else nothing."""
    if due_on < today:
        return "red"
    return "amber" if due_on <= today + SOON else ""


def fen(text: str) -> int:
    """Return an amount written in yuan as fen (`1,200.5` → 120050). Refused: anything else, also a minus."""
    plain = text.replace(",", "").replace("，", "").replace("元", "").strip()
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise Refusal(
            "amount",
            gettext_noop("“%(text)s” is no amount in yuan; write it like 1200 or 1200.50."),
            text=text.strip()[:20],
        )
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def yuan(amount: int) -> str:
    """Return fen as yuan with two decimals and thousands: 120050 → `1,200.50`."""
    return f"{amount // 100:,}.{amount % 100:02d}"
