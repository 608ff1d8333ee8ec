from linli.activities.policy.default_kinds import DEFAULT_KINDS
from linli.activities.policy.states import NEEDS, Action, Due, State, actions
from linli.points.policy.default_sheet import LINES
from linli.points.policy.kinds import Unit


def test_what_is_confirmed_or_cancelled_stays():
    assert actions(State.CONFIRMED) == actions(State.CANCELLED) == ()


def test_every_action_of_the_desk_asks_for_a_permission():
    assert set(Action) - set(NEEDS) == {Action.SIGN_IN}


def test_default_kinds_agree_with_the_default_sheet():
    units = {line.code: line.unit for line in LINES}
    for kind in DEFAULT_KINDS:
        if kind.indicator:
            assert (units[kind.indicator] is Unit.HOUR) is kind.by_hour


def test_what_everybody_reads_is_no_party_meeting():
    assert all(kind.due is Due.COMERS for kind in DEFAULT_KINDS if kind.public)
