from datetime import date

import pytest

from linli.store.rows import rows


@pytest.mark.parametrize(
    ("numbers", "found"), [(["BY1-1", "BY1-2", "none"], [("BY1-1",), ("BY1-2",)]), (["none"], []), ([], [])]
)
def test_a_list_is_written_for_in(world, numbers, found):
    statement = "SELECT number FROM members_member WHERE number IN %s AND %s = %s ORDER BY number"
    assert rows(statement, numbers, 1, 1) == found


def test_a_value_is_never_read_as_sql(world):
    assert rows("SELECT number FROM members_member WHERE number IN %s", ["'') OR (1 = 1", "%s"]) == []


def test_a_day_comes_as_a_day(world):
    assert {type(day) for (day,) in rows("SELECT valid_from FROM members_membership")} == {date}
