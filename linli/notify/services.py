"""Writing to the outbox: in the transaction of the cause, sent later by a job."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from linli.notify.models import Message
from linli.notify.policy.retries import PATIENCE, next_try
from linli.store.statements import insert_all

SUBJECT = 200
A_ROUND = 100


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
    insert_all(
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
        unless_there=True,
    )


def send_due(now: datetime, send: Callable[[str, str], bool]) -> int:
    """Send what is due through `send(subject, body)`; return how many messages went out.

    Each message is claimed first, so that two workers do not send it twice. One that fails is tried again after
    the pauses of `policy/retries.py`, then parked.
    """
    waiting = Message.objects.filter(state=Message.State.WAITING)
    due = waiting.filter(next_try__lte=now).order_by("next_try", "pk")[:A_ROUND]
    return sum(_send(message, send, now) for message in due)


def park_old(now: datetime) -> None:
    """Park what nobody could be told for a week: news that is old is no news."""
    Message.objects.filter(state=Message.State.WAITING, made_at__lt=now - PATIENCE).update(state=Message.State.PARKED)


def _send(message: Message, send: Callable[[str, str], bool], now: datetime) -> bool:
    attempts = message.attempts + 1
    again = next_try(attempts, now)
    mine = Message.objects.filter(pk=message.pk, state=Message.State.WAITING, attempts=message.attempts)
    if not mine.update(attempts=attempts, next_try=again or now):
        return False
    sent = send(message.subject, f"{message.body}\n{message.audience.partition(':')[2] or message.audience}")
    if sent or again is None:
        state = Message.State.SENT if sent else Message.State.PARKED
        Message.objects.filter(pk=message.pk).update(state=state)
    return sent
