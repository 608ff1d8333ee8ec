from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.activities.policy import codes
from linli.lib.clock import CHINA

AT = datetime(2026, 3, 18, 10, 0, tzinfo=CHINA)
SECRET = "ab" * 32


@given(st.integers(0, 10**9), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_code_is_six_digits(step, secret):
    assert codes.code_of(secret, step).isdecimal()
    assert len(codes.code_of(secret, step)) == 6


@pytest.mark.parametrize(
    ("age", "good"), [(0, True), (29, True), (30, True), (59, True), (60, False), (600, False), (-1, False)]
)
def test_a_code_lives_for_its_step_and_the_next(age, good):
    shown = codes.code_of(SECRET, codes.step_of(AT))
    assert codes.accepted(SECRET, shown, AT + timedelta(seconds=age)) is good


def test_full_width_digits_and_spaces_are_read():
    shown = codes.code_of(SECRET, codes.step_of(AT))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in shown)
    assert codes.accepted(SECRET, f" {wide[:3]} {wide[3:]} ", AT)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "汉字", "0" * 400])
def test_nonsense_is_no_code(typed):
    assert not codes.accepted(SECRET, typed, AT)


def test_another_activity_has_another_code():
    shown = codes.code_of(SECRET, codes.step_of(AT))
    assert not codes.accepted("cd" * 32, shown, AT)


@pytest.mark.parametrize(("minutes", "is_open"), [(-31, False), (-30, True), (0, True), (90, True), (91, False)])
def test_when_signing_in_is_open(minutes, is_open):
    assert codes.is_open(AT, AT + timedelta(minutes=90), AT + timedelta(minutes=minutes)) is is_open


def test_seconds_left():
    assert [codes.seconds_left(AT + timedelta(seconds=s)) for s in (0, 1, 29, 30)] == [30, 29, 1, 30]
