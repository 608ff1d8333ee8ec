"""L1, L3, L4, L5 and D6 at their boundaries."""

from datetime import date

import pytest

from linli.lib.rulebook import broken
from linli.members.policy import mobile, silence
from linli.members.policy.kinds import Standing
from linli.rules.policy.defaults import DEFAULTS

NUMBERS = {code: DEFAULTS[code].value for code in mobile.NUMBERS + silence.NUMBERS}
DAY = date(2026, 3, 18)


def found(since, *, kind=Standing.MOBILE, certified=True, heard=DAY):
    facts = mobile.Away(kind, since, certified, heard, DAY, NUMBERS)
    return [(each.rule.code, each.mend.split(":")[1][:9]) for each in broken(mobile.AWAY, facts)]


@pytest.mark.parametrize(
    ("since", "certified", "expected"),
    [
        (date(2025, 12, 19), False, []),
        (date(2025, 12, 18), False, [("L1", " issue a ")]),
        (date(2025, 12, 18), True, []),
        (date(2025, 9, 19), True, []),
        (date(2025, 9, 18), True, [("L1", " transfer")]),
    ],
)
def test_absence_needs_a_certificate_after_three_months_and_a_transfer_after_six(since, certified, expected):
    assert found(since, certified=certified) == expected


@pytest.mark.parametrize(
    ("heard", "due"), [(None, True), (date(2025, 3, 18), True), (date(2025, 3, 19), False), (date(2024, 1, 1), True)]
)
def test_a_mobile_member_reports_once_a_year(heard, due):
    assert ("L3" in [code for code, _mend in found(date(2025, 3, 1), heard=heard)]) is due


def test_the_first_year_counts_from_going_away():
    assert "L3" not in [code for code, _mend in found(date(2025, 3, 19), heard=None)]


@pytest.mark.parametrize(
    ("since", "heard", "expected"),
    [
        (date(2024, 3, 19), None, []),
        (date(2024, 3, 18), None, [("L5", " the bran")]),
        (date(2024, 3, 18), date(2024, 3, 1), [("L5", " the bran")]),
        (date(2024, 3, 18), date(2025, 1, 1), [("L5", " end the ")]),
    ],
)
def test_two_years_out_of_touch_are_looked_at(since, heard, expected):
    assert found(since, kind=Standing.LOST, heard=heard) == expected


@pytest.mark.parametrize(("count", "broken_by"), [(2, 0), (3, 1)])
def test_three_at_one_place_may_form_a_branch(count, broken_by):
    assert len(broken((mobile.L4,), mobile.Gathered("杭州", count, NUMBERS))) == broken_by


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2025, 12, 19), None),
        (date(2025, 12, 18), "talk"),
        (date(2025, 9, 19), "talk"),
        (date(2025, 9, 18), "decide"),
    ],
)
def test_absence_without_reason_alarms_at_three_months_and_is_decided_at_six(since, words):
    facts = broken(silence.RULES, silence.Silent(since, 4, DAY, NUMBERS))
    assert [words in each.mend for each in facts] == ([True] if words else [])
