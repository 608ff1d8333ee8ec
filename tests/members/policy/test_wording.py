from datetime import date

import pytest

from linli.files.policy.problems import Problem
from linli.members.policy.wording import mask_phone, say_field, say_problem, say_value

NAMES = {"organisation": {"HT-01": "海棠苑"}}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("phone", "", "(empty)"),
        ("posts", (), "(empty)"),
        ("posts", ("secretary", "director"), "Secretary、Director of the residents' committee"),
        ("born_on", date(2000, 1, 2), "2000-01-02"),
        ("stage", "full", "Full member"),
        ("organisation", "HT-01", "海棠苑"),
        ("organisation", "XX", "XX"),
        ("phone", "1380", "1380"),
    ],
)
def test_a_value_in_words(field, value, said):
    assert say_value(field, value, NAMES, str) == said


def test_fields_and_problems_in_words():
    assert say_field("born_on", str) == "Date of birth"
    assert say_problem(Problem("a", "B1", "x", "100 %"), str) == "100 %"
    assert say_problem(Problem("a", "B1", "x", "%(n)s", {"n": 1}), str) == "1"


@pytest.mark.parametrize(("phone", "masked"), [("13800001234", "138****1234"), ("010-62345678", "****78"), ("", "")])
def test_a_phone_is_masked(phone, masked):
    assert mask_phone(phone) == masked
