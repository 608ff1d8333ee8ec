"""Sending of the outbox, for `linli tick`."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from linli.notify import services

JOBS = ("send_messages",)


def send_messages(now: datetime) -> int:
    """Send what waits to the addresses of LINLI_NOTIFY_URLS; without any, messages wait, a week at most."""
    if not settings.NOTIFY_URLS:
        services.park_old(now)
        return 0
    import apprise

    channel = apprise.Apprise()
    for address in settings.NOTIFY_URLS:
        channel.add(address)
    return services.send_due(now, lambda subject, body: bool(channel.notify(title=subject, body=body)))
