"""Real workbooks for the tests of the roster."""

import io
import zipfile
from datetime import date

from openpyxl import Workbook

from linli.files.policy.workbook import Table, read_tables
from linli.members.policy.roster import read_roster

TODAY = date(2026, 1, 1)
BODIES = {"HT-01": "海棠苑小区党支部", "HT-02": "玉兰院院落党支部", "HT-03": "离退休党支部", "LX-03": "离退休党支部"}
HEADER = ["党员编号", "姓名", "性别", "出生日期", "入党日期", "转正日期", "人员类别", "管理类别", "所在党组织", "手机"]
GOOD = [
    "DY0001",
    "张测一",
    "男",
    date(1970, 5, 3),
    date(1995, 7, 1),
    date(1996, 7, 1),
    "正式党员",
    "在职",
    "海棠苑小区党支部",
    "13800000001",
]


def book(rows, merges=(), title="名册", more=None):
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    if more:
        more(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def rezip(data, change=lambda parts: parts, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in change(parts).items():
            package.writestr(name, content)
    return out.getvalue()


def read(rows, merges=(), **options):
    return read_book(book(rows, merges), **options)


def read_book(data, name="roster.xlsx", **options):
    return read_roster(read_tables(data, name), today=TODAY, **{"organisations": BODIES} | options)


def with_header(**cells):
    """A sheet of the header and one good row, in which the columns given by heading say something else."""
    row = list(GOOD)
    header = list(HEADER)
    for heading, value in cells.items():
        if heading not in header:
            header.append(heading)
            row.append(None)
        row[header.index(heading)] = value
    return [header, row]


def codes(found):
    return [(problem.cell, problem.code) for problem in found]


def table(*rows, merges=()):
    return Table("名册", rows, merges)
