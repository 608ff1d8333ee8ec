"""Caps, reversals, floor and base: exact integers, whatever the order of the lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.points.policy.counting import Line, Sheet, count_year
from linli.points.policy.kinds import CapPeriod

M, Q, Y = CapPeriod.MONTH, CapPeriod.QUARTER, CapPeriod.YEAR
SHEET = Sheet(600, 0, 500, {"VOL": {M: 40, Y: 200}, "ABS": {Y: 120}, "ISSUE": {Q: 40}})


def line(entry: int, group: str, tenths: int, month: int = 1, reverses: int | None = None) -> Line:
    return Line(entry, group, tenths, month, reverses)


@pytest.mark.parametrize(
    ("lines", "counts", "total"),
    [
        ([], {}, 600),
        ([line(1, "VOL", 30), line(2, "VOL", 30)], {1: 30, 2: 10}, 640),
        ([line(1, "VOL", 50, 1), line(2, "VOL", 50, 2)], {1: 40, 2: 40}, 680),
        ([line(1, "ISSUE", 30, 1), line(2, "ISSUE", 30, 3), line(3, "ISSUE", 30, 4)], {1: 30, 2: 10, 3: 30}, 670),
        ([line(1, "ABS", -100), line(2, "ABS", -100)], {1: -100, 2: -20}, 480),
        ([line(1, "FREE", 700)], {1: 500}, 1100),
        ([line(1, "FREE", 300), line(2, "FREE", 300)], {1: 300, 2: 200}, 1100),
        ([line(1, "COMPL", -900)], {1: -900}, 0),
        ([line(1, "VOL", 50), line(2, "VOL", -50, 2, reverses=1), line(3, "VOL", 30, 2)], {1: 40, 2: -40, 3: 30}, 630),
        (
            [line(1, "FREE", 500), line(2, "FREE", -500, 2, reverses=1), line(3, "FREE", 500, 3)],
            {1: 500, 2: -500, 3: 500},
            1100,
        ),
        ([line(1, "ABS", -50), line(2, "ABS", 50, 2, reverses=1)], {1: -50, 2: 50}, 600),
        ([line(2, "VOL", -40, 1, reverses=1), line(3, "VOL", 10)], {2: 0, 3: 10}, 610),
    ],
)
def test_a_year_counts(lines, counts, total):
    counted = count_year(lines, SHEET)
    assert counted.lines == counts
    assert counted.total == total


LINES = st.lists(
    st.tuples(st.sampled_from(["VOL", "ABS", "ISSUE", "FREE"]), st.integers(-100, 100), st.integers(1, 12)), max_size=40
).map(lambda rows: [line(n, group, tenths, month) for n, (group, tenths, month) in enumerate(rows)])


@given(LINES)
def test_no_cap_is_ever_exceeded(lines):
    counted = count_year(lines, SHEET).lines
    for group, caps in SHEET.caps.items():
        for award in (True, False):
            own = [ln for ln in lines if ln.group == group and (ln.tenths > 0) == award]
            for period, cap in caps.items():
                sums: dict[int, int] = {}
                for ln in own:
                    slot = {M: ln.month, Q: (ln.month + 2) // 3, Y: 0}[period]
                    sums[slot] = sums.get(slot, 0) + abs(counted[ln.entry])
                assert all(total <= cap for total in sums.values())
    assert sum(value for value in counted.values() if value > 0) <= SHEET.bonus_cap


@given(LINES, st.randoms())
def test_the_order_of_reading_does_not_matter(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert count_year(shuffled, SHEET) == count_year(lines, SHEET)


@given(LINES)
def test_a_line_never_counts_more_than_its_amount_nor_the_other_way(lines):
    counted = count_year(lines, SHEET).lines
    for ln in lines:
        assert 0 <= counted[ln.entry] * (1 if ln.tenths > 0 else -1) <= abs(ln.tenths)
