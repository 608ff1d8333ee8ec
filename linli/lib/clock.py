"""The only place that reads the wall clock, and the time zone of the house."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_YEARS = range(2000, 2200)
_ahead = timedelta(0)


def now() -> datetime:
    """Return the present moment, aware, in UTC. Only views, jobs and commands may call it."""
    return datetime.now(UTC) + _ahead


def start_at(moment: datetime) -> None:
    """Let the clock of this process run from `moment` on: for a demonstration of another day, nothing else."""
    global _ahead  # noqa: PLW0603 -- one clock a process
    _ahead = moment - datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """Return the calendar day in China on which the aware `moment` falls."""
    return moment.astimezone(CHINA).date()


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 moment; one without an offset is taken as China time.

    Raises ValueError when `text` is not ISO 8601, or names a year before 2000 or after 2199.
    """
    moment = datetime.fromisoformat(text)
    if moment.year not in _YEARS:
        raise ValueError(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
