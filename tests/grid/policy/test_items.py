"""The item list as lines, and an address as people say it."""

import pytest

from linli.grid.policy.address import best, plain
from linli.grid.policy.items import LONGEST, MOST, Item, read_items, written
from linli.lib.errors import Refusal

ROWS = (Item("独居老人", "每周看望", "清单", "居委会"), Item("楼道杂物", "当天清理"), Item("噪音", "劝导", "", "物业"))


def test_what_is_written_is_read_again():
    assert read_items(written(ROWS)) == ROWS
    assert written(ROWS).splitlines()[1] == "楼道杂物｜当天清理"


def test_bars_of_three_kinds_and_empty_lines():
    assert read_items("\n甲 | 乙\n丙\t丁\t\t戊\n\n") == (Item("甲", "乙"), Item("丙", "丁", "", "戊"))
    assert read_items("  \n") == ()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("甲｜乙\n只有一段", "item-parts", 2),
        ("｜乙", "item-parts", 1),
        ("甲｜", "item-parts", 1),
        ("甲｜乙｜丙｜丁｜戊", "item-parts", 1),
        (f"甲｜{'乙' * (LONGEST + 1)}", "item-long", 1),
        ("甲｜乙\n" * (MOST + 1), "item-many", None),
    ],
)
def test_a_wrong_line_is_named(text, code, line):
    with pytest.raises(Refusal) as refused:
        read_items(text)
    assert (refused.value.code, refused.value.values.get("line")) == (code, line)


TREE = {
    "1.": "梅溪湖街道",
    "1.2.": "金茂社区",
    "1.2.3.": "中海鸿庭",
    "1.2.3.4.": "丹桂院",
    "1.2.3.4.5.": "1栋",
    "1.2.3.4.5.6.": "1栋1单元",
    "1.2.3.4.5.6.7.": "302",
    "1.2.3.4.8.": "11栋",
    "1.2.3.9.": "玉兰院",
    "1.2.3.9.10.": "1栋",
    "1.2.3.9.10.11.": "302",
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("丹桂院", ["1.2.3.4."]),
        ("丹桂院1栋1单元302", ["1.2.3.4.5.6.7."]),
        ("丹桂院 1栋 302", ["1.2.3.4.5.6.7."]),
        ("丹桂院11栋", ["1.2.3.4.8."]),
        ("玉兰院 １栋　302", ["1.2.3.9.10.11."]),
        ("鸿庭", ["1.2.3."]),
        ("302", ["1.2.3.4.5.6.7.", "1.2.3.9.10.11."]),
        ("30", []),
        ("没有的地方", []),
        ("", []),
    ],
)
def test_an_address_means_the_place_that_covers_most_of_it(text, found):
    assert best(plain(text), TREE) == found
