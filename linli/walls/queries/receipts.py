"""Receipts: derived from the request key of the report, so that a report sent twice has the same one.

Nothing that opens a receipt is stored: the secret follows from the key and the secret of the house, and the
issue holds only its digest.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable

from django.conf import settings

from linli.lib.receipt import digest, new_secret
from linli.walls.models import Issue


def _key(purpose: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"linli.receipt.{purpose}".encode(), "sha256")


def _digits_of(request_key: str) -> Callable[[int], int]:
    """Return a source of whole numbers below n that follows from `request_key` alone."""
    key, turn = _key("secret"), 0

    def below(n: int) -> int:
        nonlocal turn
        turn += 1
        block = hmac.digest(key, f"{turn}/{request_key}".encode(), "sha256")
        return int.from_bytes(block[:16]) % n

    return below


def receipt_secret(request_key: str) -> str:
    """Return the receipt of the report that was sent with `request_key`, in groups of four digits."""
    return new_secret(_digits_of(request_key))


def receipt_digest(secret: str) -> str:
    """Return what is stored of a receipt; refuses what cannot be one (typing errors are found)."""
    return digest(secret, _key("pepper"))


def issue_of_receipt(secret: str) -> Issue | None:
    """Return the issue that the receipt `secret` belongs to; refuses what cannot be a receipt."""
    return (
        Issue.objects.select_related("wall", "category", "owner", "place", "photo")
        .filter(receipt_digest=receipt_digest(secret))
        .first()
    )
