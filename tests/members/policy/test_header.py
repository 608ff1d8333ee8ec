import pytest

from linli.lib.errors import Refusal
from linli.members.policy.columns import BY_FIELD, BY_HEADING, COLUMNS, NOT_KEPT, field_of, plain_heading
from linli.members.policy.header import find_header

from .books import HEADER, codes, table


def header(*rows, merges=(), given=False):
    return find_header(table(*rows, merges=merges), organisation_given=given)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("姓 名", "name"), ("名字", "name"), ("姓\n名*", "name"), ("ＮＡＭＥ", "name"), ("入党　时间：", "joined_on"),
        ("出生日期（年/月/日）", "born_on"), ("正式/预备", "stage"), ("Member number", "number"), ("身份证号码", "-"),
        ("序号", "-"), ("No.", "-"), ("爱好", ""), (7, ""),
    ],
)  # fmt: skip
def test_headings_are_known_by_their_words(text, field):
    assert field_of(plain_heading(text)) == field


def test_no_heading_means_two_things():
    assert len(BY_HEADING) == sum(len(column.headings) for column in COLUMNS)
    assert not NOT_KEPT & BY_HEADING.keys()
    assert set(BY_FIELD) == {column.field for column in COLUMNS}


def test_the_header_is_found_below_title_rows():
    found = header(["党员花名册"] + [""] * 9, [""] * 10, HEADER)
    assert (found.top, found.bottom, found.columns["phone"]) == (2, 2, 9)


def test_a_header_of_two_rows_with_merges_is_read_as_one():
    rows = [
        ["花名册", "", "", "", "", ""],
        ["姓名", "党组织", "", "入党", "", "备注"],
        ["", "名称", "代码", "日期", "转正日期", ""],
    ]
    merges = ((0, 0, 0, 5), (1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 1, 4), (1, 5, 2, 5))
    found = header(*rows, merges=merges)
    assert (found.top, found.bottom) == (1, 2)
    assert found.columns == {"name": 0, "organisation": 1, "organisation_code": 2, "joined_on": 3, "full_on": 4}
    assert codes(found.notes) == [("F3", "roster.column_unknown")]


def test_a_header_of_two_rows_without_merges_is_read_as_one():
    found = header(["姓名", "支部", "时间", ""], ["", "", "入党日期", "转正日期"], ["张测", "a", "", ""])
    assert (found.bottom, found.columns) == (1, {"name": 0, "organisation": 1, "joined_on": 2, "full_on": 3})


def test_what_stands_below_the_name_is_no_second_header_row():
    assert header(["姓名", "支部", "入党日期"], ["张测", "党员", "手机"]).bottom == 0


@pytest.mark.parametrize("rows", [[], [["说明"]], [["姓名", "电影"]], [["性别", "入党日期", "支部"]]])
def test_a_sheet_without_a_header_has_none(rows):
    assert header(*rows) is None


def test_a_missing_column_is_named_with_its_other_names():
    with pytest.raises(Refusal, match=r"no column 入党日期、所在党组织 \(入党时间") as refused:
        header(["姓名", "性别"])
    assert refused.value.code == "roster.column_missing"
    assert header(["姓名", "入党日期"], given=True).columns == {"name": 0, "joined_on": 1}
    assert header(["姓名", "入党日期", "党组织代码"])


def test_a_column_that_comes_twice_is_refused_with_both_cells():
    with pytest.raises(Refusal, match="手机: C1 and D1"):
        header(["姓名", "入党日期", "手机", "联系电话", "支部"])


def test_unknown_and_unkept_columns_are_noted_and_serial_numbers_are_not():
    found = header(["序号", "姓名", "身份证号", "血  型", "", "入党日期", "支部"])
    assert codes(found.notes) == [("C1", "roster.column_not_kept"), ("D1", "roster.column_unknown")]
    assert "血 型" in str(found.notes[1])
