"""How the log-in library and the limit of log-ins are set up here."""

from __future__ import annotations

import base64
import logging
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from linli.accounts import queries
from linli.accounts.policy.sealing import seal, unseal

_log = logging.getLogger(__name__)


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts are made by those who answer for a body."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- the library's signature
        """Return no, always."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing: axes counts per user name and address, so that nobody locks the owner out."""


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second factor are encrypted at rest (`policy.sealing`)."""

    def encrypt(self, text: str) -> str:
        """Return `text` as it is stored."""
        return seal(text, queries.sealing_secrets())

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was stored; where no secret of the server fits, a random one, which no code matches."""
        found = unseal(encrypted_text, queries.sealing_secrets())
        if found is None:
            _log.error("A second factor cannot be read with this LINLI_SECRET_KEY; linli check says what to do.")
            return base64.b32encode(secrets.token_bytes(20)).decode()
        return found
