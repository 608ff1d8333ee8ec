"""The list of doors as Excel: places and members, nothing of residents."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from linli.grid.queries import DoorLine
from linli.lib.cells import inert


def workbook(lines: Iterable[DoorLine], addresses: dict[str, str]) -> bytes:
    """Return the doors with who answers for each; every text is inert."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Doors"))
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.write_row(0, 0, [_("Code of the place"), _("Door"), _("Member number"), _("Member"), _("Since")], bold)
        for number, line in enumerate(lines, start=1):
            link = line.link
            who = [link.member.number, link.member.name, link.valid_from.isoformat()] if link else ["", "", ""]
            for column, words in enumerate([line.door.code, addresses[line.door.path], *who]):
                sheet.write_string(number, column, inert(words))
        for column, width in enumerate((22, 36, 14, 12, 12)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
    return file.getvalue()
