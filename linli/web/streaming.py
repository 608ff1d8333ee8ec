"""The page of long work: it arrives when the work begins, fills while it goes on, and needs no script.

The answer is sent in pieces: the page down to the share that is done, a line for each further percent (the style shows
the last one only), then the result and the rest of the page. The work holds its transaction while the page fills.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from linli.lib.errors import Refusal
from linli.lib.progress import Steps
from linli.web.forms import sentence

STEPS = "<!-- steps -->"
"""Where the template is cut."""

logger = logging.getLogger(__name__)


def working_page[T](
    request: HttpRequest, steps: Steps[T], *, heading: str, said: Callable[[T], str], to: str, back: str
) -> StreamingHttpResponse:
    """Answer with a page that fills while `steps`, which have begun, go on.

    At the end it says what came of it in the words of `said` and leads to the address `to`; where it fails nothing is
    saved, and it leads `back`. The status is 200 whatever comes: let the work refuse before its first step.
    """
    language = translation.get_language()
    before, after = render_to_string("web/working.html", {"heading": heading}, request).split(STEPS)

    def pieces() -> Iterator[str]:
        with translation.override(language):
            yield before
            yield from _worked(steps, said, to, back)
            yield after

    return StreamingHttpResponse(pieces(), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


def _worked[T](steps: Steps[T], said: Callable[[T], str], to: str, back: str) -> Iterator[str]:
    last = -1
    try:
        while True:
            percent = int(100 * next(steps))
            if percent > last:
                last = percent
                yield _line(percent)
    except StopIteration as end:
        yield _line(100)
        yield _end("notice", said(end.value), to, _("Go on"))
    except Refusal as refusal:
        yield _end("notice error", sentence(refusal), back, _("Back"))
    except Exception:
        logger.exception("long work failed")
        yield _end("notice error", _("It broke off, and nothing was saved. Try again."), back, _("Back"))
    finally:
        steps.close()


def _line(percent: int) -> str:
    return format_html(
        '<p class="step"><progress max="100" value="{}" aria-label="{}"></progress> {} %</p>\n',
        percent,
        _("Done so far"),
        percent,
    )


def _end(kind: str, words: str, to: str, link: str) -> str:
    return format_html(
        '<p class="{}" role="status">{}</p><p><a class="button" href="{}">{}</a></p>', kind, words, to, link
    )
