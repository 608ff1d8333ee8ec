"""A state machine as data: buttons, services and documents read the same table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linli.lib.errors import Refusal
from linli.lib.words import Labelled


@dataclass(frozen=True, slots=True)
class Machine[State: Labelled, Action: Labelled]:
    """What may happen in which state, and what follows; whatever `table` does not name is refused.

    `code` and `message`, a msgid with the place %(state)s, are those of the refusal.
    """

    states: type[State]
    table: Mapping[tuple[State, Action], State]
    code: str
    message: str

    def after(self, state: str, action: Action) -> State:
        """Return the state after `action`; refused where the table has no such step."""
        here = self.states(state)
        found = self.table.get((here, action))
        if found is None:
            raise Refusal(self.code, self.message, state=here)
        return found

    def actions(self, state: str) -> tuple[Action, ...]:
        """Return what can be done in `state`, in the order of the table."""
        return tuple(action for (source, action) in self.table if source == state)
