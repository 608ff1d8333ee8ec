"""QR codes as pictures inside a page."""

from __future__ import annotations

import segno


def picture(text: str, *, error: str = "m", scale: int = 8) -> str:
    """Return a QR code of `text` as a `data:` address of an SVG; `error` is the level of repair (l, m, q, h)."""
    made: str = segno.make(text, error=error, micro=False).svg_data_uri(scale=scale, border=4)
    return made
