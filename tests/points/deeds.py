"""What the tests of points make: a sheet, awards, bulletins, always through the services."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.members.models import Member
from linli.points import services
from linli.points.models import Entry
from linli.points.services import Award

RECORDER, CONFIRMER = "user:900001", "user:900002"
FEBRUARY = date(2026, 2, 11)


def sheet(world: Any) -> None:
    services.ensure_sheet(since=date(2020, 1, 1), by=world.by, now=world.now, key=world.key())


def award(world: Any, *members: Member, source: str = "", **changes: Any) -> int:
    """Award an attendance in February to `members` (default: the first member of BY1)."""
    line = {name: changes.pop(name) for name in ("indicator", "quantity", "minutes") if name in changes}
    given = {
        "lines": [
            Award(member, **({"indicator": "LIFE-DH"} | line)) for member in members or (world.members["BY1"][0],)
        ],
        "recorder": RECORDER,
        "confirmer": CONFIRMER,
        "source": source or f"trial:{world.key()}",
        "deed_on": FEBRUARY,
        "by": world.by,
        "now": world.now,
        "key": world.key(),
    } | changes
    return services.award(**given)


def entry(world: Any, member: Member | None = None, **changes: Any) -> Entry:
    """Award once and return the ledger line."""
    source = f"trial:{world.key()}"
    award(world, member or world.members["BY1"][0], source=source, **changes)
    return Entry.objects.get(source=source)
