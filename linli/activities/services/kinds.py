"""Writes of kinds of activities."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import Actor
from linli.activities.models import Kind
from linli.activities.policy.default_kinds import DEFAULT_KINDS
from linli.activities.policy.states import Due
from linli.audit.services import writing


def ensure_kind(
    *,
    code: str,
    name: str,
    indicator: str = "",
    by_hour: bool = False,
    due: Due = Due.MEMBERS,
    public: bool = False,
    order: int = 0,
    by: Actor,
    now: datetime,
    key: str,
) -> Kind:
    """Make a kind of activity, or change the one with `code`."""
    with writing("activity_kind.ensure", by=by, now=now, key=key) as event:
        given = {"name": name, "indicator": indicator, "by_hour": by_hour, "due": due, "public": public, "order": order}
        made, _new = Kind.objects.update_or_create(code=code, defaults=given)
        event.about(f"activity_kind:{code}", indicator=indicator, due=due.value, public=public)
    return made


def ensure_default_kinds(*, by: Actor, now: datetime, key: str) -> list[Kind]:
    """Make the kinds that the house ships (`policy/default_kinds.py`), in their order."""
    with writing("activity_kinds.ensure", by=by, now=now, key=key) as event:
        event.about("activity_kinds", count=len(DEFAULT_KINDS))
        return [
            ensure_kind(
                code=kind.code,
                name=kind.name,
                indicator=kind.indicator,
                by_hour=kind.by_hour,
                due=kind.due,
                public=kind.public,
                order=order,
                by=by,
                now=now,
                key=f"{key}:{kind.code}",
            )
            for order, kind in enumerate(DEFAULT_KINDS, start=1)
        ]
