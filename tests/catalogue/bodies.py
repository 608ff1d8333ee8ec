"""Mergers, splits and dissolutions: the payload carries the mark of the plan that was shown."""

from datetime import date
from typing import Any

from linli.access.roles import Role
from linli.members.queries import reorganise
from tests.catalogue import Example
from tests.world import World

DAY = date(2026, 3, 18)
DATED = {"on": "2026-03-18", "document": "〔2026〕5号", "step": "save"}


def merged(w: World) -> dict[str, Any]:
    return DATED | {"into": "BY2", "shown": reorganise.end_plan(w.bodies["BY1"], DAY).mark}


def split(w: World) -> dict[str, Any]:
    chosen = w.members["BY1"][:2]
    plan = reorganise.split_plan(w.bodies["BY1"], chosen, DAY)
    new = {"name": "第三院落党支部", "code": "BY3", "members": [member.number for member in chosen]}
    return DATED | new | {"shown": plan.mark}


def dissolved(w: World) -> dict[str, Any]:
    return DATED | {"shown": reorganise.end_plan(w.bodies["BG1"], DAY).mark}


EXAMPLES = [
    Example(
        "body-merge",
        kwargs=lambda w: {"code": "BY1"},
        at="BR1",
        chooses="BY2",
        role=Role.SUBDISTRICT_STAFF,
        data=merged,
    ),
    Example("body-split", kwargs=lambda w: {"code": "BY1"}, at="BR1", role=Role.SUBDISTRICT_STAFF, data=split),
    Example("body-dissolve", kwargs=lambda w: {"code": "BG1"}, at="BY1", role=Role.SUBDISTRICT_STAFF, data=dissolved),
]
