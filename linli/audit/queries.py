"""Reads of the Merkle log: nodes, checkpoints, proofs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from linli.audit.models import Checkpoint, Event, Leaf, Node
from linli.audit.proof_check import FORMAT, dump, main
from linli.lib.clock import CHINA
from linli.lib.merkle import inclusion_path, short_code
from linli.store.statements import prepared


@prepared
def refs_of(key: str) -> QuerySet[Event, str]:
    """Return what the event with the request key `key` is about: one reference, or none."""
    return Event.objects.filter(request_key=key).values_list("ref", flat=True)


def events(
    *, about: str = "", action: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Event]:
    """Return what was done from `since` until `until`, these days included, the latest first.

    `about` is the identifier after the colon of a reference (a member number, the number of an issue), or all of it.
    """
    found = Event.objects.order_by("-at", "-pk")
    if about:
        found = found.filter(Q(ref=about) | Q(ref__endswith=f":{about}"))
    if action:
        found = found.filter(action=action)
    if since is not None:
        found = found.filter(at__gte=datetime.combine(since, time(), CHINA))
    if until is not None:
        found = found.filter(at__lt=datetime.combine(until + timedelta(days=1), time(), CHINA))
    return found


def people(refs: Iterable[str]) -> dict[str, str]:
    """Return the shown names of actors by reference; one that is no account keeps its reference."""
    given = set(refs)
    keys = [int(ref.removeprefix("user:")) for ref in given if ref.removeprefix("user:").isdigit()]
    names = {f"user:{user.pk}": str(user) for user in get_user_model().objects.filter(pk__in=keys)}
    return {ref: names.get(ref, ref) for ref in given}


def no_events() -> QuerySet[Event]:
    """Return no events: what who may not read the log gets."""
    return Event.objects.none()


def node(level: int, index: int) -> bytes:
    """Return the hash of the perfect subtree at `level` and `index`. Raises ValueError where there is none."""
    [found] = _nodes(level, index)
    return bytes(found)


@prepared
def _nodes(level: int, index: int) -> QuerySet[Node, bytes | memoryview[int]]:
    return Node.objects.filter(level=level, index=index).values_list("hash", flat=True)


def size() -> int:
    """Return how many records the log holds: the place of the last one and one more, found without counting."""
    return next(iter(_last_place()), -1) + 1


@prepared
def _last_place() -> QuerySet[Leaf, int]:
    return Leaf.objects.order_by("-index").values_list("index", flat=True)[:1]


def checkpoint(size: int) -> Checkpoint | None:
    """Return the checkpoint of the log at `size`, or None."""
    return Checkpoint.objects.filter(size=size).first()


def code(point: Checkpoint) -> str:
    """Return the short code of a checkpoint, to compare on paper."""
    return short_code(bytes.fromhex(point.root))


def latest() -> Checkpoint | None:
    """Return the newest checkpoint, or None while nothing was sealed."""
    return Checkpoint.objects.order_by("-size").first()


def leaf(ref: str) -> int | None:
    """Return the place of the record `ref` in the log, or None while it is not sealed."""
    return Leaf.objects.filter(ref=ref).values_list("index", flat=True).first()


def sealed(kinds: Iterable[str]) -> dict[str, bytes]:
    """Return the hash of each record in the log whose reference is `kind:…` with one of `kinds`, in their order.

    A record without a hash has an empty one.
    """
    wanted = reduce(or_, (Q(ref__startswith=f"{kind}:") for kind in kinds))
    places = Leaf.objects.filter(wanted).order_by("index").values_list("index", "ref")
    hashes = dict(Node.objects.filter(level=0).values_list("index", "hash"))
    return {ref: bytes(hashes.get(index, b"")) for index, ref in places}


def proof(ref: str, content: Mapping[str, object], size: int | None = None) -> dict[str, object] | None:
    """Return the proof document that `content` is the record `ref` under the checkpoint at `size`.

    Default: the newest checkpoint. None while the record is not sealed below that checkpoint. The document is as
    `linli/audit/proof_check.py` reads it.
    """
    index, point = leaf(ref), checkpoint(size) if size is not None else latest()
    if index is None or point is None or index >= point.size:
        return None
    path = [digest.hex() for digest in inclusion_path(index, point.size, node)]
    made_at = point.made_at.astimezone(UTC).isoformat()
    return {
        "format": FORMAT,
        "entry": dict(content),
        "leaf_index": index,
        "tree_size": point.size,
        "path": path,
        "root": point.root,
        "checkpoint": {"size": point.size, "root": point.root, "code": code(point), "made_at": made_at},
    }


def proof_file(document: Mapping[str, object]) -> bytes:
    """Return a proof document as the bytes of the file that is checked offline."""
    return dump(dict(document))


def check_file(file: Path) -> int:
    """Judge a proof file as the offline checker does: prints its sentence, returns its exit code."""
    return main([str(file)], gettext)
