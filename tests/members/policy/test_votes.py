"""Q1–Q4 and Q6 at their boundaries; nothing is divided."""

import pytest

from linli.lib.errors import Refusal
from linli.members.policy.kinds import Title
from linli.members.policy.votes import Q1, Q2, Q3, Q4, Q6, Chair, Matter, Meeting, enforce


def holds(rule, facts):
    found = rule.check(facts)
    assert found is None or (found.rule is rule and found.mend % found.values)
    return found is None


@pytest.mark.parametrize("rule", [Q1, Q3])
@pytest.mark.parametrize(
    ("due", "present", "ok"),
    [(10, 5, True), (10, 4, False), (11, 5, False), (11, 6, True), (1, 1, True), (1, 0, False), (0, 0, True)],
)
def test_half_is_enough_to_meet(rule, due, present, ok):
    assert holds(rule, Meeting(due, present)) is ok


@pytest.mark.parametrize(
    ("due", "present", "yes", "ok"),
    [
        (10, 10, 5, False),
        (10, 6, 6, True),
        (11, 6, 5, False),
        (11, 6, 6, True),
        (40, 20, 20, False),
        (40, 21, 21, True),
    ],
)
def test_a_motion_needs_more_than_half_of_those_due(due, present, yes, ok):
    assert holds(Q2, Meeting(due, present, yes)) is ok


@pytest.mark.parametrize(
    ("weighty", "meeting", "before", "ok"),
    [(False, False, False, True), (True, False, True, False), (True, True, False, False), (True, True, True, True)],
)
def test_weighty_matters_go_through_all(weighty, meeting, before, ok):
    assert holds(Q4, Matter(weighty, meeting, before)) is ok


@pytest.mark.parametrize(
    ("title", "delegated", "ok"),
    [
        (Title.SECRETARY, False, True),
        (Title.DEPUTY, False, False),
        (Title.DEPUTY, True, True),
        (Title.PUBLICITY, True, True),
        (Title.DIRECTOR, True, False),
        (None, True, False),
    ],
)
def test_who_chairs(title, delegated, ok):
    assert holds(Q6, Chair(title, delegated)) is ok


def test_a_breach_is_refused_in_one_sentence_that_says_how_many_are_missing():
    with pytest.raises(Refusal, match=r"4 of 10 .* from 5 on") as refused:
        enforce(Q1, Meeting(10, 4))
    assert refused.value.code == "rule-Q1"
