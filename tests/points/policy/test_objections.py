"""The end of the days of objection."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from linli.lib.clock import CHINA, local_date
from linli.points.policy.objections import objections_end

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.sampled_from([UTC, CHINA]))


def test_a_draft_made_at_night_is_open_to_the_end_of_the_fifth_day():
    made = datetime(2026, 11, 27, 19, 35, tzinfo=UTC)  # 3:35 on the 28th in China
    assert f"{objections_end(made, 5).astimezone(CHINA):%Y-%m-%d %H:%M}" == "2026-12-03 23:59"


@given(MOMENTS, st.integers(1, 30))
def test_it_is_never_shorter_than_the_days_and_shorter_than_one_more(made, days):
    end = objections_end(made, days)
    assert timedelta(days=days) <= end - made + timedelta(microseconds=1) <= timedelta(days=days + 1)
    assert local_date(end) == local_date(made) + timedelta(days=days)
