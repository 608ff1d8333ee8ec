"""Many places in one write: the same guarantees as one by one."""

from __future__ import annotations

import pytest

from linli.audit.models import Event
from linli.lib.errors import Refusal, Repeated
from linli.places.models import Place, PlaceParent
from linli.places.policy.kinds import PlaceKind as P
from linli.places.services import NewPlace, add_place, add_places

ROWS = [
    NewPlace(P.BUILDING, "B8", "8栋", "Y2"),
    NewPlace(P.STAIRWELL, "B8-1", "1单元", "B8"),
    NewPlace(P.HOUSEHOLD, "B8-1-101", "101", "B8-1"),
    NewPlace(P.HOUSEHOLD, "B8-1-102", "102", "B8-1"),
    NewPlace(P.BUILDING, "B9", "9栋", "Y2"),
]


def test_paths_and_parents_follow_the_list(world):
    made = add_places(ROWS, by=world.by, now=world.now, key=world.key())
    door = Place.objects.get(code="B8-1-102")
    assert door.path == f"{world.places['Y2'].path}{made['B8'].pk}.{made['B8-1'].pk}.{door.pk}."
    assert PlaceParent.objects.get(place=door).parent.code == "B8-1"
    assert Event.objects.filter(action="place.add_all").count() == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (NewPlace(P.BUILDING, "B1", "again", "Y2"), "place-code"),
        (NewPlace(P.BUILDING, "B8", "twice", "Y2"), "place-code"),
        (NewPlace(P.COURTYARD, "Y9", "below a building", "B8"), "place-parent"),
        (NewPlace(P.BUILDING, "B10", "nowhere", "NONE"), "place-parent"),
        (NewPlace(P.BUILDING, "B10", "root", ""), "place-parent"),
    ],
)
def test_one_bad_row_refuses_the_whole_list(world, row, code):
    before = Place.objects.count()
    with pytest.raises(Refusal) as refused:
        add_places([*ROWS, row], by=world.by, now=world.now, key=world.key())
    assert refused.value.code == code
    assert Place.objects.count() == before


def test_sent_twice_it_has_one_effect(world):
    key = world.key()
    add_places(ROWS, by=world.by, now=world.now, key=key)
    with pytest.raises(Repeated):
        add_places(ROWS, by=world.by, now=world.now, key=key)


def test_the_number_of_queries_follows_the_levels_not_the_rows(world, django_assert_max_num_queries):
    rows = [NewPlace(P.BUILDING, "B8", "8栋", "Y2")]
    rows += [NewPlace(P.HOUSEHOLD, f"B8-{n}", str(n), "B8") for n in range(300)]
    with django_assert_max_num_queries(16):
        add_places(rows, by=world.by, now=world.now, key=world.key())


def test_a_place_alone_stands_only_where_its_kind_may(world):
    with pytest.raises(Refusal) as refused:
        add_place(
            kind=P.BUILDING,
            code="B9",
            name="九栋",
            parent=world.places["S"],
            by=world.by,
            now=world.now,
            key=world.key(),
        )
    assert refused.value.code == "place-parent"
