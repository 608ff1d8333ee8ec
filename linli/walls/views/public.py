"""What anybody can open: walls, issues, echo, the report form, photos that may be shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from linli.files.queries import photo_path
from linli.lib.clock import now
from linli.lib.words import gettext_noop
from linli.walls import services
from linli.walls.caching import cached_for_visitors
from linli.walls.forms import ComplaintForm, ReportForm
from linli.walls.models import Poster, Wall
from linli.walls.queries import desk, public
from linli.walls.queries.receipts import issue_of_receipt, receipt_secret
from linli.walls.slips import hand_over, held
from linli.web.access import Need, actor_of, page
from linli.web.forms import Outcome, sentence

SHOWS = (
    ("open", gettext_noop("Waiting")),
    ("answered", gettext_noop("Answered")),
    ("all", gettext_noop("All")),
)


@page(Need.PUBLIC)
def walls(request: HttpRequest) -> HttpResponse:
    """List the walls in the order of the places, with what waits and what was answered."""
    return render(request, "walls/walls.html", {"page": public.walls(now(), request.GET.get("page", "1"))})


@page(Need.PUBLIC)
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """Show a wall: who answers, what waits, what is overdue, what was answered."""
    return cached_for_visitors(request, code, _wall)


def _wall(request: HttpRequest, code: str, more: dict[str, Any]) -> tuple[HttpResponse, public.WallPage]:
    show = request.GET.get("show", "open")
    show = show if show in public.SHOWS else "open"
    found = public.wall_page(code, now(), show, request.GET.get("page", "1"))
    shows = [(name, gettext(words), name == show) for name, words in SHOWS]
    context = {"found": found, "wall": found.wall, "shows": shows, "show": show, "keep": f"show={show}&", **more}
    return render(request, "walls/wall.html", context), found


@page(Need.PUBLIC)
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """Show the public record of an issue."""
    return render(request, "walls/issue.html", {"found": public.issue_page(number, now())})


@page(Need.PUBLIC)
def echo(request: HttpRequest) -> HttpResponse:
    """Show what was answered, and the response figures."""
    return render(request, "walls/echo.html", {"found": public.echo(now(), request.GET.get("page", "1"))})


@page(Need.PUBLIC, "GET", "POST")
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Take a problem for a wall."""
    return _report(request, public.wall_or_404(code))


@page(Need.PUBLIC, "GET", "POST")
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Take a problem at the place where the poster hangs: what its QR code opens."""
    found = public.poster_or_404(code)
    return _report(request, found.wall, found)


@page(Need.PUBLIC, "GET", "POST")
def complaint(request: HttpRequest) -> HttpResponse:
    """Take a complaint or suggestion, without account: a private issue on the wall of the subdistrict."""
    walls = public.street_walls()
    chosen = next((wall for wall in walls if wall.code == request.GET.get("wall")), None)
    if chosen is None and len(walls) != 1:
        return render(request, "walls/complaint_where.html", {"walls": walls})
    return _report(request, chosen or walls[0], complains=True)


def _report(
    request: HttpRequest, wall: Wall, hanging: Poster | None = None, *, complains: bool = False
) -> HttpResponse:
    place = hanging.place if hanging else wall.place
    member = desk.member_of(actor_of(request))
    taken = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ComplaintForm(*taken) if complains else ReportForm(*taken, member=member is not None)
    if taken and form.is_valid():
        sent = form.cleaned_data
        photo = sent.get("photo")
        done = form.carry_out(
            lambda: services.report(
                wall=wall,
                place=place,
                category=sent["category"],
                text=sent["text"],
                contact=sent["contact"],
                photo=photo.read() if photo else None,
                reporter=member if sent.get("as_member") else None,
                by=actor_of(request),
                now=now(),
                key=sent["key"],
            )
        )
        if done is not None:
            return _received(request, done, sent["key"])
    context = {"form": form, "wall": wall, "place": place, "promises": public.promises(wall, now())}
    template = "walls/complaint.html" if complains else "walls/report.html"
    return render(request, template, context, status=422 if taken else 200)


def _received(request: HttpRequest, done: Outcome[services.Reported], key: str) -> HttpResponse:
    """Hand the receipt over; a report that was sent before gets the same one."""
    secret = done.result.secret if done.result else receipt_secret(key)
    found = done.result.issue if done.result else issue_of_receipt(secret)
    if found is None:
        raise Http404
    refusal = done.result.photo_refusal if done.result else None
    messages.success(request, gettext("Received. Thank you."))
    response = redirect("issue-receipt", number=found.number)
    return hand_over(response, secret, note=sentence(refusal) if refusal else "")


@page(Need.PUBLIC)
def photo(request: HttpRequest, number: str) -> HttpResponse:
    """Send the photo of an issue: to anybody once it may be shown, before to those who work on it and its reporter."""
    found, shown = public.photo_of(number)
    if not shown and held(request, found) is None and not desk.may_see(actor_of(request), found, now()):
        raise Http404
    if found.photo is None:
        raise Http404
    response = HttpResponse(photo_path(found.photo).read_bytes(), content_type="image/jpeg")
    response["Cache-Control"] = "public, no-cache" if shown else "private, no-store"
    response["Content-Disposition"] = f'inline; filename="{found.number}.jpg"'
    return response
