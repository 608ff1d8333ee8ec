"""The one-time code of an invitation slip: derived from the request, so that a retried request shows it again."""

from __future__ import annotations

import hmac

from linli.lib.receipt import digest as receipt_digest
from linli.lib.receipt import new_secret


def code_of(key: str, secret: bytes) -> str:
    """Return the code that belongs to the request `key`; nobody without `secret` can work it out."""
    left = int.from_bytes(hmac.digest(secret, f"invitation code {key}".encode(), "sha512"))

    def random(n: int) -> int:
        nonlocal left
        left, drawn = divmod(left, n)
        return drawn

    return new_secret(random)


def digest(code: str, secret: bytes) -> str:
    """Return what is stored of a code. Refuses what cannot be a code, as `lib.receipt.normalise` does."""
    return receipt_digest(code, hmac.digest(secret, b"invitation digest", "sha256"))
