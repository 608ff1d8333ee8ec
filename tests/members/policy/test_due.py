"""Who is due: the table of `policy.due`, every stage × standing × occasion."""

import pytest

from linli.members.policy.due import EXCLUDES, Occasion, Reason, judge
from linli.members.policy.kinds import Stage, Standing

C, L, V = Occasion.COUNT, Occasion.LIFE, Occasion.VOTE


@pytest.mark.parametrize(
    ("stage", "standings", "due_at"),
    [
        (Stage.FULL, [], {C, L, V}),
        (Stage.PROBATIONARY, [], {C, L}),
        (None, [], set()),
        (Stage.FULL, [Standing.LOST], set()),
        (Stage.FULL, [Standing.MOBILE], {C}),
        (Stage.FULL, [Standing.ATTACHED_ELSEWHERE], {C}),
        (Stage.FULL, [Standing.TEMPORARY_HERE], {L}),
        (Stage.FULL, [Standing.SUSPENDED], {C, L}),
        (Stage.FULL, [Standing.EXCUSED], {C}),
        (Stage.PROBATIONARY, [Standing.MOBILE], {C}),
        (Stage.FULL, [Standing.SUSPENDED, Standing.MOBILE], {C}),
    ],
)
def test_the_table(stage, standings, due_at):
    assert {occasion for occasion in Occasion if judge(stage, standings, occasion).due} == due_at


def test_the_first_standing_of_the_table_is_the_reason():
    found = judge(Stage.FULL, {Standing.SUSPENDED, Standing.LOST, Standing.MOBILE}, V)
    assert found.reason is Reason.LOST


def test_every_standing_bears_on_something_and_has_its_words():
    assert {kind for kinds in EXCLUDES.values() for kind in kinds} == set(Standing)
    for kind in Standing:
        assert Reason(kind.value).label
