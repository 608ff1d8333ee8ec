"""Sending of the outbox, at least once: a message is claimed, sent, then marked."""

from __future__ import annotations

import logging
from datetime import datetime

import apprise
from django.conf import settings

from linli.notify.models import Message
from linli.notify.policy.retries import PATIENCE, next_try

JOBS = ("deliver",)
A_ROUND = 100
_log = logging.getLogger(__name__)


def deliver(now: datetime) -> int:
    """Send what is due to the addresses of LINLI_NOTIFY_URLS; return how many messages were sent.

    Each message is claimed first (so two workers do not send it twice), outside of any transaction. A failure
    is tried again after 1, 5, 30 minutes, 2 and 8 hours; after the sixth the message is parked. While no
    address is set up messages wait, and are parked after seven days.
    """
    waiting = Message.objects.filter(state=Message.State.WAITING)
    if not settings.NOTIFY_URLS:
        waiting.filter(made_at__lt=now - PATIENCE).update(state=Message.State.PARKED)
        return 0
    sender = _sender()
    due = waiting.filter(next_try__lte=now).order_by("next_try", "pk")[:A_ROUND]
    return sum(_send(sender, message, now) for message in due)


def _sender() -> apprise.Apprise:
    sender = apprise.Apprise()
    for number, url in enumerate(settings.NOTIFY_URLS, start=1):
        if not sender.add(url):
            _log.warning("address %d of LINLI_NOTIFY_URLS cannot be read; it is left out", number)
    return sender


def _send(sender: apprise.Apprise, message: Message, now: datetime) -> bool:
    attempts = message.attempts + 1
    again = next_try(attempts, now)
    mine = Message.objects.filter(pk=message.pk, state=Message.State.WAITING, attempts=message.attempts)
    if not mine.update(attempts=attempts, next_try=again or now):
        return False
    told = f"{message.body}\n{message.audience.partition(':')[2] or message.audience}"
    sent = bool(sender.notify(title=message.subject, body=told))
    if sent or again is None:
        state = Message.State.SENT if sent else Message.State.PARKED
        Message.objects.filter(pk=message.pk).update(state=state)
    return sent
