"""Texts and files encrypted at rest, each purpose under a key of its own derived from the server's secret."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

MARK = "gAAAA"
"""Begins every sealed text, and no text that is sealed here before it is (base32, hexadecimal, digits)."""


def seal(text: str, secrets: Sequence[str], purpose: bytes) -> str:
    """Return `text` encrypted for `purpose` under the first of the server's `secrets`."""
    return _keys(tuple(secrets[:1]), purpose).encrypt(text.encode()).decode()


def unseal(text: str, secrets: Sequence[str], purpose: bytes) -> str | None:
    """Return what was sealed under any of `secrets`, None where none fits; a text that was never sealed as it is."""
    if not text.startswith(MARK):
        return text
    try:
        return _keys(tuple(secrets), purpose).decrypt(text.encode()).decode()
    except InvalidToken:
        return None


def stale(text: str, secrets: Sequence[str], purpose: bytes) -> bool:
    """Tell whether `text` is not sealed under the first of `secrets`, so that it should be sealed anew."""
    return not text.startswith(MARK) or unseal(text, secrets[:1], purpose) is None


def seal_file(content: bytes, secrets: Sequence[str], purpose: bytes) -> bytes:
    """Return `content` encrypted for `purpose` under the first of `secrets`."""
    return _keys(tuple(secrets[:1]), purpose).encrypt(content)


def unseal_file(content: bytes, secrets: Sequence[str], purpose: bytes) -> bytes | None:
    """Return what `seal_file` sealed under any of `secrets`, None where none fits or it never was sealed."""
    try:
        return _keys(tuple(secrets), purpose).decrypt(content)
    except InvalidToken:
        return None


@lru_cache(maxsize=32)
def _keys(secrets: tuple[str, ...], purpose: bytes) -> MultiFernet:
    derived = (hmac.digest(secret.encode(), purpose, "sha256") for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
