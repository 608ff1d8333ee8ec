from datetime import UTC, datetime, timedelta

import pytest

from linli.lib import clock


def test_a_moment_without_an_offset_is_in_china():
    assert clock.parse_moment("2026-03-18T10:00") == datetime(2026, 3, 18, 2, tzinfo=UTC)
    assert clock.parse_moment("2026-03-18T10:00+00:00") == datetime(2026, 3, 18, 10, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "x", "2026-02-30"])
def test_a_moment_that_cannot_be(text):
    with pytest.raises(ValueError, match="isoformat|day"):
        clock.parse_moment(text)


@pytest.mark.parametrize("text", ["1999-12-31", "2200-01-01", "0001-01-01"])
def test_a_moment_outside_the_years_of_the_house(text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        clock.parse_moment(text)


def test_the_clock_of_a_demonstration_runs_on_from_its_day(monkeypatch):
    monkeypatch.setattr(clock, "_ahead", timedelta(0))
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    clock.start_at(moment)
    assert timedelta(0) <= clock.now() - moment < timedelta(minutes=1)
