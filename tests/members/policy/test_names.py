"""Family names in pinyin."""

import pytest

from linli.members.policy.names import LONGEST, SURNAMES, name_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("王小明", "wang xiao ming wxm"),
        ("曾美贵", "zeng mei gui zmg ceng mei gui cmg"),
        ("单雄", "shan xiong sx dan xiong dx"),
        ("查良", "zha liang zl cha liang cl"),
        ("仇英", "qiu ying qy chou ying cy"),
        ("解放", "xie fang xf jie fang jf"),
        ("欧阳雪", "ou yang xue oyx"),
        ("尉迟恭", "yu chi gong ycg"),
        ("尉健行", "wei jian xing wjx"),
        ("万俟明", "mo qi ming mqm"),
        ("万明", "wan ming wm"),
        ("单于", "chan yu cy"),
        ("沈着", "shen zhe sz"),
        ("小曾", "xiao ceng xc"),
        ("张01", "zhang 01 z01"),
        ("Anna", "anna anna"),
    ],
)
def test_a_family_name_is_read_as_one(name, key):
    assert name_key(name) == key


def test_a_name_with_a_dot_begins_with_no_chinese_family_name():
    assert name_key("查苏娜·买买提").startswith("cha su na")


def test_no_key_is_longer_than_its_column():
    assert len(name_key("曾" + "庄" * 39)) == LONGEST


def test_each_family_name_has_a_syllable_for_each_character():
    assert all(len(name) == len(reading) for name, reading in SURNAMES.items())
