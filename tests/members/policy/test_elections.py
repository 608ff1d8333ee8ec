"""E1–E9 and B7 at their boundaries; the states."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.lib.errors import Refusal
from linli.members.policy.election_counts import E5, Count, Votes, check_count, valid_ballot
from linli.members.policy.election_results import E4, E6, BallotKind, Outcome, Share, outcome
from linli.members.policy.election_rules import B7, E1, E2, E3, E7, E8, E9
from linli.members.policy.election_states import OVER, TABLE, Action, State, actions, after
from linli.members.policy.elections import Opening, Sending, Slate, Term, Timing
from linli.members.policy.kinds import Title
from tests.members.policy.test_votes import holds


@pytest.mark.parametrize(
    ("due", "present", "ok"),
    [(10, 8, True), (10, 7, False), (5, 4, True), (6, 5, True), (6, 4, False), (127, 101, False), (127, 102, True)],
)
def test_four_fifths_came(due, present, ok):
    assert holds(E1, Opening(due, present)) is ok
    assert (present * 5 >= due * 4) is ok


@pytest.mark.parametrize(
    ("seats", "candidates", "ok"),
    [
        (5, 5, False),
        (5, 6, True),
        (3, 3, False),
        (3, 4, True),
        (7, 8, False),
        (7, 9, True),
        (10, 12, True),
        (11, 13, False),
    ],
)
def test_a_fifth_more_candidates_than_seats(seats, candidates, ok):
    assert holds(E2, Slate(seats, candidates)) is ok
    assert Slate(seats, candidates).least == (seats * 6 + 4) // 5


@pytest.mark.parametrize(
    ("titles", "ok"),
    [([Title.SECRETARY], True), ([], False), ([Title.SECRETARY] * 2, False), ([Title.DEPUTY, Title.SECRETARY], True)],
)
def test_the_committee_has_one_secretary(titles, ok):
    assert holds(E3, titles) is ok


@pytest.mark.parametrize(
    ("present", "yes", "ok"),
    [(10, 5, False), (10, 6, True), (11, 5, False), (11, 6, True), (1, 1, True), (2, 1, False)],
)
def test_more_than_half_of_those_present(present, yes, ok):
    assert holds(E4, Share("王小一", yes, present)) is ok


@pytest.mark.parametrize(
    ("marked", "seats", "ok"), [(0, 5, True), (5, 5, True), (6, 5, False), (3, 3, True), (4, 3, False)]
)
def test_a_ballot_with_more_names_than_seats_is_invalid(marked, seats, ok):
    assert valid_ballot(marked, seats) is ok


def count(**given):
    votes = given.pop("votes", (Votes("1", "王", 6, 3, 1), Votes("2", "李", 4, 5, 1)))
    usual = {"seats": 1, "present": 12, "issued": 12, "returned": 11, "valid": 10, "invalid": 1}
    return Count(**(usual | given), votes=votes)


@pytest.mark.parametrize(("returned", "ok"), [(11, True), (12, True), (13, False)])
def test_more_returned_than_issued_makes_all_void(returned, ok):
    assert holds(E5, count(returned=returned)) is ok


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"issued": 13}, "count-issued", "13 ballots issued to 12"),
        ({"returned": 12}, "count-returned", "make 11, but 12 were returned"),
        ({"votes": (Votes("1", "王", 6, 3, 2),)}, "count-votes", "王: 6 yes, 3 no and 2 abstentions make 11, but 10"),
        ({"votes": (Votes("1", "王", 6, 3, 0),)}, "count-votes", "make 9, but 10"),
        ({"votes": (Votes("9", "赵", 11, written_in=True),)}, "count-votes", "赵, written in: 11 votes, but only 10"),
        ({"votes": (Votes("1", "王", 6, 4, 0), Votes("2", "李", 5, 5, 0))}, "count-marks", "11 yes votes on 10"),
    ],
)
def test_a_count_that_cannot_be(given, code, words):
    with pytest.raises(Refusal, match=words) as refused:
        check_count(count(**given))
    assert refused.value.code == code


def test_a_count_that_can_be():
    check_count(count())
    check_count(count(votes=(Votes("1", "王", 6, 3, 1), Votes("9", "赵", 4, written_in=True))))


def ballot(*yes):
    return [Votes(str(place), f"甲{place}", given) for place, given in enumerate(yes, start=1)]


@pytest.mark.parametrize(
    ("yes", "seats", "present", "kind", "want"),
    [
        ([9, 8, 7, 6], 3, 10, BallotKind.FIRST, Outcome(("1", "2", "3"))),
        ([9, 8, 5, 4], 3, 10, BallotKind.FIRST, Outcome(("1", "2"), (), 1)),
        ([9, 7, 7, 6], 2, 10, BallotKind.FIRST, Outcome(("1",), ("2", "3"), 1)),
        ([7, 7, 7, 7], 3, 10, BallotKind.FIRST, Outcome((), ("1", "2", "3", "4"), 3)),
        ([7, 7, 7, 2], 3, 10, BallotKind.FIRST, Outcome(("1", "2", "3"))),
        ([5, 5], 1, 10, BallotKind.FIRST, Outcome((), (), 1)),
        ([5, 4], 1, 10, BallotKind.TIE, Outcome(("1",))),
        ([5, 5], 1, 10, BallotKind.TIE, Outcome((), ("1", "2"), 1)),
        ([5, 4], 1, 10, BallotKind.REST, Outcome((), (), 1)),
    ],
)
def test_who_is_elected(yes, seats, present, kind, want):
    found = outcome(ballot(*yes), seats=seats, present=present, kind=kind)
    assert found == want
    assert holds(E6, found) is not want.tied


@given(st.lists(st.integers(0, 20), min_size=1, max_size=9), st.integers(1, 7), st.integers(1, 20))
def test_no_ballot_fills_more_seats_than_there_are_or_leaves_a_better_one_out(yes, seats, present):
    votes = ballot(*yes)
    found = outcome(votes, seats=seats, present=present, kind=BallotKind.FIRST)
    got = {each.number: each.yes for each in votes}
    assert len(found.elected) + found.open_seats == seats
    assert all(got[number] * 2 > present for number in (*found.elected, *found.tied))
    rest = [each.yes for each in votes if each.number not in {*found.elected, *found.tied} and each.yes * 2 > present]
    assert all(got[number] > other for number in (*found.elected, *found.tied) for other in rest)
    assert not found.tied or len(found.tied) > found.open_seats


ENDS = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("day", "document", "ok"),
    [
        (date(2026, 6, 30), "", True),
        (date(2026, 7, 1), "", False),
        (date(2026, 7, 1), "3号", True),
        (date(2027, 6, 30), "3号", True),
        (date(2027, 7, 1), "3号", False),
        (date(2026, 3, 30), "", True),
        (date(2026, 3, 29), "", False),
        (date(2026, 3, 29), "3号", True),
        (date(2025, 6, 30), "3号", True),
        (date(2025, 6, 29), "3号", False),
    ],
)
def test_early_and_late_elections(day, document, ok):
    assert holds(E7, Timing(day, ENDS, document)) is ok
    assert holds(E7, Timing(day, None))


@pytest.mark.parametrize(
    ("members", "dispersed", "document", "ok"),
    [(499, False, "5号", False), (500, False, "5号", True), (500, False, "", False), (499, True, "5号", True)],
)
def test_a_congress_of_representatives(members, dispersed, document, ok):
    assert holds(E8, Sending(members, dispersed, document)) is ok


@pytest.mark.parametrize(
    ("until", "years", "ok"),
    [
        (date(2031, 3, 1), 5, True),
        (date(2031, 3, 2), 5, False),
        (date(2029, 3, 1), 3, True),
        (date(2029, 3, 2), 3, False),
    ],
)
def test_a_term_lasts_five_years_or_three(until, years, ok):
    assert holds(B7, Term(date(2026, 3, 1), until, years)) is ok


def test_what_is_elected_is_reported():
    assert holds(E9, [])
    assert not holds(E9, ["组织BR1"])


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_only_the_steps_of_the_table(state, action):
    if (state, action) in TABLE:
        assert all(after(state, action, to) is to for to in TABLE[state, action])
    else:
        with pytest.raises(Refusal):
            after(state, action)


def test_what_is_over_stays_so_and_every_other_state_goes_on():
    assert {state for state in State if not actions(state, committee=True)} == OVER
    assert all(actions(state, committee=False) for state in State if state not in OVER | {State.ELECTED})
    with pytest.raises(Refusal):
        after(State.COUNTED, Action.CONFIRM, State.APPROVED)


def test_other_numbers_are_rounded_up_too():
    assert (Slate(3, 0, 67).least, Slate(3, 0, 66).least) == (6, 5)
    assert (Opening(3, 0, 67).least, Opening(3, 0, 66).least) == (3, 2)
    assert not holds(E2, Slate(3, 5, 67))
    assert holds(E2, Slate(3, 6, 67))
