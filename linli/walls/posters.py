"""The poster: a QR code that still reads after a fifth of it is damaged, and words that read from two metres."""

from __future__ import annotations

import base64
import io

import segno
from django.template.loader import render_to_string
from django.utils.translation import get_language

from linli.walls.models import Poster
from linli.walls.queries.public import Promises


def qr_image(address: str) -> str:
    """Return a QR code of `address` with error correction H and its quiet zone, as a data address (SVG)."""
    out = io.BytesIO()
    segno.make_qr(address, error="h", boost_error=False).save(out, kind="svg", border=4, xmldecl=False, svgns=True)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()


def poster_html(poster: Poster, address: str, promises: Promises) -> str:
    """Return the poster as HTML for paper (A4), in the language of the page."""
    context = {
        "poster": poster,
        "wall": poster.wall,
        "qr": qr_image(address),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "promises": promises,
        "language": "zh-CN" if get_language() == "zh-hans" else get_language(),
    }
    return render_to_string("walls/poster.html", context)
