"""The receipt on the device of its holder: a cookie for a while, so that nothing secret stands in an address."""

from __future__ import annotations

from urllib.parse import quote, unquote

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from linli.accounts.queries import client_address
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.walls.models import Issue
from linli.walls.queries.receipts import issue_of_receipt

COOKIE = "receipt"
NOTE = "receipt_note"
SECONDS = 2 * 3600
TRIES = 20
PAUSE = 15 * 60


def hand_over[R: HttpResponse](response: R, secret: str, note: str = "") -> R:
    """Put the receipt, and a sentence to show once, on the device; readable by us alone."""
    for name, value, age in ((COOKIE, secret, SECONDS), (NOTE, quote(note), 300)):
        if value:
            response.set_signed_cookie(
                name, value, max_age=age, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
    return response


def secret_of(request: HttpRequest) -> str:
    """Return the receipt that the device holds; empty where it holds none."""
    return request.get_signed_cookie(COOKIE, default="", max_age=SECONDS) or ""


def note_of(request: HttpRequest) -> str:
    """Return the sentence that was put beside the receipt."""
    return unquote(request.get_signed_cookie(NOTE, default="", max_age=300) or "")


def held(request: HttpRequest, issue: Issue) -> str | None:
    """Return the receipt where the device holds the one of `issue`."""
    secret = secret_of(request)
    if not secret:
        return None
    try:
        found = issue_of_receipt(secret)
    except Refusal:
        return None
    return secret if found == issue else None


def looked_up(request: HttpRequest, secret: str) -> Issue:
    """Return the issue of the receipt as typed.

    Refused: a typing error (found by the check digit, not counted) and an unknown receipt; after 20 unknown ones
    from an address it is told to wait. A true receipt opens always: 63 bits cannot be guessed, and neighbours
    behind one address must not lock each other out.
    """
    try:
        found = issue_of_receipt(secret)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.message, field="secret", **refusal.values) from None
    if found is None:
        raise _unknown(f"receipt-tries:{client_address(request)}")
    return found


def _unknown(name: str) -> Refusal:
    """Count a try that found nothing; return what the reader is told."""
    if cache.get(name, 0) >= TRIES:
        return Refusal(
            "receipt-pause",
            gettext_noop("Too many unknown receipt numbers from here. Please wait a quarter of an hour."),
            field="secret",
        )
    cache.add(name, 0, PAUSE)
    cache.incr(name)
    return Refusal(
        "receipt-unknown",
        gettext_noop("No issue has this receipt number. Please compare it with your slip."),
        field="secret",
    )
