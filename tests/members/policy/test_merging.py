"""What passes over when two records of one person become one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.members.policy.merging import facts, left_free, one_person

DAY = date(2026, 1, 1)


def day(number):
    return None if number is None else DAY + timedelta(days=number)


def span(pair):
    return day(pair[0]), day(pair[1])


@pytest.mark.parametrize(
    ("own", "taken", "left"),
    [
        ((0, 10), [], [(0, 10)]),
        ((0, None), [], [(0, None)]),
        ((0, 10), [(0, 10)], []),
        ((0, None), [(5, None)], [(0, 5)]),
        ((0, None), [(5, 8)], [(0, 5), (8, None)]),
        ((0, 10), [(10, None)], [(0, 10)]),
        ((10, 20), [(0, 10)], [(10, 20)]),
        ((10, 20), [(0, 11)], [(11, 20)]),
        ((0, 10), [(2, 4), (4, 6)], [(0, 2), (6, 10)]),
        ((0, 10), [(6, 8), (2, 4)], [(0, 2), (4, 6), (8, 10)]),
        ((5, 10), [(0, None)], []),
    ],
)
def test_pieces(own, taken, left):
    assert left_free(span(own), map(span, taken)) == [span(pair) for pair in left]


NUMBERS = st.integers(0, 40)
SPANS = st.tuples(NUMBERS, st.one_of(st.none(), NUMBERS)).filter(lambda pair: pair[1] is None or pair[0] < pair[1])


def days(spans):
    return {number for since, until in spans for number in range(since, 99 if until is None else until)}


@given(SPANS, st.lists(SPANS, max_size=5))
def test_each_day_of_the_other_is_said_once(own, taken):
    """Also where the lasting record's own rows overlap each other, as posts in two bodies do."""
    pieces = [
        ((since - DAY).days, None if until is None else (until - DAY).days)
        for since, until in left_free(span(own), map(span, taken))
    ]
    assert days(pieces) == days([own]) - days(taken)
    assert sum(len(days([piece])) for piece in pieces) == len(days(pieces))


KEPT = {"name": "王小明", "sex": "", "born_on": DAY, "education": "", "joined_on": DAY, "phone": "", "stage": "full"}
KEPT |= {"full_on": None, "probation_until": None}


def test_what_the_lasting_record_says_stands():
    other = KEPT | {"sex": "male", "joined_on": DAY + timedelta(days=1), "full_on": DAY}
    found = {each.field: each for each in facts(KEPT, other)}
    assert found["sex"].result == "male"
    assert not found["sex"].differs
    assert found["joined_on"].result == DAY
    assert found["joined_on"].differs
    assert found["full_on"].result == DAY


@pytest.mark.parametrize(
    ("other", "one"),
    [
        ({}, True),
        ({"born_on": None}, True),
        ({"born_on": DAY + timedelta(days=1)}, False),
        ({"name": "赵大"}, False),
        ({"name": "赵大", "phone": "13800000001"}, True),
        ({"name": "赵大", "phone": "13800000001", "born_on": None}, False),
    ],
)
def test_who_may_be_one_person(other, one):
    kept = KEPT | {"phone": "13800000001"}
    assert one_person(kept, KEPT | other) is one
    assert one_person(KEPT | other, kept) is one


def test_two_empty_facts_make_nobody_one_person():
    assert not one_person(KEPT | {"born_on": None}, KEPT | {"born_on": None, "name": "赵大"})
