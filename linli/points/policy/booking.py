"""Into which month a deed is booked, how much it earns, who may confirm it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.lib.words import gettext_noop
from linli.points.policy.kinds import Unit

MINUTES = 60
MOST = 400
"""A deed counts at most this often, and at most this many hours."""


def month_for(deed_on: date, today: date, closed_through: Month | None) -> Month:
    """Return the month of the deed, or the one after the last closed month where that is later.

    `closed_through` is the latest month with a bulletin, draft or published; it and all before it are closed.
    A late deed keeps its date. Refused: a deed in the future, and booking before the next month has begun.
    """
    if deed_on > today:
        raise Refusal(
            "deed-future",
            gettext_noop("The deed is dated %(day)s, which has not come yet; give the day on which it was done."),
            field="deed_on",
            day=deed_on.isoformat(),
        )
    month = Month.of(deed_on)
    if closed_through is not None and month <= closed_through:
        month = closed_through.following
    if month > Month.of(today):
        raise Refusal(
            "month-closed",
            gettext_noop("Every month up to %(month)s is closed; book the deed when the next month has begun."),
            month=str(closed_through),
        )
    return month


def amount(tenths: int, unit: str, *, quantity: int = 1, minutes: int = 0, levels: Collection[int] = ()) -> int:
    """Return what a deed earns in tenths.

    By the hour: full tenths of `minutes` (where not given: `quantity` hours). By level: `quantity` is one of
    `levels`. Else `quantity` times the amount. Refused: a quantity that cannot be.
    """
    hourly = unit == Unit.HOUR
    size = (minutes or quantity * MINUTES) if hourly else quantity
    if not 0 < size <= MOST * (MINUTES if hourly else 1) or (unit == Unit.LEVEL and quantity not in levels):
        raise Refusal(
            "deed-quantity",
            gettext_noop("%(quantity)s cannot be counted for this indicator; choose a level, or a number from 1."),
            field="quantity",
            quantity=minutes if hourly and minutes else quantity,
        )
    if hourly:
        full = abs(tenths) * size // MINUTES
        return full if tenths > 0 else -full
    return tenths * size


def may_confirm(confirmer: str, *, recorder: str, earner: str) -> bool:
    """Tell whether `confirmer` may confirm a line: neither who recorded it nor who earns by it."""
    return confirmer not in {recorder, earner}
