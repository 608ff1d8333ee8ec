from linli.places.policy.kinds import PlaceKind
from linli.places.policy.placelist import read_places
from linli.places.policy.placeplan import KnownPlace, plan_places


def plan(*rows, known=()):
    text = "类别,编码,名称,上级编码\n" + "\n".join(rows)
    return plan_places(read_places(text.encode(), "a.csv"), dict(known))


def test_a_new_tree_is_added_from_its_root_down():
    found = plan("社区,C,某社区,S", "街道,S,某街道,")
    assert [row.code for row in found.added] == ["S", "C"]
    assert found.problems == ()


def test_a_place_stays_where_it_is():
    known = {"S": KnownPlace(PlaceKind.SUBDISTRICT, "某街道", ""), "C": KnownPlace(PlaceKind.COMMUNITY, "某社区", "S")}
    assert [each.code for each in plan("社区,C,某社区,Z", known=known).problems] == ["places.other_parent"]
