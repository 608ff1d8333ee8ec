"""A bulletin as a page to print, as PDF, Word and Excel; every figure comes from its rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from linli.files import documents, qr
from linli.files.policy.listing import PAGE
from linli.lib.month import Month
from linli.points import queries
from linli.points.models import Bulletin
from linli.points.policy.bulletin_files import Leaflet, Row, as_excel, as_word
from linli.web.templatetags.linli import moment, month_name, points, signed_points

FORMATS = ("html", "pdf", "docx", "xlsx")


def context(bulletin: Bulletin) -> dict[str, Any]:
    """Return what the printed page of a bulletin shows."""
    shown = {"bulletin": bulletin, "month": Month.of(bulletin.month), "rows": queries.shown_rows(bulletin.frozen)}
    point = queries.checkpoint_of(bulletin)
    return shown | {"state": _state(bulletin, point)} | seal(point)


def seal(point: queries.Point | None) -> dict[str, Any]:
    """Return the checkpoint for a template, with its QR code."""
    return {"point": point, "qr": qr.picture(f"{point.size}:{point.root}", scale=4)} if point else {"point": None}


def title(body: str, month: Month) -> str:
    """Return the title of the bulletin of a branch month."""
    return _("%(body)s: points bulletin %(month)s") % {"body": body, "month": month_name(month)}


def made(bulletin: Bulletin, form: str, *, now: datetime) -> bytes:
    """Return the bulletin in one of `FORMATS`; a Word document says that it was made `now`."""
    if form == "docx":
        return as_word(_leaflet(bulletin), now)
    if form == "xlsx":
        return as_excel(_leaflet(bulletin))
    html = render_to_string("points/bulletin_print.html", context(bulletin))
    return documents.pdf(html) if form == "pdf" else html.encode()


def file_name(bulletin: Bulletin, form: str) -> str:
    """Return the name under which somebody saves the bulletin."""
    values = {"body": bulletin.body.name, "month": Month.of(bulletin.month)}
    sealed = bulletin.checkpoint_size is not None
    name = _("Bulletin-%(body)s-%(month)s") if sealed else _("Bulletin-%(body)s-%(month)s (draft)")
    return f"{name % values}.{form}"


def _leaflet(bulletin: Bulletin) -> Leaflet:
    month, point = Month.of(bulletin.month), queries.checkpoint_of(bulletin)
    return Leaflet(
        title=title(bulletin.body.name, month),
        sheet=str(month),
        state=_state(bulletin, point),
        final=point is not None,
        head=[_("Member"), _("What was counted"), _("This month"), _("This year")],
        rows=[_row(row) for row in queries.shown_rows(bulletin.frozen)],
        nothing=_("nothing this month"),
        foot=_foot(point),
        page=_(PAGE),
    )


def _row(row: queries.ShownRow) -> Row:
    deeds = [f"{line['deed_on']} {line['name']} {signed_points(line['counts'])}" for line in row.lines]
    if not row.scored:
        return Row(row.name, deeds, None, (_("not scored"), ""))
    return Row(row.name, deeds, (row.month, row.total), (signed_points(row.month), points(row.total)))


def _state(bulletin: Bulletin, point: queries.Point | None) -> str:
    if point is None:
        return _("Draft, not final. Objections until %(until)s, to the branch secretary.") % {
            "until": moment(bulletin.objections_until)
        }
    return _("Published %(when)s. Names are masked unless the member agreed.") % {"when": moment(bulletin.published_at)}


def _foot(point: queries.Point | None) -> list[str]:
    if point is None:
        return []
    values = {"code": point.code, "size": point.size, "when": moment(point.made_at)}
    return [
        _("Checkpoint %(code)s · %(size)d records · %(when)s") % values,
        point.root,
        _("Keep this sheet: with it anybody can find out whether a sealed record was changed later."),
    ]
