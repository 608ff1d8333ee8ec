"""A bulletin as Word and as Excel, from words that are translated already; figures are tenths of a point."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from linli.files.policy import word
from linli.files.policy.listing import A4, MARGIN
from linli.lib.cells import inert
from linli.members.policy.sheets import formats

WIDTHS = (24, 98, 16, 16)
"""Of the columns on paper, in mm."""
COLUMNS = (12, 58, 9, 9)
"""Of the columns of the sheet, in characters: with them A4 is full."""
LINE = 16


@dataclass(frozen=True, slots=True)
class Row:
    """A member: the name as it may be shown, the deeds, month and year in tenths and in words; None: not scored."""

    name: str
    deeds: Sequence[str]
    figures: tuple[int, int] | None
    shown: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What a bulletin says on paper: `state` (published when, or a draft), `nothing` of a month without deeds."""

    title: str
    sheet: str
    state: str
    final: bool
    head: Sequence[str]
    rows: Sequence[Row]
    nothing: str
    foot: Sequence[str]
    page: str


def as_word(leaflet: Leaflet, now: datetime) -> bytes:
    """Return the bulletin as .docx."""
    document = word.new_document(leaflet.title, now=now, size=11)
    word.add_line(document, leaflet.title, font=word.HEAD, size=18, at=word.CENTER)
    state = word.add_line(document, leaflet.state, font=word.BODY if leaflet.final else word.HEAD, size=11)
    if not leaflet.final:
        word.set_font(state, word.HEAD, 14)
        state.font.color.rgb = word.RED
    table = word.add_table(document, leaflet.head, WIDTHS, right=2)
    for row in leaflet.rows:
        month, year = row.shown
        word.add_row(table, [[row.name], row.deeds or [leaflet.nothing], [month], [year]], right=2)
    if not leaflet.rows:
        word.add_row(table, [["—"], [leaflet.nothing], [""], [""]], right=2)
    document.add_paragraph()
    for line in leaflet.foot:
        word.add_line(document, line, size=10)
    word.number_pages(document)
    return word.saved(document)


def as_excel(leaflet: Leaflet) -> bytes:
    """Return the bulletin as .xlsx: figures are numbers, words are never formulas."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page, looks = book.add_worksheet(leaflet.sheet), formats(book)
        page.write_string(0, 0, inert(leaflet.title), looks["title"])
        page.write_string(1, 0, inert(leaflet.state), looks["note" if leaflet.final else "warning"])
        for column, words in enumerate(leaflet.head):
            page.write_string(2, column, inert(words), looks["head"])
        last = 2
        for last, row in enumerate(leaflet.rows, 3):
            _row(page, last, row, leaflet.nothing, looks)
        if not leaflet.rows:
            last = 3
            _row(page, last, Row("", (), None, ("", "")), leaflet.nothing, looks)
        for place, line in enumerate(leaflet.foot, last + 2):
            page.write_string(place, 0, inert(line), looks["note"])
        _lay_out(page, last + 1 + len(leaflet.foot), leaflet.page)
    return out.getvalue()


def _row(page: Worksheet, line: int, row: Row, nothing: str, looks: dict[str, Format]) -> None:
    page.write_string(line, 0, inert(row.name), looks["words"])
    page.write_string(line, 1, inert("\n".join(row.deeds) or nothing), looks["wrapped"])
    if row.figures:
        month, year = row.figures
        page.write_number(line, 2, month / 10, looks["signed tenths" if month % 10 else "signed"])
        page.write_number(line, 3, year / 10, looks["tenths" if year % 10 else "count"])
    else:
        page.write_string(line, 2, inert(row.shown[0]), looks["words"])
        page.write_blank(line, 3, None, looks["words"])
    page.set_row(line, LINE * max(len(row.deeds), 1) + 2)


def _lay_out(page: Worksheet, last: int, footer: str) -> None:
    for column, width in enumerate(COLUMNS):
        page.set_column(column, column, width)
    page.set_row(0, 28)
    page.set_row(1, 20)
    page.set_row(2, 24)
    page.freeze_panes(3, 1)
    page.repeat_rows(2)
    page.set_paper(A4)
    page.set_margins(MARGIN, MARGIN, MARGIN, 0.6)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, last, len(COLUMNS) - 1)
    page.set_footer(f"&C&9{footer}")
