"""Into which month a deed is booked, how much it earns, who may confirm it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.lib.words import gettext_noop
from linli.points.policy.kinds import Unit

MINUTES = 60


def month_for(deed_on: date, today: date, closed: Collection[Month]) -> Month:
    """Return the month of the deed, or the first open one after it; a late deed keeps its date.

    Raises Refusal for a deed in the future, and where every month up to today's is closed.
    """
    if deed_on > today:
        raise Refusal(
            "deed-future",
            gettext_noop("The deed is dated %(day)s, which has not come yet; give the day on which it was done."),
            field="deed_on",
            day=deed_on.isoformat(),
        )
    month = Month.of(deed_on)
    while month in closed:
        month = month.following
    if month > Month.of(today):
        raise Refusal(
            "month-closed",
            gettext_noop("Every month up to %(month)s is closed; book the deed when the next month has begun."),
            month=str(Month.of(today)),
        )
    return month


def amount(tenths: int, unit: str, *, quantity: int = 1, minutes: int = 0) -> int:
    """Return what a deed earns in tenths: by full tenths of an hour's worth for hours, else by quantity."""
    if unit == Unit.HOUR:
        size = abs(tenths) * minutes // MINUTES
        return size if tenths > 0 else -size
    return tenths * quantity


def may_confirm(confirmer: str, *, recorder: str, earner: str) -> bool:
    """Tell whether `confirmer` may confirm a line: neither who recorded it nor who earns by it."""
    return confirmer not in {recorder, earner}
