"""Calendar arithmetic in whole months; an end of month stays one (31 January and a month: 28 or 29 February)."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta


def months_after(day: date, months: int) -> date:
    """Return the day that is `months` (perhaps negative) calendar months after `day`."""
    found: date = day + relativedelta(months=months)
    return found
