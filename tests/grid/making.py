"""Doors, links, cells and workers for tests."""

from __future__ import annotations

from datetime import date, timedelta

from linli.grid import services
from linli.grid.models import HouseholdLink
from linli.grid.policy.items import Item
from linli.grid.policy.workers import WorkerKind
from linli.places import services as places
from linli.places.models import Cell, Grid, Place
from linli.places.policy.kinds import PlaceKind
from tests.places.making import proven
from tests.world import NOW, SINCE

TODAY = NOW.date()
LAST_MONTH = TODAY - timedelta(days=30)
ITEMS = (Item("独居老人", "每周上门看望一次", "社区服务清单", "社区居委会"), Item("楼道杂物", "发现当天通知清理"))


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


def a_grid(world, *, since: date | None = None, shapes=None, places_of=None, place: str = "E1"):
    """Save a grid of 2 × 2 cells; G00 lists courtyard Y1, G01 courtyard Y2."""
    listed = {"G00": ("Y1",), "G01": ("Y2",)} if places_of is None else places_of
    return places.import_grid(
        world.places[place],
        proven(shapes, listed),
        by=world.by,
        now=world.now,
        key=world.key(),
        since=since or SINCE,
        reason="补录原来的网格图",
    )


def cell_of(place: str = "E1", code: str = "G00", day: date = TODAY) -> Cell:
    return Cell.objects.get(grid__in=Grid.objects.on(day), grid__place__code=place, code=code)


def worker(world, cell: Cell | None = None, *, since: date = LAST_MONTH, **more):
    """Let 赵小六, who is no member, work for a cell (G00)."""
    given = {"name": "赵小六", "kind": WorkerKind.STAFF} | more
    return services.appoint(cell or cell_of(), since=since, by=world.by, now=world.now, key=world.key(), **given)


def posted_notice(
    world, place: str = "C1", *, since: date = LAST_MONTH, supervision: str = "0731-88880000", items=ITEMS
):
    return services.publish_notice(
        world.places[place], supervision=supervision, items=items, since=since, document="社区〔2026〕3号",
        by=world.by, now=world.now, key=world.key(),
    )  # fmt: skip
