"""A bulletin as a page to print, as PDF, Word and Excel; every figure comes from its rows."""

from __future__ import annotations

import io
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from linli.files import documents, qr
from linli.lib.cells import inert
from linli.lib.clock import CHINA
from linli.lib.month import Month
from linli.points import queries
from linli.points.models import Bulletin
from linli.web.templatetags.linli import month_name, points, signed_points

FORMATS = ("html", "pdf", "docx", "xlsx")


def context(bulletin: Bulletin) -> dict[str, Any]:
    """Return what the printed page of a bulletin shows."""
    shown = {"bulletin": bulletin, "month": Month.of(bulletin.month), "rows": queries.shown_rows(bulletin.frozen)}
    return shown | seal(queries.checkpoint_of(bulletin))


def seal(point: queries.Point | None) -> dict[str, Any]:
    """Return the checkpoint for a template, with its QR code."""
    return {"point": point, "qr": qr.picture(f"{point.size}:{point.root}", scale=4)} if point else {"point": None}


def title(body: str, month: Month) -> str:
    """Return the title of the bulletin of a branch month."""
    return _("%(body)s: points bulletin %(month)s") % {"body": body, "month": month_name(month)}


def made(bulletin: Bulletin, form: str) -> bytes:
    """Return the bulletin in one of `FORMATS`."""
    if form == "docx":
        return _word(bulletin)
    if form == "xlsx":
        return _excel(bulletin)
    html = render_to_string("points/bulletin_print.html", context(bulletin))
    return documents.pdf(html) if form == "pdf" else html.encode()


def _table(bulletin: Bulletin) -> tuple[list[str], list[list[str]]]:
    head = [_("Member"), _("What was counted"), _("This month"), _("This year")]
    rows = []
    for row in queries.shown_rows(bulletin.frozen):
        lines = "；".join(f"{line['deed_on']} {line['name']} {signed_points(line['counts'])}" for line in row.lines)
        own = [signed_points(row.month), points(row.total)] if row.scored else [_("not scored"), ""]
        rows.append([row.name, lines, *own])
    return head, rows


def _foot(bulletin: Bulletin) -> list[str]:
    point = queries.checkpoint_of(bulletin)
    if point is None:
        until = f"{bulletin.objections_until.astimezone(CHINA):%Y-%m-%d %H:%M}"
        return [_("Draft, not final. Objections until %(until)s, to the branch secretary.") % {"until": until}]
    when = f"{point.made_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    return [
        _("Checkpoint %(code)s · %(size)d records · %(when)s") % {"code": point.code, "size": point.size, "when": when},
        point.root,
    ]


def _word(bulletin: Bulletin) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(title(bulletin.body.name, Month.of(bulletin.month)), level=1)
    head, rows = _table(bulletin)
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.text = words
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for line in _foot(bulletin):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _excel(bulletin: Bulletin) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(str(Month.of(bulletin.month)))
        bold, wrapped = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        head, rows = _table(bulletin)
        sheet.write_row(
            0,
            0,
            [title(bulletin.body.name, Month.of(bulletin.month))],
            book.add_format({"bold": True, "font_size": 14}),
        )
        sheet.write_row(2, 0, head, bold)
        for number, row in enumerate(rows, start=3):
            for column, words in enumerate(row):
                sheet.write_string(number, column, str(inert(words)), wrapped)
        for number, line in enumerate(_foot(bulletin), start=len(rows) + 4):
            sheet.write_string(number, 0, line)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 70)
        sheet.set_column(2, 3, 10)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return file.getvalue()
