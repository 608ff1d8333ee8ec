import io
from dataclasses import replace
from datetime import date

import openpyxl

from linli.members.policy.differences import compare
from linli.members.policy.export import write_roster
from linli.members.policy.rows import RosterRow
from linli.members.policy.vocabulary import CLASSES, EDUCATIONS, STAGES, TITLES

from .books import BODIES, read_book

BARE = RosterRow("DY0", "张测零", "", None, "", None, None, "", "", "HT-01", "", (), None)


def sample():
    rows = [BARE]
    for number, education in enumerate([*EDUCATIONS, ""]):
        rows.append(
            RosterRow(
                f"00{number}", f"张测{chr(0x4E00 + number)}", ["male", "female"][number % 2], date(1960, 2, 29),
                education, date(1990 + number, 7, 1), date(1991 + number, 7, 1), "full", list(CLASSES)[number % 4],
                list(BODIES)[number % 4], "010-62345678", tuple(TITLES)[: number + 2], date(2022, 1, 1),
            )
        )  # fmt: skip
    rows.append(
        replace(rows[-1], number="X1", name="Anna Test", stage="probationary", full_on=None, joined_on=date(2025, 9, 1))
    )
    assert {row.stage for row in rows} - {""} == set(STAGES)
    return rows


def test_an_unedited_round_trip_is_an_empty_difference():
    rows = sample()
    back = read_book(write_roster(rows, title="党员花名册", organisations=BODIES))
    assert [problem for problem in back.problems if problem.code != "roster.joined_missing"] == []
    assert back.rows == tuple(rows)
    assert compare(back.rows, rows).empty
    assert back.notes == ()


def test_no_text_becomes_a_formula_or_a_link():
    row = replace(BARE, name="=1+1", phone="http://x.example", number="@a")
    sheet = openpyxl.load_workbook(io.BytesIO(write_roster([row], title="=1", organisations={}))).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    assert sheet["B3"].value == "'=1+1"
    assert not sheet._hyperlinks


def test_the_sheet_prints_on_a4_and_keeps_its_header_in_view():
    sheet = openpyxl.load_workbook(
        io.BytesIO(write_roster(sample(), title="名册", organisations=BODIES, text=lambda _: "第 &P 页"))
    ).active
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C3", "$2:$2")
    assert "第 &P 页" in sheet.oddFooter.center.text or "第" in str(sheet.oddFooter.center.text)


def test_an_empty_roster_is_a_sheet_with_its_header():
    sheet = openpyxl.load_workbook(io.BytesIO(write_roster([], title="名册", organisations={}))).active
    assert sheet["B2"].value == "姓名"
