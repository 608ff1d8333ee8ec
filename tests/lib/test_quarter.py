"""Quarters: bounds, the half-year, what can be read."""

from datetime import date

import pytest

from linli.lib.quarter import Quarter


@pytest.mark.parametrize(
    ("day", "text", "first", "after", "half", "previous"),
    [
        (date(2026, 1, 1), "2026-Q1", date(2026, 1, 1), date(2026, 4, 1), date(2026, 1, 1), "2025-Q4"),
        (date(2026, 6, 30), "2026-Q2", date(2026, 4, 1), date(2026, 7, 1), date(2026, 1, 1), "2026-Q1"),
        (date(2026, 7, 1), "2026-Q3", date(2026, 7, 1), date(2026, 10, 1), date(2026, 7, 1), "2026-Q2"),
        (date(2026, 12, 31), "2026-Q4", date(2026, 10, 1), date(2027, 1, 1), date(2026, 7, 1), "2026-Q3"),
    ],
)
def test_a_quarter_knows_its_days(day, text, first, after, half, previous):
    found = Quarter.of(day)
    assert (str(found), found.first, found.after, found.half) == (text, first, after, half)
    assert Quarter.parse(text) == found and str(found.previous) == previous


@pytest.mark.parametrize("text", ["", "2026-Q0", "2026-Q5", "2026Q1", "0000-Q1", "9999-Q4", "2026-Q1 ", "２０２６-Q1"])
def test_other_text_is_refused(text):
    with pytest.raises(ValueError, match=r"\A.*\Z"):
        Quarter.parse(text)
