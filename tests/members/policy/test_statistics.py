from datetime import date
from fractions import Fraction

import pytest

from linli.members.policy.statistics import CommitteeFigures, figures, full_years, one_decimal

DAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("born", "years"),
    [(date(1990, 3, 18), 36), (date(1990, 3, 19), 35), (date(1990, 12, 31), 35), (date(1992, 2, 29), 34)],
)
def test_age_is_in_completed_years(born, years):
    assert full_years(born, DAY) == years


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(169, 5), "33.8"),
        (Fraction(135, 4), "33.8"),
        (Fraction(3374, 100), "33.7"),
        (Fraction(40), "40.0"),
        (Fraction(999, 20), "50.0"),
        (Fraction(0), "0.0"),
    ],
)
def test_a_mean_is_shown_to_one_decimal_a_half_rounded_up(value, shown):
    assert one_decimal(value) == shown


def test_the_figures_of_the_committees():
    found = figures([(date(1990, 1, 1), "college"), (date(1991, 1, 1), "postgraduate"), (None, "senior")], DAY)
    assert found == CommitteeFigures(3, Fraction(71, 2), 1, 2, 1)
    assert found.mean_age_shown == "35.5"
    assert figures([], DAY) == CommitteeFigures()
    assert CommitteeFigures().mean_age_shown == ""
