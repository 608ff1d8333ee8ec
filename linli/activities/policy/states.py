"""The life of an activity and of a line on its roll, as data."""

from __future__ import annotations

from linli.access.catalogue import Permission
from linli.lib.machine import Machine
from linli.lib.words import Labelled, gettext_noop


class State(Labelled):
    """Where an activity stands."""

    PLANNED = "planned", gettext_noop("Planned")
    RECORDED = "recorded", gettext_noop("Roll recorded, waiting for a second person")
    CONFIRMED = "confirmed", gettext_noop("Roll confirmed")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


class Action(Labelled):
    """What can happen to an activity."""

    CHANGE = "change", gettext_noop("Change the plan")
    CANCEL = "cancel", gettext_noop("Cancel the activity")
    SIGN_IN = "sign_in", gettext_noop("Sign in")
    RECORD = "record", gettext_noop("Record the roll")
    CONFIRM = "confirm", gettext_noop("Confirm the roll")
    RETURN = "return", gettext_noop("Give the roll back for correction")


TABLE: dict[tuple[State, Action], State] = {
    (State.PLANNED, Action.CHANGE): State.PLANNED,
    (State.PLANNED, Action.CANCEL): State.CANCELLED,
    (State.PLANNED, Action.SIGN_IN): State.PLANNED,
    (State.PLANNED, Action.RECORD): State.RECORDED,
    (State.RECORDED, Action.RECORD): State.RECORDED,
    (State.RECORDED, Action.RETURN): State.PLANNED,
    (State.RECORDED, Action.CONFIRM): State.CONFIRMED,
}

NEEDS: dict[Action, Permission] = {
    Action.CHANGE: Permission.ACTIVITY_PLAN,
    Action.CANCEL: Permission.ACTIVITY_PLAN,
    Action.RECORD: Permission.ROLL_RECORD,
    Action.CONFIRM: Permission.ROLL_CONFIRM,
    Action.RETURN: Permission.ROLL_CONFIRM,
}
"""What an action on the desk asks for; signing in is a member's own act and asks for none."""


class Presence(Labelled):
    """A line of a roll."""

    PRESENT = "present", gettext_noop("Present")
    LEAVE = "leave", gettext_noop("On leave")
    ABSENT = "absent", gettext_noop("Absent")


class Way(Labelled):
    """How a line came onto the roll. The paper roll is equal to the code."""

    CODE = "code", gettext_noop("By code")
    SCAN = "scan", gettext_noop("By the member's code")
    HAND = "hand", gettext_noop("By hand")


ON_THE_SPOT = (Way.CODE, Way.SCAN)
"""Ways by which somebody was seen on the day; such lines keep their way and moment while they stay present."""


class Due(Labelled):
    """Who is due at a kind of activity; the others may come too."""

    MEMBERS = "members", gettext_noop("All members of the body and of those below it")
    COMMITTEE = "committee", gettext_noop("The committee of the body")
    COMERS = "comers", gettext_noop("Nobody is due: those who come are recorded")


MACHINE = Machine(
    State,
    TABLE,
    "activity-state",
    gettext_noop("This cannot be done now: the activity is “%(state)s”. Load the page again to see why."),
)
after, actions = MACHINE.after, MACHINE.actions
