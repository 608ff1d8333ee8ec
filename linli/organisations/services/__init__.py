"""Writes of bodies and of the institutions by which they work."""

from linli.organisations.services.institutions import (
    adopt,
    end_duty,
    hand_over,
    publish_budget,
    repeal,
    set_budget_line,
    set_duty,
)
from linli.organisations.services.tree import dissolve_body, found_body, move_body, refresh_tree, rename_body

__all__ = [
    "adopt",
    "dissolve_body",
    "end_duty",
    "found_body",
    "hand_over",
    "move_body",
    "publish_budget",
    "refresh_tree",
    "rename_body",
    "repeal",
    "set_budget_line",
    "set_duty",
]
