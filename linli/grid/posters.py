"""The poster of a cell: whom to call, where it is, and a code that still reads after a fifth of it is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import unquote

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.files.policy.fitting import Box, size, some
from linli.files.services import pdf, qr_picture
from linli.grid.policy import poster as paper
from linli.grid.queries.posted import Posted

TITLED = 3
"""Cells that stand in the title of the document."""


@dataclass(frozen=True, slots=True)
class Sized:
    """Words, and the size in points at which they fit into their box."""

    words: str
    size: float


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on a poster."""

    found: Posted
    where: Sized
    title: Sized
    workers: tuple[tuple[Sized, Sized, Sized], ...]
    """Of each: name, what somebody is, telephone."""
    more_workers: int
    supervision: Sized | None
    hint: Sized
    beside: str
    places: str
    items: str
    lists: tuple[float, float]
    """Size in points and height in millimetres of both lists."""
    qr: str
    address: Sized


def posters_pdf(found: Iterable[Posted], address: Callable[[Posted], str], printed: date) -> bytes:
    """Return the posters of cells, one page (A4) each; `address` gives that of its public page."""
    return _kept(posters_html(found, address, printed))


def posters_html(found: Iterable[Posted], address: Callable[[Posted], str], printed: date) -> str:
    """Return the posters as HTML, in the language of the page."""
    posters = [_poster(each, address(each)) for each in found]
    title = "、".join(poster.title.words for poster in posters[:TITLED])
    return render_to_string("grid/poster.html", {"posters": posters, "printed": printed, "title": title})


@lru_cache(maxsize=32)
def _kept(html: str) -> bytes:
    """Return the PDF; a poster is public and a second of work, so the same one is made once a process."""
    return pdf(html)


def _poster(found: Posted, address: str) -> Poster:
    notice, workers = found.notice, found.workers[: paper.MOST_WORKERS]
    room = paper.room(len(workers))
    places = [link.place.name for link in found.cell.places.all()]
    items = [item.name for item in notice.listed] if notice else []
    beside = [f"{number}\u00a0{cell.name}" for number, (_figure, cell) in enumerate(found.around.beside, start=1)]
    heads = (_("To it belong:"), _("The worker helps with:"))
    rest = _rest(100)
    lists = paper.share(places, items, heads, rest, room.lists)
    named = some(beside, paper.BESIDE, head=_("Thick line: this cell.") + _("Beside it:"), rest=rest)
    return Poster(
        found=found,
        where=_sized(" › ".join(place.name for place in found.line[-2:]), paper.WHERE),
        title=_sized(found.cell.name, paper.TITLE),
        workers=tuple(
            (
                _sized(each.shown_name, room.name),
                _sized(each.get_kind_display(), paper.KIND),
                _sized(each.shown_phone, room.phone),
            )
            for each in workers
        ),
        more_workers=len(found.workers) - len(workers),
        supervision=_sized(notice.supervision, paper.SUPERVISION) if notice else None,
        hint=_sized(_("Not done? Say it here."), paper.HINT),
        beside=_some(beside, named),
        places=_some(places, lists.places),
        items=_some(items, lists.items),
        lists=(lists.size, room.lists),
        qr=qr_picture(address, error="h"),
        address=_sized(unquote(address.partition("://")[2]).replace("/", "/\u200b"), paper.ADDRESS),
    )


def _sized(words: str, box: Box) -> Sized:
    return Sized(words, size(words, box))


def _some(words: Sequence[str], count: int) -> str:
    """Return the first `count` of `words`, and how many more there are; nothing where there is room for none."""
    left = len(words) - count
    if not count:
        return ""
    return "、".join(words[:count]) + (_rest(left) if left else "")


def _rest(count: int) -> str:
    return " " + ngettext("and %(count)d more", "and %(count)d more", count) % {"count": count}
