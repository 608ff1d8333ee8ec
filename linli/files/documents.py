"""Pages as PDF. Needs Pango and a Chinese font, which come from the system."""

from __future__ import annotations

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop


def pdf(html: str) -> bytes:
    """Return the HTML document as PDF; it may name no file and no address: everything is inside it.

    Raises Refusal, naming the Debian package, where the system lacks the library.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise Refusal(
            "pdf-library",
            gettext_noop("PDF cannot be made here: install the Debian packages %(packages)s."),
            packages="libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk",
        ) from error
    made: bytes = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"})).write_pdf()
    return made
