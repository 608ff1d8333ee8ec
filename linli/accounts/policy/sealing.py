"""How secrets of the second factor are kept: encrypted under a key derived from the server's secret."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

PURPOSE = b"linli second factor"
MARK = "gAAAA"
"""Begins every sealed text, and no secret as the library writes them (base32, hexadecimal, digits)."""


def seal(text: str, secrets: Sequence[str]) -> str:
    """Return `text` encrypted under the first of the server's `secrets`."""
    return _keys(secrets[:1]).encrypt(text.encode()).decode()


def unseal(text: str, secrets: Sequence[str]) -> str | None:
    """Return what was sealed under any of `secrets`, None where none fits; a text that was never sealed as it is."""
    if not text.startswith(MARK):
        return text
    try:
        return _keys(secrets).decrypt(text.encode()).decode()
    except InvalidToken:
        return None


def stale(text: str, secrets: Sequence[str]) -> bool:
    """Tell whether `text` is not sealed under the first of `secrets`, so that it should be sealed anew."""
    return not text.startswith(MARK) or unseal(text, secrets[:1]) is None


def _keys(secrets: Sequence[str]) -> MultiFernet:
    derived = (hmac.digest(secret.encode(), PURPOSE, "sha256") for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
