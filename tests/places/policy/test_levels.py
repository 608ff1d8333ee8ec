"""Random trees with grids at random levels: each door has one smallest cell; compared with a search door by door."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from linli.lib.paths import prefixes
from linli.places.policy.levels import cells_at, doorless, share, torn


@dataclass
class Town:
    """A tree (path → children), its doors, and grids: path of the place → listed place → cell."""

    children: dict[str, list[str]]
    doors: list[str]
    lists: dict[str, dict[str, int]]


@st.composite
def towns(draw, whole=st.booleans()) -> Town:
    children: dict[str, list[str]] = {}
    doors: list[str] = []
    numbers = iter(range(1, 10_000))

    def grow(above: str, depth: int) -> str:
        path = f"{above}{next(numbers)}."
        children[path] = []
        if depth == 4:
            doors.append(path)
        else:
            count = draw(st.integers(0 if depth else 1, 3))
            children[path] = [grow(path, depth + 1) for _ in range(count)]
        return path

    grow("", 0)
    inner = [path for path, below in children.items() if below]
    lists, cells = {}, iter(range(10_000))
    for place in draw(st.lists(st.sampled_from(inner), max_size=6, unique=True)):
        own = [next(cells) for _ in range(draw(st.integers(1, 3)))]
        lists[place] = {}
        complete = draw(whole)
        waiting = list(children[place])
        while waiting:
            path = waiting.pop()
            if draw(st.booleans()) or path in doors:
                if complete or draw(st.booleans()):
                    lists[place][path] = draw(st.sampled_from(own))
            else:
                waiting += children[path]
    return Town(children, doors, lists)


def sought(door: str, lists) -> int | None:
    """The smallest cell, sought in the plain way: over all listings, the lowest grid, then the nearest place."""
    hits = [
        (len(prefixes(grid)), len(prefixes(place)), cell)
        for grid, own in lists.items()
        for place, cell in own.items()
        if door.startswith(place) and place.startswith(grid)
    ]
    return max(hits)[2] if hits else None


@given(towns())
@settings(max_examples=150)
def test_each_door_is_in_exactly_one_leaf_and_the_sums_are_those_of_the_doors(town):
    shared = share(town.doors, town.lists)
    assert {door: cell for cell, own in shared.items() for door in own} == {
        door: cell for door in town.doors if (cell := sought(door, town.lists)) is not None
    }
    assert sum(map(len, shared.values())) == sum(sought(door, town.lists) is not None for door in town.doors)
    for door in town.doors:
        assert next(iter(cells_at(prefixes(door), town.lists)), None) == sought(door, town.lists)
    for place in doorless(town.doors, town.lists):
        assert not any(door.startswith(place) for door in town.doors)


@given(towns(whole=st.just(value=True)))
@settings(max_examples=150)
def test_where_every_grid_lists_all_its_doors_the_lowest_grid_has_them_all(town):
    held = {door: cell for cell, own in share(town.doors, town.lists).items() for door in own}
    for door in town.doors:
        grids = [grid for grid in town.lists if door.startswith(grid)]
        assert (door in held) == bool(grids)
        if grids:
            assert held[door] in town.lists[max(grids, key=len)].values()


@given(towns())
@settings(max_examples=150)
def test_sums_roll_up_exactly_where_nothing_is_torn(town):
    def at(door, grid):
        own = [(len(place), cell) for place, cell in town.lists[grid].items() if door.startswith(place)]
        return max(own)[1] if own else None

    wrong = set()
    for lower in town.lists:
        for upper in town.lists:
            if lower != upper and lower.startswith(upper):
                pairs = {(at(door, lower), at(door, upper)) for door in town.doors}
                pairs = {pair for pair in pairs if None not in pair}
                wrong |= {(cell, upper) for cell, _above in pairs if sum(one == cell for one, _ in pairs) > 1}
    assert {(fault.cell, fault.grid) for fault in torn(town.doors, town.lists)} == wrong
