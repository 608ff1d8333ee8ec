"""Tables of counts as a workbook: real numbers, inert words, ready to print."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from linli.files.policy.listing import FONT, to_paper
from linli.lib.cells import inert

FIRST, OTHERS = 26, 6
"""Widths in characters of columns of words and of figures: twenty figures fit on A4 at a size that can be read."""
LINE = 15
"""The height of a line of a heading, in points."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: name of its sheet, title, rows of headings (equal neighbours of all but the last are joined), rows."""

    name: str
    title: str
    head: Sequence[Sequence[str]]
    rows: Sequence[Sequence[str | int]]
    words: int = 1
    """How many columns from the left hold words."""
    note: str = ""


def write_sheets(sheets: Iterable[Sheet], *, page: str) -> bytes:
    """Return the .xlsx of `sheets`, `page` in the footer; sums are values, those of the page, and no cell a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        looks = formats(book)
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, looks, page)
    return out.getvalue()


def formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """Return the looks that the sheets of the house share, made for `book`."""
    font = FONT | {"font_size": 10}
    line = font | {"border": 1, "border_color": "#B8B8B8"}
    return {
        "title": book.add_format(font | {"font_size": 14, "bold": True}),
        "head": book.add_format(line | {"bold": True, "bg_color": "#F3E4E1", "align": "center", "text_wrap": True}),
        "words": book.add_format(line),
        "wrapped": book.add_format(line | {"text_wrap": True}),
        "count": book.add_format(line | {"num_format": "#,##0"}),
        "tenths": book.add_format(line | {"num_format": "#,##0.0"}),
        "signed": book.add_format(line | {"num_format": "+0;-0;0"}),
        "signed tenths": book.add_format(line | {"num_format": "+0.0;-0.0;0"}),
        "note": book.add_format(font | {"font_color": "#666666"}),
        "warning": book.add_format(font | {"font_size": 12, "bold": True, "font_color": "#B0231B"}),
    }


def _write(page: Worksheet, sheet: Sheet, looks: dict[str, Format], footer: str) -> None:
    page.write_string(0, 0, inert(sheet.title), looks["title"])
    for row, headings in enumerate(sheet.head, 1):
        _head(page, row, headings, looks["head"], joined=row < len(sheet.head))
    top = len(sheet.head) + 1
    for row, values in enumerate(sheet.rows, top):
        for column, value in enumerate(values):
            if isinstance(value, int):
                page.write_number(row, column, value, looks["count"])
            else:
                page.write_string(row, column, inert(value), looks["words"])
    last = top + len(sheet.rows)
    if sheet.note:
        page.write_string(last, 0, inert(sheet.note), looks["note"])
    width = len(sheet.head[-1])
    page.set_column(0, sheet.words - 1, FIRST)
    page.set_column(sheet.words, width, OTHERS)
    page.set_row(0, 28)
    page.set_row(top - 1, LINE * max(_lines(words) for words in sheet.head[-1]) + 4)
    page.freeze_panes(top, sheet.words)
    page.repeat_rows(1, top - 1)
    page.repeat_columns(0, sheet.words - 1)
    to_paper(page, footer)


def _lines(words: str) -> int:
    """Return how many lines a heading needs in a column of figures; a Chinese character is two wide."""
    wide = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in words)
    return max(2, *(0, *(len(word) // OTHERS + 1 for word in words.split())), -(-wide * 5 // (OTHERS * 4)))


def _head(page: Worksheet, row: int, headings: Sequence[str], look: Format, *, joined: bool) -> None:
    column = 0
    for words, group in groupby(headings) if joined else ((words, (words,)) for words in headings):
        width = len(list(group))
        if width > 1 and words:
            page.merge_range(row, column, row, column + width - 1, inert(words), look)
        else:
            for at in range(column, column + width):
                page.write_string(row, at, inert(words), look)
        column += width
