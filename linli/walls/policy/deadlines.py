"""How soon a wall has to accept and to answer. The lengths are rule values; here is which one holds.

2 h and 24 h run by the clock; days are Chinese working days. Source of the defaults: domain rules 2.6
(draft of a Beijing standard for 12345 orders, 2021), changeable by the subdistrict.
"""

from __future__ import annotations

from linli.walls.policy.kinds import Clock, Level

ACCEPT = "wall.accept_hours"
CHILD = "wall.child_days"
MOTHER = "wall.mother_days"
DANGER = "wall.danger_hours"
URGENT = "wall.urgent_hours"
REOPEN = "wall.reopen_days"

_ANSWER: dict[tuple[Clock, Level], str] = {
    (clock, level): code
    for level in Level
    for clock, code in {
        Clock.DANGER: DANGER,
        Clock.URGENT: URGENT,
        Clock.ORDINARY: CHILD if level is Level.CHILD else MOTHER,
        Clock.COMPLEX: MOTHER,
    }.items()
}


def answer_rule(clock: Clock, level: Level) -> str:
    """Return the code of the rule value that says how soon a wall of `level` has to answer."""
    return _ANSWER[clock, level]


def accept_rule(clock: Clock) -> str:
    """Return the code of the rule value that says how soon an issue has to be accepted."""
    return DANGER if clock is Clock.DANGER else ACCEPT


def in_hours(code: str) -> bool:
    """Tell whether the rule value `code` counts hours of the clock; else it counts working days."""
    return code.endswith("_hours")
