"""How the workbooks that people print look: one font, A4 across, heading on every page, pages numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from linli.lib.words import gettext_noop

PAGE = gettext_noop("Page &P of &N")
"""The footer of every page; `&P` and `&N` are Excel's."""
A4, MARGIN = 9, 0.4
DAY = "yyyy-mm-dd"
FONT = {"font_name": "Microsoft YaHei", "valign": "vcenter"}
HEADER_ROW = 1
"""The title stands above."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a list: texts, days, headings and the title."""

    plain: Format
    day: Format
    head: Format
    top: Format


def looks(book: xlsxwriter.Workbook) -> Looks:
    """Return the looks of a list in `book`."""
    line = FONT | {"font_size": 10, "border": 1, "border_color": "#B8B8B8"}
    return Looks(
        book.add_format(line | {"num_format": "@"}),
        book.add_format(line | {"num_format": DAY, "align": "center"}),
        book.add_format(line | {"bold": True, "bg_color": "#F3E4E1", "align": "center", "text_wrap": True}),
        book.add_format(FONT | {"font_size": 15, "bold": True}),
    )


def lay_out(sheet: Worksheet, last: int, page: str, widths: Sequence[float], *, frozen: int) -> None:
    """Lay out a list that ends in row `last`: widths in characters, so many columns `frozen`, a filter, the footer."""
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_default_row(18)
    sheet.set_row(0, 30)
    sheet.set_row(HEADER_ROW, 24)
    sheet.freeze_panes(HEADER_ROW + 1, frozen)
    sheet.autofilter(HEADER_ROW, 0, last, len(widths) - 1)
    to_paper(sheet, page)
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, last, len(widths) - 1)


def to_paper(sheet: Worksheet, page: str) -> None:
    """Let `sheet` be printed on A4 across, as wide as one page, with the number of the page below."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(MARGIN, MARGIN, MARGIN, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C&9{page}")
