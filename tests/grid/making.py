"""Doors and links for tests."""

from __future__ import annotations

from datetime import date, timedelta

from linli.grid import services
from linli.grid.models import HouseholdLink
from linli.places import services as places
from linli.places.models import Place
from linli.places.policy.kinds import PlaceKind
from tests.world import NOW, SINCE

TODAY = NOW.date()
LAST_MONTH = TODAY - timedelta(days=30)


def more_doors(world, count: int, stairs: str = "U1") -> list[Place]:
    """Add `count` doors to a stairwell."""
    return [
        places.add_place(
            kind=PlaceKind.HOUSEHOLD, code=f"{stairs}-{number:03d}", name=f"{number:03d}", parent=world.places[stairs],
            by=world.by, now=NOW, key=world.key(), since=SINCE,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def second_building(world) -> Place:
    """Return the building B9 of courtyard Y2, which BY2 alone serves, with two doors in a stairwell; made once."""
    for code, kind, above in (("B9", PlaceKind.BUILDING, "Y2"), ("U9", PlaceKind.STAIRWELL, "B9")):
        if code not in world.places:
            world.places[code] = places.add_place(
                kind=kind, code=code, name=f"地{code}", parent=world.places[above],
                by=world.by, now=NOW, key=world.key(), since=SINCE,
            )  # fmt: skip
            if code == "U9":
                more_doors(world, 2, code)
    return world.places["B9"]


def linked(world, member: str = "BY1-2", doors=None, since: date = LAST_MONTH) -> list[HouseholdLink]:
    """Link doors (H1) to a member."""
    group, number = member.split("-")
    return services.link(
        doors or [world.places["H1"]],
        member=world.members[group][int(number) - 1],
        since=since,
        by=world.by,
        now=world.now,
        key=world.key(),
    )
