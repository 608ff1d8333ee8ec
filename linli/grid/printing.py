"""The list of doors as Excel, and the answer about one door on paper: places and members, nothing of residents."""

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
from linli.grid.queries import DoorLine
from linli.lib.cells import inert
from linli.web.templatetags.linli import day as day_in_words

WIDTHS = (22, 40, 16, 20, 12)


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


def answer_pdf(answer: Answer, printed: date) -> bytes:
    """Return on paper who was responsible for a door on a day, with the day on which it was `printed`."""
    return documents.pdf(answer_html(answer, printed))


def answer_html(answer: Answer, printed: date) -> str:
    """Return the paper as HTML."""
    return render_to_string("grid/responsible.html", {"answer": answer, "printed": printed})
