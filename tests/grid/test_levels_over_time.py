"""Random grids over each other, one map after another: on each day every reader has the same cell for a door."""

import random
from datetime import date, timedelta

import pytest

from linli.grid.policy.responsible import Part
from linli.grid.queries.responsible import responsible
from linli.places import queries as places
from linli.places.models import Place
from linli.places.policy.kinds import PlaceKind
from tests.grid.making import TODAY, a_grid, more_doors, second_building
from tests.places.making import squares

BEGUN = date(2021, 1, 1)


def covering(place: Place, chance: random.Random) -> dict[str, tuple[str, ...]]:
    """A list that covers the doors of a place: each branch is listed at a random height at a random cell."""
    found: dict[str, list[str]] = {}
    waiting = list(places.below(place, TODAY))
    while waiting:
        one = waiting.pop()
        inner = list(places.below(one, TODAY))
        if not inner or chance.random() < 0.4:
            found.setdefault(chance.choice([*squares()]), []).append(one.code)
        else:
            waiting += inner
    return {cell: tuple(codes) for cell, codes in found.items()}


@pytest.mark.parametrize("seed", range(6))
def test_history_find_and_counts_agree_on_every_day(world, seed):
    chance = random.Random(seed)
    second_building(world)
    more_doors(world, 4)
    days = [BEGUN + timedelta(days=100 * number) for number in range(6)]
    drawn = [(place, day) for day in days for place in ("S", "C1", "E1", "Y1", "B1") if chance.random() < 0.4]
    for place, day in drawn:
        a_grid(world, place=place, since=day, places_of=covering(world.places[place], chance))
    doors = list(Place.objects.filter(kind=PlaceKind.HOUSEHOLD))
    for day in (BEGUN - timedelta(days=1), *days, TODAY):
        leaves = places.leaves(places.grids(day), day)
        held = {path: leaf.cell for leaf in leaves for path in leaf.doors}
        inside = [door for door in doors if any(door.path.startswith(grid.place.path) for grid in places.grids(day))]
        assert sum(len(leaf.doors) for leaf in leaves) == len(held) == len(inside)
        for door in doors:
            [told] = [line for line in responsible(door, day).lines if line.part is Part.CELL]
            found = places.smallest_cells(door, day)
            assert [cell.pk for cell in found] == ([held[door.path].pk] if door.path in held else [])
            assert (told.number, told.of) == ((found[0].code, found[0].grid.place.name) if found else ("", ""))
