"""Writing to the outbox: in the transaction of the cause, sent later by a job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from linli.notify.models import Message

SUBJECT = 200


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
