"""In-service members: check-ins, and the feedback to their home units."""

from typing import Any

from linli.access.roles import Role
from tests.catalogue import Example
from tests.members.checkins import held
from tests.world import World

STAFF = Role.COMMUNITY_STAFF


def somebody(w: World) -> dict[str, Any]:
    held(w)
    return {}


def quarter(w: World) -> dict[str, Any]:
    held(w)
    return {"code": "G1", "quarter": "2026-Q1"}


def nobody(_world: World) -> dict[str, Any]:
    return {"code": "G1", "quarter": "2024-Q2"}


EXAMPLES = [
    Example("check-ins", role=STAFF, states={"somebody": somebody}),
    Example(
        "check-in-new",
        kwargs=lambda w: {"code": "G1"},
        at="G1",
        role=STAFF,
        data=lambda w: {
            "member": "BY1-2",
            "home_unit": "区医院",
            "contact": "党办",
            "slip": "8号",
            "since": "2026-03-01",
            "agreed": "on",
        },
    ),
    Example(
        "check-in-end",
        kwargs=lambda w: {"pk": held(w).pk},
        at="G1",
        role=STAFF,
        data=lambda w: {"on": "2026-03-18"},
    ),
    Example("feedback", kwargs=quarter, at="G1", role=STAFF, states={"nobody": nobody}),
    Example("feedback-file", kwargs=lambda w: quarter(w) | {"form": "zip"}, at="G1", role=STAFF, html=False),
]
