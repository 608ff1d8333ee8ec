"""The transfer slip (组织关系介绍信) with its receipt, as PDF and as Word."""

from __future__ import annotations

import io

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from linli.files import documents
from linli.members.models import Transfer
from linli.members.policy.statistics import full_years
from linli.web.templatetags.linli import day

FORMS = ("pdf", "docx")


def slip(transfer: Transfer, form: str) -> bytes:
    """Return the slip in one of `FORMS`."""
    if form == "docx":
        return _word(transfer)
    return documents.pdf(render_to_string("members/transfer_slip.html", {"found": transfer, "parts": parts(transfer)}))


def parts(transfer: Transfer) -> list[tuple[str, list[str]]]:
    """Return the slip and its receipt as (title, lines)."""
    member = transfer.member
    values = {
        "number": transfer.number,
        "name": transfer.name,
        "sex": member.get_sex_display() if member and member.sex else "—",
        "age": full_years(member.born_on, transfer.issued_on) if member and member.born_on else "—",
        "stage": member.get_stage_display() if member else "—",
        "source": transfer.source_name,
        "target": transfer.target_name,
        "issued": day(transfer.issued_on),
        "until": day(transfer.valid_until),
    }
    letter = [
        _("No. %(number)s"),
        _("To %(target)s:"),
        _("%(name)s (%(sex)s, aged %(age)s, %(stage)s) goes from %(source)s to %(target)s. Please receive the member."),
        _("Valid until %(until)s."),
        _("%(source)s (seal), %(issued)s"),
    ]
    receipt = [
        _("No. %(number)s"),
        _("To %(source)s:"),
        _("The membership of %(name)s has been received by us on ____-__-__."),
        _("%(target)s (seal)"),
    ]
    return [
        (_("Transfer slip of a Party member"), [line % values for line in letter]),
        (_("Receipt, to be sent back"), [line % values for line in receipt]),
    ]


def _word(transfer: Transfer) -> bytes:
    from docx import Document

    document = Document()
    for title, lines in parts(transfer):
        document.add_heading(title, level=1)
        for line in lines:
            document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
