"""The life of an issue, as data: buttons, services and documents read the same table."""

from __future__ import annotations

from linli.lib.machine import Machine
from linli.lib.words import Labelled, gettext_noop


class State(Labelled):
    """Where an issue stands."""

    OPEN = "open", gettext_noop("Posted, waiting to be accepted")
    ACCEPTED = "accepted", gettext_noop("Accepted, being worked on")
    ANSWERED = "answered", gettext_noop("Answered")
    CLOSED = "closed", gettext_noop("Closed")
    DECLINED = "declined", gettext_noop("Not for the wall, with the reason")


class Action(Labelled):
    """What can happen to an issue."""

    ACCEPT = "accept", gettext_noop("Accept")
    REPLY = "reply", gettext_noop("Reply in public")
    ESCALATE = "escalate", gettext_noop("Pass up to the next wall")
    DECLINE = "decline", gettext_noop("Decline with a reason")
    SATISFIED = "satisfied", gettext_noop("Satisfied")
    REOPEN = "reopen", gettext_noop("Not satisfied: open again")
    CLOSE = "close", gettext_noop("Close after the time for reopening")


TABLE: dict[tuple[State, Action], State] = {
    (State.OPEN, Action.ACCEPT): State.ACCEPTED,
    (State.OPEN, Action.REPLY): State.ANSWERED,
    (State.OPEN, Action.ESCALATE): State.OPEN,
    (State.OPEN, Action.DECLINE): State.DECLINED,
    (State.ACCEPTED, Action.REPLY): State.ANSWERED,
    (State.ACCEPTED, Action.ESCALATE): State.OPEN,
    (State.ACCEPTED, Action.DECLINE): State.DECLINED,
    (State.ANSWERED, Action.SATISFIED): State.CLOSED,
    (State.ANSWERED, Action.REOPEN): State.OPEN,
    (State.ANSWERED, Action.CLOSE): State.CLOSED,
    (State.DECLINED, Action.REOPEN): State.OPEN,
}
UNSETTLED = frozenset({State.OPEN, State.ACCEPTED})
STAFF_ACTIONS = frozenset({Action.ACCEPT, Action.REPLY, Action.ESCALATE, Action.DECLINE})
"""What those who answer for the wall can do; the rest is the reporter's, or the clock's."""

MACHINE = Machine(
    State,
    TABLE,
    "issue-state",
    gettext_noop("This cannot be done now: the issue is “%(state)s”. Load the page again to see why."),
)
after, actions = MACHINE.after, MACHINE.actions
