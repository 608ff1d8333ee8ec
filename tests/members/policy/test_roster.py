from dataclasses import replace
from datetime import date, datetime

import pytest

from linli.files.policy.problems import Severity
from linli.lib.errors import Refusal
from linli.members.policy.rules import stage_of, years_after

from .books import GOOD, HEADER, TODAY, book, codes, read, read_book, with_header

DATES = [
    "1995-07-01",
    "1995/7/1",
    "1995.7.1",
    "1995年7月1日",
    "19950701",
    34881,
    date(1995, 7, 1),
    datetime(1995, 7, 1),
    "１９９５－０７－０１",
]


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_read_in_every_form(written):
    found = read(with_header(入党日期=written))
    assert found.problems == ()
    assert found.rows[0].joined_on == date(1995, 7, 1)
    assert found.sound


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"姓名": None}, ("B2", "roster.name_missing")),
        ({"入党日期": "2027-01-01", "转正日期": None}, ("E2", "roster.joined_later")),
        ({"入党日期": "1988-05-02", "转正日期": "1989-06-01"}, ("E2", "roster.joined_too_young")),
        ({"转正日期": "1995-06-30"}, ("F2", "roster.full_before_joining")),
        ({"转正日期": "2026-06-30"}, ("F2", "roster.full_later")),
        ({"人员类别": "预备党员"}, ("G2", "roster.stage_contradicts")),
        ({"性别": "未知"}, ("C2", "roster.word_unknown")),
        ({"学历": "未知"}, ("K2", "roster.word_unknown")),
        ({"所在党组织": "没有的支部"}, ("I2", "roster.body_unknown")),
        ({"所在党组织": None}, ("I2", "roster.body_missing")),
        ({"所在党组织": "离退休党支部"}, ("I2", "roster.body_many")),
        ({"党组织代码": "没有"}, ("K2", "roster.body_code_unknown")),
        ({"任职日期": "2026-02-01"}, ("K2", "roster.post_later")),
        ({"手机": "123"}, ("J2", "roster.phone_bad")),
        ({"手机": "=1+1"}, ("J2", "roster.cell_formula")),
        ({"党员编号": "110101199001010010"}, ("A2", "roster.number_identity")),
    ],
)
def test_an_error_stands_at_its_cell(cells, problem):
    found = read(with_header(**cells))
    assert problem in codes(found.problems)
    assert not found.sound
    assert all("%" not in str(each) for each in found.problems)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"入党日期": None}, ("E2", "roster.joined_missing")),
        ({"转正日期": "1996-06-30"}, ("F2", "roster.full_too_soon")),
    ],
)
def test_a_warning_does_not_stop_the_import(cells, problem):
    found = read(with_header(**cells))
    assert codes(found.problems) == [problem]
    assert found.problems[0].severity is Severity.WARNING
    assert found.sound


@pytest.mark.parametrize(
    "cells",
    [
        {"入党日期": "1988-05-03", "转正日期": "1989-05-03"},
        {"入党日期": "2025-12-01", "转正日期": "2026-12-01", "人员类别": "预备党员"},
        {"出生日期": None},
        {"身份证号": "=A1", "序号": "=ROW()-1"},
        {"党组织代码": "HT-01", "所在党组织": None},
    ],
)
def test_the_edges_are_allowed(cells):
    assert read(with_header(**cells)).problems == ()


def test_all_problems_are_collected_in_the_order_of_the_rows():
    bad = ["DY0001", "李测", "?", "x", "y", "z", "?", "?", "?", "?"]
    found = read([HEADER, GOOD, bad, GOOD])
    assert [problem.cell for problem in found.problems] == ["A3", "C3", "D3", "E3", "F3", "G3", "H3", "I3", "J3", "A4"]
    assert len(found.rows) == 3


def test_a_number_twice_names_both_cells_also_across_sheets():
    def more(workbook):
        workbook.create_sheet("二支部").append(HEADER)
        workbook["二支部"].append(GOOD)
        workbook.create_sheet("说明").append(["请如实填写"])

    found = read_book(book([HEADER, GOOD], more=more))
    assert [str(problem) for problem in found.problems] == [
        "二支部!A2: The member number DY0001 stands already in 名册!A2. Give each member one number and row."
    ]
    assert [note.code for note in found.notes] == ["roster.sheet_skipped"]
    assert str(found.notes[0]).startswith("说明: ")


def test_one_person_under_two_numbers_is_a_warning():
    found = read([HEADER, GOOD, ["DY0002", *GOOD[1:]], [None, *GOOD[1:]]])
    assert codes(found.problems) == [("B3", "roster.person_twice"), ("B4", "roster.person_twice")]
    assert found.sound


