"""Writing of events and of the Merkle log: every service of the house works inside `writing`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from linli.access.decide import Actor
from linli.audit import queries
from linli.audit.models import Checkpoint, Event, Leaf, Node
from linli.lib.errors import Repeated
from linli.lib.merkle import canonical, extend, leaf_hash, root_at
from linli.store.statements import insert, insert_all


@dataclass(slots=True)
class Draft:
    """The event of the write under way; `about` names what it is about."""

    ref: str = ""
    data: dict[str, object] = field(default_factory=dict)
    more: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)

    def about(self, ref: str, **data: object) -> None:
        """Name the thing written (`kind:identifier`) and what is worth keeping, never personal data."""
        self.ref = ref
        self.data.update(data)

    def also(self, action: str, ref: str, **data: object) -> None:
        """Note a further thing done by the same write, as an event of its own: one row in a mass of changes."""
        self.more.append((action, ref, data))


@contextmanager
def writing(action: str, *, by: Actor, now: datetime, key: str) -> Iterator[Draft]:
    """Run a write as one transaction that ends with its audit event.

    Raises Repeated at once, with what the first run wrote about, when `key` was used before: so a
    retried request has one effect. Any exception inside undoes everything, the event included.
    """
    with transaction.atomic():
        _wait("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", key)
        for earlier in queries.refs_of(key):
            raise Repeated(earlier)
        draft = Draft()
        yield draft
        insert(Event(request_key=key, action=action, ref=draft.ref, actor=by.ref, at=now, data=draft.data))
        insert_all(
            [
                Event(request_key=f"{key}:{number}", action=verb, ref=ref, actor=by.ref, at=now, data=data)
                for number, (verb, ref, data) in enumerate(draft.more, start=1)
            ]
        )


LOG_LOCK = 7_106_002


def seal(records: Iterable[tuple[str, Mapping[str, object]]], *, now: datetime) -> Checkpoint:
    """Enter `records` (reference, canonical content) into the log, in order, and make a checkpoint.

    Call inside a transaction. Two writers cannot fork the log: PostgreSQL takes an advisory lock until the
    transaction ends, SQLite has one writer, and a place can be taken once. A reference that is in the log
    already is an error (IntegrityError): a record is sealed once.
    """
    _lock()
    given = list(records)
    size = queries.size()
    hashes = [leaf_hash(canonical(content)) for _ref, content in given]
    insert_all([Leaf(index=size + place, ref=ref) for place, (ref, _content) in enumerate(given)])
    made = extend(size, hashes, queries.node)
    insert_all([Node(level=level, index=index, hash=digest) for level, index, digest in made])
    return checkpoint(now=now)


def checkpoint(*, now: datetime) -> Checkpoint:
    """Return the checkpoint of the log as it stands, made now unless there is one. Call inside a transaction."""
    _lock()
    size = queries.size()
    root = root_at(size, queries.node).hex()
    return Checkpoint.objects.get_or_create(size=size, defaults={"root": root, "made_at": now})[0]


def _lock() -> None:
    lock_log()


def lock_log() -> None:
    """Wait until no other transaction writes the log; held until this one ends. Call before reading what is sealed."""
    _wait("SELECT pg_advisory_xact_lock(%s)", LOG_LOCK)


def _wait(sql: str, value: str | int) -> None:
    """Take a lock of PostgreSQL until the transaction ends; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql, [value])
