"""The transfer slip (组织关系介绍信) with its receipt, as PDF and as Word."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from linli.files import documents
from linli.files.policy import word
from linli.members.models import Transfer
from linli.members.policy.statistics import full_years
from linli.web.templatetags.linli import day

FORMS = ("pdf", "docx")


def slip(transfer: Transfer, form: str, *, now: datetime) -> bytes:
    """Return the slip in one of `FORMS`; a Word document says that it was made `now`."""
    if form == "docx":
        return _word(transfer, now)
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


def _word(transfer: Transfer, now: datetime) -> bytes:
    (title, _lines), *_more = both = parts(transfer)
    document = word.new_document(f"{title} {transfer.number}", now=now)
    for place, (heading, lines) in enumerate(both):
        if place:
            word.add_cut(document)
            document.add_paragraph()
        word.add_line(document, heading, font=word.HEAD, size=20, at=word.CENTER)
        number, *body, signature = lines
        word.add_line(document, number, size=12, at=word.RIGHT)
        for line in body:
            word.add_line(document, line)
        document.add_paragraph()
        word.add_line(document, signature, at=word.RIGHT)
    return word.saved(document)
