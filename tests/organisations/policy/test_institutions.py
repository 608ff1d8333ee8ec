from datetime import date

import pytest

from linli.lib.errors import Refusal
from linli.organisations.policy.institutions import fen, level, yuan

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 3, 17), "red"),
        (date(2026, 3, 18), "amber"),
        (date(2026, 4, 1), "amber"),
        (date(2026, 4, 2), ""),
    ],
)
def test_how_pressing_a_duty_is(due_on, expected):
    assert level(due_on, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1200", 120_000),
        ("1,200.5", 120_050),
        (" 0.05 元", 5),
        ("１２００", None),
        ("-1", None),
        ("1.234", None),
        ("", None),
    ],
)
def test_amounts_are_read_exactly(text, amount):
    if amount is None:
        with pytest.raises(Refusal):
            fen(text)
    else:
        assert fen(text) == amount


@pytest.mark.parametrize(("amount", "text"), [(120_050, "1,200.50"), (5, "0.05"), (0, "0.00")])
def test_amounts_are_shown_with_two_decimals(amount, text):
    assert yuan(amount) == text
    assert fen(text) == amount
