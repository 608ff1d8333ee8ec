from datetime import datetime, timedelta

import pytest

from linli.activities.policy import rolls
from linli.activities.policy.rolls import Line
from linli.activities.policy.states import Presence as P
from linli.lib.clock import CHINA
from linli.lib.errors import Refusal

AT = datetime(2026, 3, 18, 10, 0, tzinfo=CHINA)
DUE = {"1": "王小一", "2": "李小二"}


def test_minutes_are_filled_in_and_cleared():
    lines = [Line("1", P.PRESENT, reason="x"), Line("2", P.LEAVE, 90, " 住院 "), Line("9", P.PRESENT, 30)]
    assert rolls.checked(lines, due=DUE, duration=90) == [
        Line("1", P.PRESENT, 90),
        Line("2", P.LEAVE, 0, "住院"),
        Line("9", P.PRESENT, 30),
    ]


def test_an_absence_carries_no_reason():
    lines = [Line("1", P.ABSENT, 90, "x"), Line("2", P.PRESENT, 1)]
    assert rolls.checked(lines, due=DUE, duration=90)[0] == Line("1", P.ABSENT)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([Line("1", P.PRESENT)], "roll-missing"),
        ([], "roll-missing"),
        ([Line("1", P.PRESENT), Line("1", P.ABSENT), Line("2", P.PRESENT)], "roll-twice"),
        ([Line("1", P.PRESENT, 91), Line("2", P.PRESENT)], "roll-minutes"),
        ([Line("1", P.PRESENT, -1), Line("2", P.PRESENT)], "roll-minutes"),
        ([Line("1", P.LEAVE, reason=" "), Line("2", P.PRESENT)], "roll-reason"),
        ([Line("1", P.PRESENT), Line("2", P.PRESENT), Line("3", P.ABSENT)], "roll-guest"),
    ],
)
def test_a_roll_that_is_not_whole_is_refused(lines, code):
    with pytest.raises(Refusal) as refused:
        rolls.checked(lines, due=DUE, duration=90)
    assert refused.value.code == code
    assert str(refused.value)


def test_a_roll_with_nobody_on_it_is_refused():
    with pytest.raises(Refusal) as refused:
        rolls.checked([], due={}, duration=90)
    assert refused.value.code == "roll-empty"


def test_many_missing_are_named_by_five():
    with pytest.raises(Refusal) as refused:
        rolls.checked([], due={str(n): f"人{n}" for n in range(9)}, duration=90)
    assert str(refused.value).count("人") == 5
    assert "…" in str(refused.value)


@pytest.mark.parametrize(
    ("start", "length", "code"),
    [
        (0, timedelta(0), "activity-times"),
        (0, -timedelta(hours=1), "activity-times"),
        (0, timedelta(hours=12, minutes=1), "activity-length"),
        (401, timedelta(hours=1), "activity-date"),
        (-401, timedelta(hours=1), "activity-date"),
    ],
)
def test_times_that_cannot_be(start, length, code):
    starts = AT + timedelta(days=start)
    with pytest.raises(Refusal) as refused:
        rolls.check_times(starts, starts + length, AT)
    assert refused.value.code == code


def test_the_day_stays_once_somebody_has_signed_in():
    rolls.check_day(AT, AT + timedelta(days=1), 0)
    rolls.check_day(AT, AT + timedelta(hours=13, minutes=59), 3)
    with pytest.raises(Refusal) as refused:
        rolls.check_day(AT, AT + timedelta(hours=14), 3)
    assert (refused.value.code, refused.value.values) == ("activity-signed-in", {"count": 3, "day": "2026-03-18"})


@pytest.mark.parametrize(
    ("minutes", "was", "duration", "kept"),
    [(90, 90, 60, 60), (90, 90, 120, 120), (30, 90, 60, 30), (30, 90, 120, 30), (70, 90, 60, 60)],
)
def test_who_was_there_all_the_time_still_is(minutes, was, duration, kept):
    assert rolls.minutes_kept(minutes, was, duration) == kept


@pytest.mark.parametrize("start", [-400, 0, 400])
def test_times_that_can_be(start):
    starts = AT + timedelta(days=start)
    rolls.check_times(starts, starts + timedelta(hours=12), AT)
    assert rolls.minutes_between(starts, starts + timedelta(hours=12, seconds=59)) == 720
