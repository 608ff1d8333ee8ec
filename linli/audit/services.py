"""Writing of events: every service of the house works inside `writing`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from linli.access.decide import Actor
from linli.audit.models import Event
from linli.lib.errors import Repeated


@dataclass(slots=True)
class Draft:
    """The event of the write under way; `about` names what it is about."""

    ref: str = ""
    data: dict[str, object] = field(default_factory=dict)

    def about(self, ref: str, **data: object) -> None:
        """Name the thing written (`kind:identifier`) and what is worth keeping, never personal data."""
        self.ref = ref
        self.data.update(data)


@contextmanager
def writing(action: str, *, by: Actor, now: datetime, key: str) -> Iterator[Draft]:
    """Run a write as one transaction that ends with its audit event.

    Raises Repeated at once, with what the first run wrote about, when `key` was used before: so a
    retried request has one effect. Any exception inside undoes everything, the event included.
    """
    with transaction.atomic():
        earlier = Event.objects.filter(request_key=key).first()
        if earlier is not None:
            raise Repeated(earlier.ref)
        draft = Draft()
        yield draft
        Event.objects.create(request_key=key, action=action, ref=draft.ref, actor=by.ref, at=now, data=draft.data)
