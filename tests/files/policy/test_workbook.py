import io
import struct
import zipfile

import pytest
from openpyxl import Workbook

from linli.files.policy import package
from linli.files.policy.package import address, check_extent, column_number, formula_cells, sheet_parts, unpack
from linli.files.policy.workbook import MAX_FILE, read_tables
from linli.lib.errors import Refusal
from tests.members.policy.books import GOOD, HEADER, book, rezip

PLAIN = book([HEADER, GOOD])
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def lying_bomb():
    """A member of 200 MB that says in both headers that it has 1,000 bytes."""
    data = bytearray(zipped(xl__workbook_xml=b"\0" * (200 * 2**20)))
    for at in (22, data.rfind(b"PK\x01\x02") + 24):
        data[at : at + 4] = struct.pack("<I", 1000)
    return bytes(data)


BAD = {
    "empty": (b"", "a.xlsx", "workbook.empty"),
    "blank": (b" \r\n ", "a.csv", "workbook.empty"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a.xlsx", "workbook.not_workbook"),
    "pdf": (b"%PDF-1.7 ...", "a.xlsx", "workbook.not_workbook"),
    "html": (b"<html><table></table></html>", "a.xls", "workbook.not_workbook"),
    "junk": (bytes(range(1, 256)) * 42_000, "a.xlsx", "workbook.not_workbook"),
    "junk csv": (bytes(range(256)) * 40_000, "a.csv", "workbook.not_text"),
    "control csv": ("姓名\x00,a".encode(), "a.csv", "workbook.not_text"),
    "too big": (b"x" * (MAX_FILE + 1), "a.xlsx", "workbook.too_big"),
    "cut": (PLAIN[: len(PLAIN) // 2], "a.xlsx", "workbook.damaged"),
    "cut to the mark": (b"PK\x03\x04", "a.xlsx", "workbook.damaged"),
    "old": (OLE + b"\0" * 600, "a.xls", "workbook.old_excel"),
    "locked": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "workbook.locked"),
    "word": (zipped(word__document_xml=b"<w/>"), "a.xlsx", "workbook.not_workbook"),
    "macros": (rezip(PLAIN, lambda p: p | {"xl/vbaProject.bin": b"x"}), "a.xlsm", "workbook.macros"),
    "entities": (rezip(PLAIN, lambda p: p | {"xl/workbook.xml": b"<!DOCTYPE x>"}), "a.xlsx", "workbook.damaged"),
    "no links": (zipped(xl__workbook_xml=b"<workbook/>"), "a.xlsx", "workbook.damaged"),
    "bad sheet": (
        rezip(
            PLAIN, lambda p: p | {"xl/worksheets/sheet1.xml": b'<worksheet><sheetData><row r="1"><c r="A1" t="q"><v>1'}
        ),
        "a.xlsx",
        "workbook.damaged",
    ),
    "bomb declared": (zipped(xl__workbook_xml=b"\0" * (101 * 2**20)), "a.xlsx", "workbook.too_large"),
    "bomb that lies": (lying_bomb(), "a.xlsx", "workbook.too_large"),
    "bomb by ratio": (zipped(xl__workbook_xml=b"\0" * (30 * 2**20)), "a.xlsx", "workbook.too_large"),
    "many members": (zipped(**{f"p{n}": b"" for n in range(1001)}), "a.xlsx", "workbook.too_large"),
    "no content": (book([]), "a.xlsx", "workbook.no_sheet"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_in_one_sentence_that_names_it(case):
    data, name, code = BAD[case]
    with pytest.raises(Refusal) as refused:
        read_tables(data, name)
    assert refused.value.code == code
    assert str(refused.value).startswith(name)


def test_a_far_cell_is_refused_and_named():
    def far(workbook):
        workbook.active["XFD1048576"] = "x"

    with pytest.raises(Refusal, match="XFD1048576"):
        read_tables(book([HEADER, GOOD], more=far), "a.xlsx")


@pytest.mark.parametrize("cell", ["BA1", "A200001"])
def test_a_cell_just_outside_is_refused(cell):
    xml = f'<worksheet><row><c s="1" r="{cell}"><v>1</v></c></row></worksheet>'.encode()
    with pytest.raises(Refusal, match=cell):
        check_extent(xml, "s", "a.xlsx")
    with pytest.raises(Refusal, match=cell):
        check_extent(xml.replace(b'"', b"'"), "s", "a.xlsx")


def test_far_cells_without_content_and_the_last_cells_inside_do_no_harm():
    check_extent(b'<worksheet><c r="XFD1" s="3"/><c r="AZ200000"><v>1</v></c></worksheet>', "s", "a.xlsx")


def test_long_texts_in_many_cells_are_refused(monkeypatch):
    out = io.BytesIO()
    import xlsxwriter

    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        for line in range(20):
            sheet.write_string(line, 0, "长" * 5000)
    assert len(read_tables(out.getvalue(), "a.xlsx")[0].rows) == 20
    monkeypatch.setattr(package, "MAX_TEXT", 200_000)
    with pytest.raises(Refusal) as refused:
        read_tables(out.getvalue(), "a.xlsx")
    assert refused.value.code == "workbook.too_large"


def test_hidden_sheets_and_our_own_list_of_problems_are_passed_over():
    def more(workbook):
        workbook.create_sheet("选项").append(["男"])
        workbook["选项"].sheet_state = "hidden"
        workbook.create_sheet("问题", 0).append(["姓名"])
        workbook.create_sheet("空")

    assert [table.sheet for table in read_tables(book([HEADER, GOOD], more=more), "a.xlsx")] == ["名册"]


def test_rows_keep_their_numbers_and_merges_and_formulas_are_known():
    table = read_tables(book([[], [None, "x"], [], [1, None, "=1+1"], [None, None, 2]], ["B2:C3"]), "a.xlsx")[0]
    assert table.rows == [["", "", ""], ["", "x", ""], ["", "", ""], [1, "", ""], ["", "", 2]]
    assert table.merges == ((1, 1, 2, 2),)
    assert table.formulas == {"C4"}


def test_formulas_are_found_below_a_prefix_and_shared_ones_too():
    assert formula_cells(b'<x:worksheet><x:c r="B2"><x:f>1</x:f></x:c></x:worksheet>') == {"B2"}
    assert formula_cells(b'<worksheet><c r="C3" s="1"><f t="shared" si="0"/></c></worksheet>') == {"C3"}
    assert formula_cells(b'<worksheet><c r="C3"><v>1</v></c></worksheet>') == frozenset()


def test_absolute_and_relative_targets_name_the_same_part():
    parts = unpack(PLAIN, "a.xlsx")
    assert sheet_parts(parts, "a")["名册"] == parts["xl/worksheets/sheet1.xml"]
    links = parts["xl/_rels/workbook.xml.rels"]
    relative = parts | {"xl/_rels/workbook.xml.rels": links.replace(b"/xl/worksheets", b"worksheets")}
    assert sheet_parts(relative, "a") == sheet_parts(parts, "a")
    assert sheet_parts(parts | {"xl/_rels/workbook.xml.rels": b"<r/>"}, "a") == {}


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_each_encoding(encoding, mark):
    text = f'姓名{mark}入党日期\r\n"张 测\n一"{mark}2000-01-01\r\n李测\r\n'
    table = read_tables(text.encode(encoding), "名册.CSV")[0]
    assert table.rows == [["姓名", "入党日期"], ["张 测\n一", "2000-01-01"], ["李测", ""]]


def test_a_csv_field_without_end_is_refused():
    with pytest.raises(Refusal):
        read_tables(("姓名," + "长" * 200_000).encode(), "a.csv")


@pytest.mark.parametrize(
    ("row", "column", "cell"), [(0, 0, "A1"), (9, 25, "Z10"), (0, 26, "AA1"), (1, 701, "ZZ2"), (0, 702, "AAA1")]
)
def test_addresses(row, column, cell):
    assert address(row, column) == cell
    assert column_number(cell.rstrip("0123456789")) == column + 1


def test_an_empty_workbook_of_openpyxl_is_no_sheet():
    out = io.BytesIO()
    Workbook().save(out)
    with pytest.raises(Refusal):
        read_tables(out.getvalue(), "a.xlsx")
