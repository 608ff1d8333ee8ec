import pytest

from linli.lib.errors import Refusal
from linli.lib.machine import Machine
from linli.lib.words import Labelled


class Door(Labelled):
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"
    WALLED = "walled", "Walled up"


class Deed(Labelled):
    PUSH = "push", "Push"
    LOOK = "look", "Look"
    WALL = "wall", "Wall up"


TABLE = {
    (Door.OPEN, Deed.PUSH): Door.SHUT,
    (Door.OPEN, Deed.LOOK): Door.OPEN,
    (Door.SHUT, Deed.PUSH): Door.OPEN,
    (Door.SHUT, Deed.WALL): Door.WALLED,
}
MACHINE = Machine(Door, TABLE, "door-state", "The door is %(state)s.")


@pytest.mark.parametrize("state", Door)
@pytest.mark.parametrize("action", Deed)
def test_only_the_table_decides(state, action):
    if (state, action) in TABLE:
        assert MACHINE.after(state, action) is TABLE[state, action]
        assert action in MACHINE.actions(state)
    else:
        with pytest.raises(Refusal) as refused:
            MACHINE.after(state, action)
        assert (refused.value.code, refused.value.values) == ("door-state", {"state": state})
        assert action not in MACHINE.actions(state)


def test_a_state_may_come_as_the_database_keeps_it():
    assert MACHINE.after("open", Deed.PUSH) is Door.SHUT
    assert MACHINE.actions("shut") == (Deed.PUSH, Deed.WALL)


def test_a_state_that_nobody_knows_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="ajar"):
        MACHINE.after("ajar", Deed.PUSH)
