"""Public bulletins, and a member's own points down to the deed and its proof."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.audit import queries as audit
from linli.lib.clock import local_date, now
from linli.lib.month import Month
from linli.members.queries import duplicates
from linli.points import printing, queries
from linli.web.access import Need, actor_of, page
from linli.web.downloads import download
from linli.web.paging import page_of


@page(Need.PUBLIC)
def bulletins(request: HttpRequest) -> HttpResponse:
    """List what was published, newest first."""
    shown = page_of(request, queries.published(), 30)
    return render(request, "points/bulletins.html", {"page": shown})


@page(Need.PUBLIC)
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a published bulletin; names by today's consent, else masked."""
    found = queries.notice(pk)
    shown = {"bulletin": found, "rows": found.rows, "heading": printing.title(found.body, found.month)}
    return render(request, "points/bulletin.html", shown | printing.seal(queries.checkpoint_of(found)))


@page(Need.PUBLIC)
def bulletin_pdf(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 -- a view takes the request
    """Give a published bulletin as PDF."""
    found = queries.published_bulletin(pk)
    return download(printing.made(found, "pdf", now=now()), printing.file_name(found, "pdf"), shown=True)


@page(Need.MEMBER)
def my_points(request: HttpRequest) -> HttpResponse:
    """Show my lines, newest first, and what they count this year."""
    member = actor_of(request).member_id or 0
    month = Month.of(local_date(now()))
    years = queries.counted_years([own.pk for own in duplicates.persons(member)], month)
    shown = page_of(request, queries.own_entries(member), 50)
    counts = {entry: points for year in years.values() for entry, points in year.lines.items()}
    rows = [(entry, counts.get(entry.pk), entry.member_id != member) for entry in shown]
    context = {"page": shown, "rows": rows, "counted": years.get(member), "month": month}
    return render(request, "points/my_points.html", context)


@page(Need.MEMBER)
def my_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of my lines: the deed, who witnessed it, and whether it is sealed."""
    entry = queries.own_entry(actor_of(request).member_id, pk)
    names = audit.people([entry.recorder, entry.confirmer])
    context = {
        "entry": entry,
        "proof": queries.proof_of(entry),
        "recorder": names[entry.recorder],
        "confirmer": names[entry.confirmer],
        "note": queries.note_of(entry),
    }
    return render(request, "points/my_entry.html", context)


@page(Need.MEMBER)
def my_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the proof that my line is under a checkpoint, as a file that is checked offline."""
    entry = queries.own_entry(actor_of(request).member_id, pk)
    proof = queries.proof_of(entry)
    if proof is None:
        raise Http404(_("This line is not sealed yet."))
    return download(audit.proof_file(proof), _("Proof-%(number)s.json") % {"number": entry.pk})
