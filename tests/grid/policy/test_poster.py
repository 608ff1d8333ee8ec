"""What of a cell fits on its poster."""

import pytest

from linli.grid.policy.poster import MOST_WORKERS, ROOMS, room, share

HEADS, REST = ("包括：", "这些事可以找网格员："), "等，另有 100 个"
PLACES, ITEMS = ["丹桂院"] * 60, ["独居老人"] * 40


def test_more_workers_have_less_room_each_and_leave_less_for_lists():
    assert [room(count) for count in range(MOST_WORKERS + 2)] == [ROOMS[1], ROOMS[1], ROOMS[2], ROOMS[3], ROOMS[3]]
    sizes = [ROOMS[count].phone.largest for count in sorted(ROOMS)]
    assert sizes == sorted(sizes, reverse=True) and sizes[-1] >= 30


@pytest.mark.parametrize("count", sorted(ROOMS))
def test_long_lists_share_the_room_and_short_ones_leave_it_to_the_other(count):
    high = ROOMS[count].lists
    both = share(PLACES, ITEMS, HEADS, REST, high)
    assert 2 <= both.places < len(PLACES) and 1 <= both.items < len(ITEMS)
    assert share(PLACES, [], HEADS, REST, high).places > both.places
    assert share([], ITEMS, HEADS, REST, high).items > both.items
    assert share(PLACES[:2], ITEMS, HEADS, REST, high).items >= both.items
    assert share([], [], HEADS, REST, high).places == 0
    short = share(PLACES[:2], ITEMS[:2], HEADS, REST, high)
    assert (short.places, short.items) == (2, 2)
    assert short.size > both.size == 18
