"""The life of minutes as a table: draft, corrections by those present, final."""

from __future__ import annotations

from linli.access.catalogue import Permission
from linli.lib.machine import Machine
from linli.lib.words import Labelled, gettext_noop

ITEMS = 60


class State(Labelled):
    """Where the minutes stand."""

    DRAFT = "draft", gettext_noop("Draft")
    CIRCULATED = "circulated", gettext_noop("Sent to those present, open to corrections")
    FINAL = "final", gettext_noop("Final")


class Action(Labelled):
    """What can happen to minutes."""

    WRITE = "write", gettext_noop("Write")
    CIRCULATE = "circulate", gettext_noop("Send to those present")
    CORRECT = "correct", gettext_noop("Ask for a correction")
    CLOSE = "close", gettext_noop("Make final")


TABLE: dict[tuple[State, Action], State] = {
    (State.DRAFT, Action.WRITE): State.DRAFT,
    (State.DRAFT, Action.CIRCULATE): State.CIRCULATED,
    (State.CIRCULATED, Action.WRITE): State.CIRCULATED,
    (State.CIRCULATED, Action.CORRECT): State.CIRCULATED,
    (State.CIRCULATED, Action.CLOSE): State.FINAL,
}
NEEDS: dict[Action, Permission] = {
    Action.WRITE: Permission.ROLL_RECORD,
    Action.CIRCULATE: Permission.ROLL_RECORD,
    Action.CLOSE: Permission.ROLL_CONFIRM,
}
"""What an action on the desk asks for; asking for a correction is the own act of who was present."""
MACHINE = Machine(
    State,
    TABLE,
    "minutes-state",
    gettext_noop("This cannot be done now: the minutes are “%(state)s”. Load the page again to see why."),
)
after, actions = MACHINE.after, MACHINE.actions


class Way(Labelled):
    """How a matter was voted on."""

    HANDS = "hands", gettext_noop("By show of hands")
    BALLOT = "ballot", gettext_noop("By secret ballot on paper")


class Answer(Labelled):
    """What became of a correction."""

    TAKEN = "taken", gettext_noop("Taken over")
    REFUSED = "refused", gettext_noop("Not taken over")
