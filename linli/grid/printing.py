"""Lists of doors and cells as Excel, the answer about one door on paper: places and members, nothing of residents."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

import xlsxwriter
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from linli.files import documents
from linli.files.policy.listing import HEADER_ROW, PAGE, lay_out, looks
from linli.grid.policy.responsible import Answer
from linli.grid.queries import DoorLine, Spread
from linli.lib.cells import inert
from linli.web.templatetags.linli import day as day_in_words

WIDTHS, SIZE_WIDTHS = (22, 40, 16, 20, 12), (20, 22, 30, 14, 12, 10)


def workbook(lines: Iterable[DoorLine], addresses: dict[str, str], day: date) -> bytes:
    """Return the doors with who answers for each on `day`; every text is inert, days are days."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Doors"))
        look = looks(book)
        sheet.write_string(0, 0, inert(_("Doors on %(day)s") % {"day": day_in_words(day)}), look.top)
        sheet.write_row(
            HEADER_ROW, 0, [_("Code of the place"), _("Door"), _("Member number"), _("Member"), _("Since")], look.head
        )
        last = HEADER_ROW
        for last, line in enumerate(lines, start=HEADER_ROW + 1):
            link = line.link
            who = [link.member.number, link.member.name] if link else ["", ""]
            for column, words in enumerate([line.door.code, addresses[line.door.path], *who]):
                sheet.write_string(last, column, inert(words), look.plain)
            if link:
                sheet.write_datetime(last, len(WIDTHS) - 1, link.valid_from, look.day)
            else:
                sheet.write_blank(last, len(WIDTHS) - 1, None, look.day)
        lay_out(sheet, last, _(PAGE), WIDTHS, frozen=2)
    return file.getvalue()


def sizes_workbook(spreads: Iterable[Spread], day: date) -> bytes:
    """Return the cells of `spreads` with their households on `day` and what the rules say; every text is inert."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Households per cell"))
        look = looks(book)
        top = _("Households per cell on %(day)s") % {"day": day_in_words(day)}
        sheet.write_string(0, 0, inert(top), look.top)
        heads = [_("Community"), _("Code of the cell"), _("Grid cell"), _("Households"), _("Limits"), _("Rule")]
        sheet.write_row(HEADER_ROW, 0, heads, look.head)
        rows = [(spread, line) for spread in spreads for line in spread.lines]
        for number, (spread, line) in enumerate(rows, start=HEADER_ROW + 1):
            for column, words in enumerate([spread.community.name, line.cell.code, line.cell.name]):
                sheet.write_string(number, column, inert(words), look.plain)
            if line.size.doors:
                sheet.write_number(number, 3, line.size.doors, look.plain)
            else:
                sheet.write_string(number, 3, _("not on the register"), look.plain)
            sheet.write_string(number, 4, "–".join(map(str, spread.bounds)), look.plain)
            sheet.write_string(number, 5, ", ".join(found.rule.code for found in line.findings), look.plain)
        lay_out(sheet, HEADER_ROW + len(rows), _(PAGE), SIZE_WIDTHS, frozen=3)
    return file.getvalue()


def answer_pdf(answer: Answer, printed: date) -> bytes:
    """Return on paper who was responsible for a door on a day, with the day on which it was `printed`."""
    return documents.pdf(answer_html(answer, printed))


def answer_html(answer: Answer, printed: date) -> str:
    """Return the paper as HTML."""
    return render_to_string("grid/responsible.html", {"answer": answer, "printed": printed})
