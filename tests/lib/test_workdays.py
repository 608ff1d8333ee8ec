"""Working days against the real calendar of 2026 (notice of the State Council, as `holidays` gives it)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.lib.clock import CHINA
from linli.lib.workdays import Span, Unit, WorkCalendar, due

OFFICIAL = holidays.country_holidays("CN", years=range(2024, 2027))
CALENDAR = WorkCalendar(
    dict.fromkeys(OFFICIAL, False) | {day: True for day in OFFICIAL.weekend_workdays if day.year in range(2024, 2027)},
    frozenset({2024, 2025, 2026}),
)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 2), False),  # bridging Friday
        (date(2026, 1, 4), True),  # make-up Sunday
        (date(2026, 2, 14), True),  # make-up Saturday before the Spring Festival
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # make-up Saturday
        (date(2026, 10, 4), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # make-up Saturday
        (date(2026, 10, 11), False),
        (date(2027, 1, 1), True),  # not yet known: an ordinary Friday
    ],
)
def test_is_working(day: date, working: bool) -> None:
    assert CALENDAR.is_working(day) is working


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 2, 14), 7, date(2026, 3, 3)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 9, 30), 15, date(2026, 10, 27)),
        (date(2026, 10, 3), 0, date(2026, 10, 3)),
        (date(2026, 6, 5), 1, date(2026, 6, 8)),
    ],
)
def test_add(day: date, n: int, expected: date) -> None:
    assert CALENDAR.add(day, n) == expected


def test_add_refuses_to_go_back() -> None:
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add(date(2026, 1, 1), -1)


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_agree(day: date, n: int) -> None:
    end = CALENDAR.add(day, n)
    assert CALENDAR.is_working(end)
    assert CALENDAR.count(day, end) == n
    assert CALENDAR.count(end, day) == -n
    assert CALENDAR.count(day, end - timedelta(days=1)) == n - 1


@given(DAYS, DAYS, DAYS)
def test_counts_add_up(a: date, b: date, c: date) -> None:
    assert CALENDAR.count(a, b) + CALENDAR.count(b, c) == CALENDAR.count(a, c)


def test_working_days_of_2026() -> None:
    assert CALENDAR.count(date(2025, 12, 31), date(2026, 12, 31)) == 248


def test_provisional() -> None:
    assert not CALENDAR.provisional(date(2026, 12, 31))
    assert CALENDAR.provisional(date(2027, 1, 1))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        ("2026-09-30 23:30:00", 2, Unit.HOURS, "2026-10-01 01:30:00"),
        ("2026-02-16 10:00:00", 24, Unit.HOURS, "2026-02-17 10:00:00"),
        ("2026-09-30 00:00:00", 7, Unit.WORKING_DAYS, "2026-10-15 23:59:59"),
        ("2026-09-30 23:59:59", 7, Unit.WORKING_DAYS, "2026-10-15 23:59:59"),
        ("2026-10-01 00:00:00", 1, Unit.WORKING_DAYS, "2026-10-08 23:59:59"),
        ("2026-02-13 09:00:00", 15, Unit.WORKING_DAYS, "2026-03-12 23:59:59"),
        ("2026-06-08 09:00:00", 0, Unit.WORKING_DAYS, "2026-06-08 23:59:59"),
    ],
)
def test_due(start: str, amount: int, unit: Unit, end: str) -> None:
    result = due(moment(start), Span(amount, unit), CALENDAR)
    assert result == moment(end)
    assert result.tzinfo is CHINA


def test_due_takes_the_day_of_the_start_in_china() -> None:
    start = datetime(2026, 6, 8, 17, 0, tzinfo=UTC)  # 9 June, 01:00 in China
    assert due(start, Span(1, Unit.WORKING_DAYS), CALENDAR) == moment("2026-06-10 23:59:59")


@given(st.datetimes(datetime(1980, 1, 1), datetime(2030, 1, 1)), st.integers(-12, 12), st.integers(0, 500))
def test_hours_are_hours(start: datetime, offset: int, amount: int) -> None:
    aware = start.replace(tzinfo=timezone(timedelta(hours=offset)))
    end = due(aware, Span(amount, Unit.HOURS), CALENDAR)
    assert end.astimezone(UTC) - aware.astimezone(UTC) == timedelta(hours=amount)


def test_due_refuses_a_naive_start() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 6, 8, 9, 0), Span(2, Unit.HOURS), CALENDAR)


def test_a_span_is_not_negative() -> None:
    with pytest.raises(ValueError, match="-1"):
        Span(-1, Unit.HOURS)
