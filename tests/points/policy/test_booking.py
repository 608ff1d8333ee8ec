from datetime import date

import pytest

from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.points.policy.booking import amount, may_confirm, month_for

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("deed", "closed_through", "month"),
    [
        (date(2026, 3, 1), None, Month(2026, 3)),
        (date(2026, 1, 31), None, Month(2026, 1)),
        (date(2026, 1, 31), Month(2025, 12), Month(2026, 1)),
        (date(2026, 1, 31), Month(2026, 1), Month(2026, 2)),
        (date(2025, 12, 1), Month(2026, 2), Month(2026, 3)),
        (date(2025, 12, 31), Month(2025, 12), Month(2026, 1)),
    ],
)
def test_a_late_deed_goes_into_the_first_open_month(deed, closed_through, month):
    assert month_for(deed, TODAY, closed_through) == month


@pytest.mark.parametrize(
    ("deed", "closed_through", "code"),
    [(date(2026, 3, 19), None, "deed-future"), (date(2026, 3, 2), Month(2026, 3), "month-closed")],
)
def test_what_cannot_be_booked(deed, closed_through, code):
    with pytest.raises(Refusal) as refused:
        month_for(deed, TODAY, closed_through)
    assert refused.value.code == code
    assert str(refused.value)


@pytest.mark.parametrize(
    ("tenths", "unit", "how", "earned"),
    [
        (10, "time", {}, 10),
        (10, "level", {"quantity": 3, "levels": [1, 2, 3, 5]}, 30),
        (5, "hour", {"minutes": 90}, 7),
        (5, "hour", {"minutes": 120}, 10),
        (5, "hour", {"quantity": 3}, 15),
        (5, "hour", {"minutes": 400 * 60}, 2000),
        (-20, "time", {}, -20),
        (-5, "hour", {"minutes": 90}, -7),
    ],
)
def test_amounts_are_exact(tenths, unit, how, earned):
    assert amount(tenths, unit, **how) == earned


@pytest.mark.parametrize(
    ("unit", "how"),
    [
        ("time", {"quantity": 0}),
        ("time", {"quantity": -1}),
        ("time", {"quantity": 401}),
        ("level", {"quantity": 4, "levels": [1, 2, 3, 5]}),
        ("hour", {"minutes": 400 * 60 + 1}),
        ("hour", {"minutes": -60}),
    ],
)
def test_a_quantity_that_cannot_be_is_refused(unit, how):
    with pytest.raises(Refusal) as refused:
        amount(10, unit, **how)
    assert refused.value.code == "deed-quantity"


@pytest.mark.parametrize(("confirmer", "may"), [("user:1", False), ("user:2", False), ("user:3", True)])
def test_neither_recorder_nor_earner_confirms(confirmer, may):
    assert may_confirm(confirmer, recorder="user:1", earner="user:2") is may
