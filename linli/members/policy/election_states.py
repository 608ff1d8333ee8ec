"""The life of an election, as data: buttons, services and the list of steps read the same table."""

from __future__ import annotations

from linli.lib.errors import Refusal
from linli.lib.words import Labelled, gettext_noop


class State(Labelled):
    """Where an election stands."""

    PLANNED = "planned", gettext_noop("Planned")
    NOTIFIED = "notified", gettext_noop("Notice given")
    ROLLED = "rolled", gettext_noop("Roll of voters closed")
    NOMINATED = "nominated", gettext_noop("Candidates named")
    HELD = "held", gettext_noop("Meeting opened, votes to be counted")
    COUNTED = "counted", gettext_noop("Counted, waiting for a second person")
    RUN_OFF = "run_off", gettext_noop("Another ballot needed")
    ELECTED = "elected", gettext_noop("Committee elected, offices to be filled")
    COMPLETE = "complete", gettext_noop("Elected, to be reported")
    REPORTED = "reported", gettext_noop("Reported, waiting for approval")
    APPROVED = "approved", gettext_noop("Approved, in office")
    VOID = "void", gettext_noop("Void")
    CANCELLED = "cancelled", gettext_noop("Called off")


class Action(Labelled):
    """What can happen to an election."""

    NOTIFY = "notify", gettext_noop("Give notice")
    CLOSE_ROLL = "close_roll", gettext_noop("Close the roll of voters")
    NOMINATE = "nominate", gettext_noop("Name the candidates")
    HOLD = "hold", gettext_noop("Open the meeting")
    COUNT = "count", gettext_noop("Enter the count")
    CONFIRM = "confirm", gettext_noop("Confirm the count")
    RETURN = "return", gettext_noop("Give the count back")
    LEAVE_OPEN = "leave_open", gettext_noop("Leave the open seats unfilled")
    CHOOSE = "choose", gettext_noop("Fill the offices")
    REPORT = "report", gettext_noop("Report to the body above")
    APPROVE = "approve", gettext_noop("Approve")
    SEND_BACK = "send_back", gettext_noop("Send back")
    MOVE = "move", gettext_noop("Set another day")
    CANCEL = "cancel", gettext_noop("Call off")


_S, _A = State, Action
_BEFORE = (_S.PLANNED, _S.NOTIFIED, _S.ROLLED, _S.NOMINATED)
TABLE: dict[tuple[State, Action], tuple[State, ...]] = {
    (_S.PLANNED, _A.NOTIFY): (_S.NOTIFIED,),
    (_S.NOTIFIED, _A.CLOSE_ROLL): (_S.ROLLED,),
    (_S.ROLLED, _A.NOMINATE): (_S.NOMINATED,),
    (_S.NOMINATED, _A.NOMINATE): (_S.NOMINATED,),
    (_S.NOMINATED, _A.HOLD): (_S.HELD,),
    (_S.HELD, _A.COUNT): (_S.COUNTED,),
    (_S.RUN_OFF, _A.COUNT): (_S.COUNTED,),
    (_S.COUNTED, _A.CONFIRM): (_S.ELECTED, _S.COMPLETE, _S.RUN_OFF, _S.VOID),
    (_S.COUNTED, _A.RETURN): (_S.HELD, _S.RUN_OFF),
    (_S.RUN_OFF, _A.LEAVE_OPEN): (_S.ELECTED,),
    (_S.ELECTED, _A.CHOOSE): (_S.COMPLETE,),
    (_S.COMPLETE, _A.CHOOSE): (_S.COMPLETE,),
    (_S.COMPLETE, _A.REPORT): (_S.REPORTED,),
    (_S.REPORTED, _A.APPROVE): (_S.APPROVED,),
    (_S.REPORTED, _A.SEND_BACK): (_S.COMPLETE,),
    **{(state, _A.MOVE): (_S.PLANNED,) for state in _BEFORE},
    **{(state, _A.CANCEL): (_S.CANCELLED,) for state in _BEFORE},
}
"""Where a step can lead; what the count says decides between several."""
PENDING = frozenset(_BEFORE)
"""Before the meeting: what can still be moved or called off."""
OVER = frozenset({State.APPROVED, State.VOID, State.CANCELLED})
UNDECIDED = frozenset({State.COUNTED, State.RUN_OFF})
"""While another ballot may still elect who was not elected yet."""
UPPER_ACTIONS = frozenset({Action.APPROVE, Action.SEND_BACK})
"""What the body above does; the rest is done where the election is held."""
COMMITTEE_ACTIONS = frozenset({Action.CHOOSE, Action.LEAVE_OPEN})
"""What only the election of a committee knows."""


def after(state: str, action: Action, to: State | None = None) -> State:
    """Return the state after `action` (`to` names one where it can lead to several).

    Raises Refusal where the table has no such step.
    """
    targets = TABLE.get((State(state), action), ())
    found = to or next(iter(targets), None)
    if found is None or found not in targets:
        raise Refusal(
            "election-state",
            gettext_noop("This cannot be done now: the election is at “%(state)s”. Load the page again to see why."),
            state=State(state),
        )
    return found


def actions(state: str, *, committee: bool) -> tuple[Action, ...]:
    """Return what can be done in `state`; `committee`: whether a committee is elected, not one office."""
    possible = tuple(action for (source, action) in TABLE if source == state)
    return possible if committee else tuple(action for action in possible if action not in COMMITTEE_ACTIONS)


STEPS = (
    _A.NOTIFY, _A.CLOSE_ROLL, _A.NOMINATE, _A.HOLD, _A.COUNT, _A.CONFIRM, _A.CHOOSE, _A.REPORT, _A.APPROVE,
)  # fmt: skip
"""The way from the plan to the office, in order."""
_NEXT = {
    State.PLANNED: _A.NOTIFY,
    State.NOTIFIED: _A.CLOSE_ROLL,
    State.ROLLED: _A.NOMINATE,
    State.NOMINATED: _A.HOLD,
    State.HELD: _A.COUNT,
    State.RUN_OFF: _A.COUNT,
    State.COUNTED: _A.CONFIRM,
    State.ELECTED: _A.CHOOSE,
    State.COMPLETE: _A.REPORT,
    State.REPORTED: _A.APPROVE,
}


def steps(state: str, *, committee: bool) -> list[tuple[Action, str]]:
    """Return the steps, each `done`, `next` or `later`; of what is void or called off none is next."""
    shown = [step for step in STEPS if committee or step not in COMMITTEE_ACTIONS]
    if state == State.APPROVED:
        return [(step, "done") for step in shown]
    following = _NEXT.get(State(state))
    if following is None:
        reached = shown.index(Action.CONFIRM) + 1 if state == State.VOID else 0
        return [(step, "done" if place < reached else "later") for place, step in enumerate(shown)]
    at = shown.index(following)
    return [(step, "done" if place < at else "next" if place == at else "later") for place, step in enumerate(shown)]
