"""Bulletins for tests: prepared by one, published by another, through the services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from linli.access.decide import Actor
from linli.lib.month import Month
from linli.points import services
from linli.points.models import Bulletin

FEBRUARY = Month(2026, 2)
PREPARER, PUBLISHER = Actor(name="first"), Actor(name="second")
WINDOW = timedelta(days=6)
"""After the five days of objection."""


def drafted(world: Any, code: str = "BY1", month: Month = FEBRUARY, **changes: Any) -> Bulletin:
    given = {"by": PREPARER, "now": world.now, "key": world.key()} | changes
    return services.prepare_bulletin(world.bodies[code], month=month, **given)


def published(world: Any, code: str = "BY1", month: Month = FEBRUARY) -> Bulletin:
    draft = drafted(world, code, month)
    return services.publish_bulletin(draft, by=PUBLISHER, now=world.now + WINDOW, key=world.key())
