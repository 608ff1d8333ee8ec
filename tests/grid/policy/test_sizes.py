"""G1, G2, G3 at their boundaries; which cells are micro-grids; the bars of a distribution."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.grid.policy.distribution import distribute
from linli.grid.policy.sizes import RULES, CellSize, is_micro
from linli.lib.rulebook import Mark, Severity, broken
from linli.places.policy.kinds import PlaceKind as P
from linli.rules.policy.defaults import DEFAULTS

LIMITS = {code: default.value for code, default in DEFAULTS.items()}


@pytest.mark.parametrize(
    ("doors", "micro", "codes"),
    [
        (0, False, ""),
        (1, False, "G1"),
        (299, False, "G1"),
        (300, False, ""),
        (450, False, ""),
        (451, False, "G2"),
        (500, False, "G2"),
        (501, False, "G1"),
        (0, True, ""),
        (29, True, "G3"),
        (30, True, ""),
        (50, True, ""),
        (51, True, "G3"),
        (400, True, "G3"),
    ],
)
def test_cells(doors, micro, codes):
    found = broken(RULES, CellSize(doors, micro, LIMITS))
    assert " ".join(finding.rule.code for finding in found) == codes
    assert all(str(finding).startswith(f"{doors} households") for finding in found)
    assert all(finding.rule.weight is Severity.USUALLY for finding in found), "warnings, never failures"


def test_other_limits_judge_otherwise():
    narrow = LIMITS | {"grid.cell_least": 100, "grid.cell_most": 200}
    assert [len(broken(RULES, CellSize(doors, False, narrow))) for doors in (99, 150, 200, 201)] == [1, 0, 0, 1]


def test_marks():
    assert [rule.mark for rule in RULES] == [Mark.SECOND_HAND, Mark.UNVERIFIED, Mark.UNVERIFIED]


@pytest.mark.parametrize(
    ("grid", "listed", "micro"),
    [
        (P.COMMUNITY, {P.BUILDING}, False),
        (P.ESTATE, {P.BUILDING}, True),
        (P.ESTATE, {P.BUILDING, P.STAIRWELL, P.HOUSEHOLD}, True),
        (P.ESTATE, {P.COURTYARD}, False),
        (P.ESTATE, {P.COURTYARD, P.BUILDING}, False),
        (P.ESTATE, set(), False),
        (P.BUILDING, {P.STAIRWELL}, True),
        (P.SUBDISTRICT, {P.COMMUNITY}, False),
    ],
)
def test_what_is_a_micro_grid(grid, listed, micro):
    assert is_micro(grid, listed) is micro


@given(st.lists(st.integers(0, 3000), max_size=40), st.integers(1, 600), st.integers(0, 600))
def test_every_cell_stands_in_one_bar(doors, least, width):
    found = distribute(doors, least, least + width)
    known = sorted(number for number in doors if number)
    assert sum(bar.count for bar in found.bars) == len(known) == found.cells - found.unknown
    assert found.below + found.within + found.above == len(known)
    assert sum(bar.count for bar in found.bars if bar.inside) == found.within
    for bar in found.bars:
        assert bar.count == sum(bar.first <= n and (bar.last is None or n <= bar.last) for n in known)
        assert 0 <= bar.percent <= 100
    if known:
        assert (found.smallest, found.largest) == (known[0], known[-1])
        assert max(bar.percent for bar in found.bars) == 100


def test_the_bars_are_cut_at_the_limits():
    found = distribute([0, 210, 310, 349, 350, 500, 501, 2000], 300, 500)
    shown = [(bar.first, bar.last, bar.count, bar.inside) for bar in found.bars]
    assert shown == [
        (1, 249, 1, False), (250, 299, 0, False), (300, 349, 2, True), (350, 399, 1, True), (400, 449, 0, True),
        (450, 500, 1, True), (501, 550, 1, False), (551, 600, 0, False), (601, 650, 0, False), (651, 700, 0, False),
        (701, 750, 0, False), (751, None, 1, False),
    ]  # fmt: skip
    assert (found.unknown, found.below, found.within, found.above, found.median) == (1, 1, 4, 2, 350)
