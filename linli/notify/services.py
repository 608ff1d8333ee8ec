"""The outbox: written in the transaction of the cause, sent later by a job."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.notify.models import Message

SUBJECT = 200
BATCH = 200
TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be told. `cause` is unique for ever: the same cause is told once."""

    cause: str
    audience: str
    subject: str
    body: str


def post(*, cause: str, audience: str, subject: str, body: str, now: datetime) -> None:
    """Put one message into the outbox; a `cause` that was told before is not told again.

    `audience` is a text reference (`body:CODE`). Messages hold no personal data: a number and a link.
    """
    post_all([Note(cause, audience, subject, body)], now=now)


def post_all(notes: Iterable[Note], *, now: datetime) -> None:
    """Put several messages into the outbox with one statement."""
    Message.objects.bulk_create(
        [
            Message(
                cause=note.cause,
                audience=note.audience,
                subject=note.subject[:SUBJECT],
                body=note.body,
                next_try=now,
                made_at=now,
            )
            for note in notes
        ],
        ignore_conflicts=True,
    )


def send_due(now: datetime, send: Callable[[str, str], bool]) -> int:
    """Send what waits through `send(subject, body)`; return how many messages went out.

    One that fails is tried again later, each time after a longer pause, and parked after eight tries; one
    that nobody could send for a week is parked too. Each result is saved at once, so that a round that is cut
    short repeats one message at most.
    """
    park_old(now)
    waiting = Message.objects.filter(state=Message.State.WAITING)
    sent = 0
    for message in waiting.filter(next_try__lte=now).order_by("next_try", "pk")[:BATCH]:
        message.attempts += 1
        if send(message.subject, message.body):
            message.state = Message.State.SENT
            sent += 1
        elif message.attempts >= TRIES:
            message.state = Message.State.PARKED
        else:
            message.next_try = now + FIRST_PAUSE * 3 ** (message.attempts - 1)
        message.save(update_fields=["attempts", "state", "next_try"])
    return sent


def park_old(now: datetime) -> None:
    """Park what has waited for a week: news that is old is no news."""
    Message.objects.filter(state=Message.State.WAITING, made_at__lt=now - KEPT).update(state=Message.State.PARKED)
