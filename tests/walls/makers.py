"""Issues at every state, made through the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from linli.access.decide import VISITOR
from linli.walls import services
from linli.walls.models import Category, Issue

LATER = timedelta(minutes=5)


def category(code: str = "rubbish") -> Category:
    return Category.objects.get(code=code)


def reported(
    world: Any,
    at: str = "BY1",
    *,
    text: str = "楼道里的垃圾三天没有人收。",
    code: str = "rubbish",
    place: str = "",
    now: datetime | None = None,
    key: str = "",
    **more: Any,
) -> services.Reported:
    wall = world.wall(at)
    return services.report(
        wall=wall,
        place=world.places[place] if place else wall.place,
        category=category(code),
        text=text,
        by=VISITOR,
        now=now or world.now,
        key=key or world.key(),
        **more,
    )


def fresh(world: Any, at: str = "BY1", **more: Any) -> Issue:
    return reported(world, at, **more).issue


def accepted(world: Any, at: str = "BY1", **more: Any) -> Issue:
    return services.accept(fresh(world, at, **more), by=world.by, now=world.now, key=world.key())


def answered(world: Any, at: str = "BY1", outcome: str = "solved", **more: Any) -> Issue:
    return services.reply(
        fresh(world, at, **more),
        text="已经清走,以后每天收两次。",
        outcome=outcome,
        by=world.by,
        now=world.now,
        key=world.key(),
    )


def declined(world: Any, at: str = "BY1", **more: Any) -> Issue:
    return services.decline(
        fresh(world, at, **more), reason="法院正在审理,请向法院询问。", by=world.by, now=world.now, key=world.key()
    )


def escalated(world: Any, at: str = "BY1", **more: Any) -> Issue:
    return services.escalate(
        fresh(world, at, **more), reason="要用到小区公共收益,院里定不了。", by=world.by, now=world.now, key=world.key()
    )


def overdue(world: Any, at: str = "BY1", **more: Any) -> Issue:
    """Reported forty days ago, and no round of the clock was run since."""
    return fresh(world, at, now=world.now - timedelta(days=40), **more)
