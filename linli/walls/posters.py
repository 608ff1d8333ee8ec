"""The poster: a QR code that still reads after a fifth of it is damaged, and words that read from two metres."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import get_language

from linli.files.services import qr_picture
from linli.walls.models import Poster
from linli.walls.queries.public import Promises


def poster_html(poster: Poster, address: str, promises: Promises) -> str:
    """Return the poster as HTML for paper (A4), in the language of the page."""
    context = {
        "poster": poster,
        "wall": poster.wall,
        "qr": qr_picture(address, error="h"),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "promises": promises,
        "language": "zh-CN" if get_language() == "zh-hans" else get_language(),
    }
    return render_to_string("walls/poster.html", context)
