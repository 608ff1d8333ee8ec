"""Calendar arithmetic in whole months; an end of month stays one (31 January and a month: 28 or 29 February)."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta


def months_after(day: date, months: int) -> date:
    """Return the day that is `months` (perhaps negative) calendar months after `day`."""
    found: date = day + relativedelta(months=months)
    return found


def whole_months(since: date, day: date) -> int:
    """Return how many whole calendar months lie between `since` and `day`; below nought where `day` is earlier."""
    months = (day.year - since.year) * 12 + day.month - since.month
    return months if months_after(since, months) <= day else months - 1
