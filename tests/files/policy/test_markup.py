import io

import openpyxl
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from linli.files.policy import markup
from linli.files.policy.markup import mark_problems
from linli.files.policy.problems import Problem, Severity
from linli.files.policy.workbook import read_tables
from tests.members.policy.books import GOOD, HEADER, book, read_book

BAD = ["DY0001", None, "?", "2021-02-30", *GOOD[4:]]
DATA = book([["名册"], HEADER, GOOD, BAD], ["A1:J1"])


def marked(data=DATA, problems=None, **options):
    problems = read_book(DATA).problems if problems is None else problems
    return openpyxl.load_workbook(io.BytesIO(mark_problems(data, problems, str, **options)))


def test_each_problem_stands_at_its_cell_with_colour_and_words():
    sheet = marked()["名册"]
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["A4", "B4", "C4", "D4"]
    assert sheet["B4"].fill.fgColor.rgb == markup.COLOURS[Severity.ERROR]
    assert "The name is missing" in sheet["B4"].comment.text
    assert sheet["B3"].value == "张测一"


def test_the_first_sheet_lists_the_problems_with_links():
    sheet = marked(say=str.upper).worksheets[0]
    assert sheet.title == "问题"
    assert [cell.value for cell in sheet[1]] == ["KIND", "SHEET", "CELL", "WHAT TO DO"]
    assert [sheet.cell(line, 3).hyperlink.location for line in (2, 3)] == ["'名册'!A4", "'名册'!B4"]


def test_the_marked_copy_reads_as_the_original_and_can_be_marked_again():
    again = mark_problems(DATA, read_book(DATA).problems, str)
    assert read_book(again).rows == read_book(DATA).rows
    twice = marked(again)
    assert twice.sheetnames == ["问题", "名册"]
    assert twice["名册"]["B4"].comment.text.count("The name is missing") == 1
    mended = marked(again, [])["名册"]["B4"]
    assert mended.comment is None
    assert mended.fill.fill_type is None


def test_a_comment_of_the_sheet_s_own_is_kept_below_ours():
    def remark(workbook):
        workbook.active["B1"].comment = Comment("本人已确认", "张测")

    data = book([HEADER], more=remark)
    text = marked(data, [Problem("名册", "B1", "a", "first")])["名册"]["B1"].comment.text
    assert text == "名册!B1: first\n本人已确认"


def test_the_worst_problem_gives_the_colour_and_a_merge_is_marked_at_its_first_cell():
    found = [
        Problem("名册", "C1", "a", "=1+1", severity=Severity.WARNING),
        Problem("名册", "D1", "b", "two"),
        Problem("名册", "", "c", "three", severity=Severity.NOTE),
        Problem("没有", "A1", "d", "four"),
    ]
    book = marked(problems=found)
    sheet = book["名册"]
    assert sheet["A1"].fill.fgColor.rgb == markup.COLOURS[Severity.ERROR]
    assert [book["问题"].cell(line, 3).value for line in range(2, 6)] == ["C1", "D1", None, "A1"]
    assert "f" not in {cell.data_type for row in book["问题"].iter_rows() for cell in row}


def test_too_many_problems_are_cut_with_a_word(monkeypatch):
    monkeypatch.setattr(markup, "MAX_MARKED", 2)
    sheet = marked().worksheets[0]
    assert sheet.max_row == 4
    assert sheet["A4"].value.startswith("2 further findings")


def test_a_csv_is_marked_in_a_workbook_made_from_it():
    data = "姓名,入党日期,支部,性别\r\n=1+1,2000-01-01,无,\r\n".encode()
    found = read_book(data, "a.csv")
    sheet = marked(data, found.problems, tables=read_tables(data, "a.csv"))["CSV"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].comment


def test_a_long_sentence_has_room_for_its_lines():
    found = [Problem("名册", "B1", "a", "改" * 20), Problem("名册", "B1", "b", "改" * 60)]
    sheet = marked(problems=found).worksheets[0]
    assert [sheet.row_dimensions[line].height for line in (2, 3)] == [markup.ROW, 2 * markup.ROW]


def test_no_formula_of_the_sender_lives_on_in_the_copy():
    def formulas(workbook):
        sheet = workbook.active
        sheet["B2"], sheet["L1"] = "=1+1", "=cmd|'/c calc'!A1"
        sheet["M1"] = ArrayFormula("M1:M2", "=SUM(A1:A2)")

    data = book([HEADER, GOOD], more=formulas)
    found = read_book(data).problems
    assert "roster.cell_formula" in {problem.code for problem in found}
    copy = marked(data, found)
    assert [cell.coordinate for sheet in copy for row in sheet for cell in row if cell.data_type == "f"] == []
    cell = copy["名册"]["B2"]
    assert (cell.value, cell.quotePrefix) == ("=1+1", True)
    assert "formula" in cell.comment.text
    assert copy["名册"]["L1"].value == "=cmd|'/c calc'!A1"
    assert copy["名册"]["M1"].value == "=SUM(A1:A2)"
    again = read_book(mark_problems(data, found, str)).problems
    assert ("B2", "roster.cell_formula") in [(problem.cell, problem.code) for problem in again], "nor is it a value now"
