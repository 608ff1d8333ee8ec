"""The rules of the walls as tables."""

from __future__ import annotations

import pytest

from linli.places.policy.kinds import PlaceKind
from linli.rules.policy.defaults import DEFAULTS
from linli.walls.policy import categories, deadlines
from linli.walls.policy.gate import public
from linli.walls.policy.kinds import Clock, Level
from linli.walls.policy.levels import ABOVE, PLACES, may_hang_above
from linli.walls.policy.measures import Measure
from linli.walls.policy.numbers import ALPHABET, number, poster_code
from linli.walls.policy.states import STAFF_ACTIONS, TABLE, UNSETTLED

ANSWER = [
    (Clock.DANGER, Level.CHILD, "wall.danger_hours"),
    (Clock.DANGER, Level.STREET, "wall.danger_hours"),
    (Clock.URGENT, Level.MOTHER, "wall.urgent_hours"),
    (Clock.ORDINARY, Level.CHILD, "wall.child_days"),
    (Clock.ORDINARY, Level.MOTHER, "wall.mother_days"),
    (Clock.ORDINARY, Level.STREET, "wall.mother_days"),
    (Clock.COMPLEX, Level.CHILD, "wall.mother_days"),
]


@pytest.mark.parametrize(("clock", "level", "code"), ANSWER)
def test_the_answer_is_due_by_clock_and_level(clock: Clock, level: Level, code: str):
    assert deadlines.answer_rule(clock, level) == code


@pytest.mark.parametrize("clock", Clock)
def test_every_rule_that_is_asked_for_has_a_default(clock: Clock):
    codes = {deadlines.accept_rule(clock), deadlines.REOPEN} | {deadlines.answer_rule(clock, x) for x in Level}
    assert codes <= set(DEFAULTS)
    for code in codes - {deadlines.REOPEN}:
        assert deadlines.in_hours(code) == (DEFAULTS[code].unit == "hours")


def test_the_defaults_are_those_of_the_rules():
    wanted = {
        "wall.accept_hours": 24,
        "wall.child_days": 7,
        "wall.mother_days": 15,
        "wall.danger_hours": 2,
        "wall.urgent_hours": 24,
        "wall.reopen_days": 7,
    }
    assert {code: DEFAULTS[code].value for code in wanted} == wanted


def test_walls_hang_at_kinds_of_places_that_exist_and_lead_to_the_street():
    assert set(PLACES) <= {kind.value for kind in PlaceKind}
    for level in Level:
        steps = [level]
        while ABOVE[steps[-1]]:
            steps.append(ABOVE[steps[-1]])
        assert steps[-1] is Level.STREET
    assert may_hang_above(Level.CHILD, Level.MOTHER)
    assert not may_hang_above(Level.CHILD, Level.STREET)
    assert not may_hang_above(Level.STREET, Level.STREET)


def test_numbers_and_codes_can_be_read_out():
    assert number("Y1", 2026, 12) == "Y1-2026-0012"
    assert number("Y1", 2026, 12345) == "Y1-2026-12345"
    assert poster_code(bytes(range(32)))[:3] == "234"
    assert not set("01IO") & set(ALPHABET)


@pytest.mark.parametrize(("part", "whole", "percent"), [(0, 0, None), (1, 3, 33), (2, 3, 67), (1, 2, 50), (1, 200, 1)])
def test_percentages_are_rounded_half_up(part: int, whole: int, percent: int | None):
    assert Measure(part, whole).percent == percent


def test_staff_act_only_on_what_waits():
    assert {state for state, action in TABLE if action in STAFF_ACTIONS} == UNSETTLED


def test_the_gate_masks_and_passing_twice_changes_nothing():
    once = public("  电话 138-1234-5678,车牌湘A·12345 ")
    assert "1234" not in once
    assert public(once) == once


def test_every_shipped_category_has_words_and_a_clock():
    for shipped in categories.DEFAULTS.values():
        assert shipped.name
        assert shipped.guidance
        assert isinstance(shipped.clock, Clock)
    assert "other" in categories.DEFAULTS