def test_a_branch_merged_over_rows_is_carried_down_and_an_empty_cell_is_not():
    rows = [HEADER, GOOD] + [[f"DY1{n}", f"李测{c}", *GOOD[2:8], None, None] for n, c in enumerate("甲乙丙")]
    found = read(rows, ["I2:I4"])
    assert [row.organisation for row in found.rows] == ["HT-01", "HT-01", "HT-01", ""]
    assert codes(found.problems) == [("I5", "roster.body_missing")]


def test_blank_rows_group_headings_sums_and_signatures_are_no_members():
    rows = [
        ["花名册"], HEADER, GOOD, [], [" "], ["第一党小组"], HEADER, ["DY0002", "李测", *GOOD[2:]],
        ["合计", 2], ["填表人", "王测", "", "2025-01-01"],
    ]  # fmt: skip
    found = read(rows, ["A6:J6"])
    assert [(row.line, row.name) for row in found.rows] == [(3, "张测一"), (8, "李测")]
    assert found.problems == ()
    assert [note.cell for note in found.notes] == ["A6", "A7", "A9", "A10"]
    assert "“合计 2”" in str(found.notes[2])


def test_a_row_with_only_a_serial_number_is_blank_and_one_with_a_remark_is_noted():
    header = ["序号", *HEADER, "备考"]
    found = read([header, [1, *GOOD], [2], [None] * 11 + ["盖章处"]])
    assert len(found.rows) == 1
    assert codes(found.notes) == [("L1", "roster.column_unknown"), ("A4", "roster.row_skipped")]


def test_a_sum_of_formulas_below_the_members_is_no_problem():
    assert (
        read(
            [HEADER, GOOD, ["合计", None, None, None, None, None, None, None, None, "=COUNTA(B2:B2)"], ["完"]]
        ).problems
        == ()
    )


def test_the_organisation_can_be_given_for_a_sheet_that_names_none():
    found = read([["姓名", "入党时间", "性别"], ["张测", "2000-1-1", "?"]], organisation="HT-02")
    assert found.rows[0].organisation == "HT-02"
    assert codes(found.problems) == [("C2", "roster.word_unknown")]


def test_a_code_column_alone_takes_the_problem_of_a_missing_organisation():
    assert codes(
        read([["姓名", "入党时间", "支部代码"], ["张测", "2000-1-1"], ["李测", "2000-1-1", "HT-01"]]).problems
    ) == [("C2", "roster.body_missing")]


@pytest.mark.parametrize(
    ("rows", "code"),
    [([["a", "b"]], "roster.no_header"), ([HEADER], "roster.no_members"), ([HEADER, ["合计"]], "roster.no_members")],
)
def test_a_file_that_leaves_nothing_to_check_is_refused(rows, code):
    with pytest.raises(Refusal) as refused:
        read(rows)
    assert refused.value.code == code
    assert "%" not in str(refused.value)


def test_the_same_roster_as_csv_reads_the_same():
    text = "\r\n".join(",".join(str(cell) for cell in row) for row in (HEADER, GOOD))
    for encoding in ("utf-8-sig", "gb18030"):
        assert read_book(text.encode(encoding), "名册.csv").rows == read([HEADER, GOOD]).rows


def test_a_birthday_on_29_february():
    assert years_after(date(2004, 2, 29), 18) == date(2022, 3, 1)
    assert years_after(date(2004, 2, 29), 4) == date(2008, 2, 29)


def test_a_branch_merged_from_the_heading_of_its_group_is_carried_down():
    rows = [HEADER, [None] * 8 + ["海棠苑小区党支部"], [*GOOD[:8], None, "13800000001"], ["共 1 人"]]
    assert read(rows, ["I2:I4"]).rows[0].organisation == "HT-01"


def test_it_says_which_columns_each_sheet_has():
    found = read([["姓名", "入党时间", "党支部"], ["张测", "2000-1-1", "海棠苑小区党支部"]])
    assert found.places == {"名册": {"name": 0, "joined_on": 1, "organisation": 2}}


def test_what_the_work_does_not_need_is_left_out_with_a_note():
    found = read(with_header(民族="汉族", 身份证号="110101199001010010"))
    assert codes(found.notes) == [("K1", "roster.column_not_kept"), ("L1", "roster.column_not_kept")]


@pytest.mark.parametrize(
    ("cells", "stage"),
    [
        ({}, "full"),
        ({"转正日期": None}, "full"),
        ({"入党日期": "2025-01-02", "转正日期": None}, "probationary"),
        ({"入党日期": "2025-01-01", "转正日期": None}, "full"),
    ],
)
def test_an_empty_stage_follows_from_the_dates(cells, stage):
    row = read(with_header(**{"人员类别": None} | cells)).rows[0]
    assert (row.stage, stage_of(row, TODAY)) == ("", stage)
    assert stage_of(replace(row, stage="probationary"), TODAY) == "probationary"
