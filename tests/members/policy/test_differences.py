from dataclasses import replace
from datetime import date

import pytest

from linli.members.policy.differences import Change, compare
from linli.members.policy.rows import RosterRow

ZHANG = RosterRow(
    "DY1", "张测", "male", date(1970, 1, 1), "college", date(1995, 1, 1), date(1996, 1, 1), "full", "direct", "HT-01",
    "13800000001", ("secretary",), None, "名册", 2,
)  # fmt: skip
LI = replace(ZHANG, number="DY2", name="李测", line=3)


def test_the_same_rows_are_an_empty_difference_wherever_they_stand():
    found = compare([LI, replace(ZHANG, sheet="x", line=9)], [ZHANG, LI])
    assert found.empty
    assert (found.unchanged, found.absent, found.doubtful) == (2, (), ())


def test_what_is_added_changed_and_absent_is_told_apart():
    wang = replace(ZHANG, number="DY3", name="王测")
    found = compare([replace(ZHANG, phone="", posts=()), wang], [ZHANG, LI])
    assert not found.empty
    assert found.added == (wang,)
    assert found.changed[0].changes == (Change("phone", "13800000001", ""), Change("posts", ("secretary",), ()))
    assert (found.changed[0].old, found.absent) == (ZHANG, (LI,))


def test_a_row_without_number_is_matched_by_name_and_birthday_when_there_is_one():
    bare = replace(ZHANG, number="")
    assert compare([bare], [ZHANG]).unchanged == 1
    assert compare([replace(bare, born_on=None)], [replace(ZHANG, born_on=None)]).added
    twins = compare([bare], [ZHANG, replace(ZHANG, number="DY9")])
    assert twins.added == (bare,)
    assert len(twins.doubtful) == 2


def test_a_known_person_under_a_new_number_is_doubtful():
    new = replace(ZHANG, number="DY7")
    assert compare([new], [ZHANG]).doubtful == ((new, ZHANG),)


def test_only_the_named_fields_are_compared():
    row = replace(ZHANG, phone="", sex="female")
    found = compare([row], [ZHANG], fields={"名册": {"number", "name", "sex"}})
    assert [change.field for change in found.changed[0].changes] == ["sex"]
    assert len(compare([row], [ZHANG], fields={"另一张": {"name"}}).changed[0].changes) == 2


@pytest.mark.parametrize("blank", [{"stage": ""}, {"member_class": ""}, {"organisation": ""}, {"post_since": None}])
def test_an_empty_cell_changes_nothing_that_a_member_cannot_be_without(blank):
    assert compare([replace(ZHANG, **blank)], [replace(ZHANG, post_since=date(2024, 1, 1))]).changed == ()


def test_the_order_of_posts_is_no_change():
    both = replace(ZHANG, posts=("secretary", "publicity"))
    assert compare([replace(both, posts=("publicity", "secretary"))], [both]).empty
    assert not compare([replace(both, posts=("publicity",))], [both]).empty
