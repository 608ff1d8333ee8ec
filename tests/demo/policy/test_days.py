from datetime import date

import pytest

from linli.demo.policy.days import age, years_before


@pytest.mark.parametrize(
    ("day", "years", "wanted"),
    [
        (date(2026, 3, 18), 3, date(2023, 3, 18)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
        (date(2024, 2, 29), 1, date(2023, 2, 28)),
    ],
)
def test_years_before(day, years, wanted):
    assert years_before(day, years) == wanted


def test_an_age_is_that_of_the_last_birthday():
    assert age(date(1990, 3, 19), date(2026, 3, 18)) == 35
    assert age(date(1990, 3, 18), date(2026, 3, 18)) == 36
