"""Sending of the outbox, for `linli tick`: at least once."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.conf import settings

from linli.notify import services

JOBS = ("deliver",)
_log = logging.getLogger(__name__)


def deliver(now: datetime) -> int:
    """Send what is due to the addresses of LINLI_NOTIFY_URLS; without any, messages wait, a week at most."""
    if not settings.NOTIFY_URLS:
        services.park_old(now)
        return 0
    sender = _sender()
    return services.send_due(now, lambda subject, body: bool(sender.notify(title=subject, body=body)))


def _sender() -> Any:
    """Return the library's sender to all addresses; it is imported late, since it is large."""
    import apprise

    sender = apprise.Apprise()
    for number, url in enumerate(settings.NOTIFY_URLS, start=1):
        if not sender.add(url):
            _log.warning("address %d of LINLI_NOTIFY_URLS cannot be read; it is left out", number)
    return sender
