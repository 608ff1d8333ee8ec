from datetime import date

import pytest

from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.points.policy.booking import amount, may_confirm, month_for

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("deed", "closed", "month"),
    [
        (date(2026, 3, 1), [], Month(2026, 3)),
        (date(2026, 1, 31), [], Month(2026, 1)),
        (date(2026, 1, 31), [Month(2026, 1)], Month(2026, 2)),
        (date(2025, 12, 1), [Month(2025, 12), Month(2026, 1), Month(2026, 2)], Month(2026, 3)),
    ],
)
def test_a_late_deed_goes_into_the_first_open_month(deed, closed, month):
    assert month_for(deed, TODAY, closed) == month


@pytest.mark.parametrize(
    ("deed", "closed", "code"),
    [(date(2026, 3, 19), [], "deed-future"), (date(2026, 3, 2), [Month(2026, 3)], "month-closed")],
)
def test_what_cannot_be_booked(deed, closed, code):
    with pytest.raises(Refusal) as refused:
        month_for(deed, TODAY, closed)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("tenths", "unit", "how", "earned"),
    [
        (10, "time", {}, 10),
        (10, "level", {"quantity": 3}, 30),
        (5, "hour", {"minutes": 90}, 7),
        (5, "hour", {"minutes": 120}, 10),
        (-20, "time", {}, -20),
        (-5, "hour", {"minutes": 90}, -7),
    ],
)
def test_amounts_are_exact(tenths, unit, how, earned):
    assert amount(tenths, unit, **how) == earned


@pytest.mark.parametrize(("confirmer", "may"), [("user:1", False), ("user:2", False), ("user:3", True)])
def test_neither_recorder_nor_earner_confirms(confirmer, may):
    assert may_confirm(confirmer, recorder="user:1", earner="user:2") is may
