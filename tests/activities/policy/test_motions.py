"""Votes with the denominators of the rules: of those due, not of those who came (Q1–Q4, Q6)."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.activities.policy.kinds import Life
from linli.activities.policy.minutes import Way
from linli.activities.policy.motions import (
    Item,
    Outcome,
    Votes,
    chair_findings,
    check_item,
    content_of,
    digest_of,
    judged,
)
from linli.lib.errors import Refusal
from linli.members.policy.kinds import Title


def outcome(life, due, present, yes):
    found, rules = judged(Item("事项", way=Way.HANDS, yes=yes), life, Votes(due, present))
    return found, [each.rule.code for each in rules]


@pytest.mark.parametrize(
    ("due", "present", "yes", "expected", "rules"),
    [
        (10, 4, 4, Outcome.VOID, ["Q1"]),
        (10, 5, 5, Outcome.REJECTED, ["Q2"]),
        (10, 6, 6, Outcome.PASSED, []),
        (11, 5, 5, Outcome.VOID, ["Q1"]),
        (11, 6, 5, Outcome.REJECTED, ["Q2"]),
        (11, 6, 6, Outcome.PASSED, []),
        (1, 1, 1, Outcome.PASSED, []),
        (0, 0, 0, Outcome.REJECTED, ["Q2"]),
    ],
)
def test_a_members_meeting(due, present, yes, expected, rules):
    assert outcome(Life.GENERAL, due, present, yes) == (expected, rules)


@pytest.mark.parametrize(
    ("due", "present", "yes", "expected", "rules"),
    [
        (5, 2, 2, Outcome.VOID, ["Q3"]),
        (5, 3, 2, Outcome.REJECTED, []),
        (5, 3, 3, Outcome.PASSED, []),
        (4, 2, 2, Outcome.REJECTED, []),
    ],
)
def test_a_committee(due, present, yes, expected, rules):
    assert outcome(Life.COMMITTEE, due, present, yes) == (expected, rules)


@pytest.mark.parametrize(("present", "yes", "expected"), [(9, 5, Outcome.PASSED), (10, 5, Outcome.REJECTED)])
@pytest.mark.parametrize("life", [None, Life.GROUP, Life.LESSON])
def test_all_else_by_those_present(life, present, yes, expected):
    assert outcome(life, 100, present, yes) == (expected, [])


@given(st.integers(0, 200), st.data())
def test_a_motion_passes_with_more_than_half_of_those_due(due, data):
    present = data.draw(st.integers(0, due))
    yes = data.draw(st.integers(0, present))
    found, _rules = outcome(Life.GENERAL, due, present, yes)
    if 2 * present < due:
        assert found is Outcome.VOID
    else:
        assert (found is Outcome.PASSED) == (yes > due - yes)


@pytest.mark.parametrize(
    ("life", "committee", "broken"),
    [
        (Life.GENERAL, True, []),
        (Life.GENERAL, False, ["Q4"]),
        (Life.COMMITTEE, True, ["Q4"]),
        (Life.LESSON, False, []),
        (None, False, []),
    ],
)
def test_what_weighs_much_goes_to_the_members_after_the_committee(life, committee, broken):
    item = Item("停车", weighty=True, committee_before=committee)
    assert [each.rule.code for each in judged(item, life, Votes(10, 10))[1]] == broken


@pytest.mark.parametrize(
    ("life", "title", "delegated", "broken"),
    [
        (Life.GENERAL, Title.SECRETARY, False, []),
        (Life.GENERAL, Title.DEPUTY, False, ["Q6"]),
        (Life.GENERAL, Title.DEPUTY, True, []),
        (Life.COMMITTEE, None, True, ["Q6"]),
        (Life.LESSON, None, False, []),
    ],
)
def test_who_may_chair(life, title, delegated, broken):
    assert [each.rule.code for each in chair_findings(life, title, delegated=delegated)] == broken


@pytest.mark.parametrize(
    ("item", "votes", "code"),
    [
        (Item("a", yes=1), Votes(5, 5), "minutes-no-vote"),
        (Item("a", way=Way.BALLOT, yes=1), None, "minutes-roll"),
        (Item("a", way=Way.HANDS), Votes(5, 5), "minutes-no-count"),
        (Item("a", way=Way.HANDS, yes=3, no=2, abstained=1), Votes(9, 5), "minutes-votes"),
    ],
)
def test_votes_that_cannot_be(item, votes, code):
    with pytest.raises(Refusal) as refused:
        check_item(item, votes)
    assert refused.value.code == code


def test_votes_that_can_be():
    check_item(Item("a"), None)
    check_item(Item("a", way=Way.HANDS, yes=3, no=1, abstained=1), Votes(9, 5))


def test_the_digest_is_that_of_the_canonical_json():
    content = content_of({"title": "三月"}, [Item("停车", way=Way.HANDS, yes=6)], Votes(10, 6), Life.GENERAL)
    [point] = content["items"]
    assert (point["outcome"], point["way"], content["due"]) == ("passed", "hands", 10)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest_of(content) == hashlib.sha256(text.encode()).hexdigest()
    assert digest_of(content | {"due": 9}) != digest_of(content)
    assert digest_of(json.loads(text)) == digest_of(content)


def test_without_a_roll_nothing_is_decided():
    found, rules = judged(Item("停车", way=Way.HANDS, yes=1, no=20, weighty=True), Life.GENERAL, None)
    assert (found, [each.rule.code for each in rules]) == (None, ["Q4"])
