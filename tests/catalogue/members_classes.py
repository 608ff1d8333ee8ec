"""Classified management: the payload of a reassignment carries the mark of what was shown."""

from datetime import date
from typing import Any

from linli.access.roles import Role
from linli.members import services
from linli.members.models import ClassRule
from linli.members.queries import classified
from tests.catalogue import Example
from tests.members.classes import rule, without_class, without_unit
from tests.world import World

DAY = date(2026, 3, 18)
ALONE = "BY1-5"
"""Whom no other example needs."""


def shipped(w: World) -> dict[str, Any]:
    services.ensure_default_classes(by=w.by, now=w.now, key=w.key())
    return {}


def one(w: World) -> dict[str, Any]:
    without_unit(w, ALONE)
    return {"number": ALONE}


def some(w: World) -> dict[str, Any]:
    without_unit(w, ALONE)
    without_class(w)
    return {}


def ruled(w: World) -> dict[str, Any]:
    """Leaves one rule, whatever was there."""
    ClassRule.objects.all().delete()
    without_unit(w, ALONE)
    rule(w)
    return {}


def reassigned(w: World) -> dict[str, Any]:
    ruled(w)
    mark = classified.reassignment(ClassRule.objects.all(), DAY).mark
    return {"on": "2026-03-18", "step": "save", "shown": mark}


def new_rule(w: World) -> dict[str, Any]:
    return {"body": "BR1", "flaw": "no_unit", "of_class": "", "age_from": "", "to_class": "", "to_unit": "BR1"}


STAFF = Role.COMMUNITY_STAFF
EXAMPLES = [
    Example("classes", states={"shipped": shipped}),
    Example(
        "class-new",
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"name": "困难", "code": "poor", "duties": "结对帮扶", "scored": ""},
    ),
    Example(
        "class-change",
        kwargs=lambda w: {"code": "direct"},
        role=Role.SUBDISTRICT_STAFF,
        data=lambda w: {"name": "直管", "duties": "三会一课\n设岗定责", "scored": "on"},
    ),
    Example("unified", role=Role.SUBDISTRICT_STAFF, data=lambda w: {"lines": "统一登记\n统一教育"}),
    Example("members-astray", states={"some": some}, role=STAFF),
    Example(
        "member-assign",
        kwargs=one,
        at="BY1",
        chooses="BY1",
        role=STAFF,
        data=lambda w: {"member_class": "direct", "unit": "BY1", "on": "2026-03-18"},
    ),
    Example("reassign", chooses="BR1", states={"a rule": ruled}, role=STAFF, data=reassigned),
    Example("class-rule-new", chooses="BR1", role=STAFF, data=new_rule),
    Example("class-rule-remove", kwargs=lambda w: {"pk": rule(w).pk}, at="BR1", role=STAFF, data=lambda w: {}),
]
