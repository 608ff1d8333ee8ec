"""Truths about the Merkle log: its tree, its checkpoints, and what was printed on paper."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from linli.audit.models import Checkpoint, Leaf, Node
from linli.lib.errors import Refusal
from linli.lib.invariants import Invariant
from linli.lib.merkle import node_hash, root_at, short_code
from linli.lib.words import gettext_noop

_WITNESS = re.compile(r"(\d{1,18}):([0-9a-fA-F]{64}|[0-9A-Za-z]{4}(?:-?[0-9A-Za-z]{4}){3})")
SHORT = 16
"""Signs of a short code."""


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of the log."""
    return (
        Invariant(
            "audit.tree",
            gettext_noop("Every record of the log has its place, and every node is the hash of the two below it"),
            _broken_tree,
        ),
        Invariant(
            "audit.checkpoints",
            gettext_noop("Every checkpoint has the root that the log gives today"),
            _broken_checkpoints,
        ),
    )


def witnessed(texts: list[str]) -> Invariant:
    """Return the truth that the log still has the checkpoints printed on paper, written `SIZE:ROOT` or `SIZE:CODE`.

    Refused: a text of another form.
    """
    given: list[tuple[int, str]] = []
    for text in texts:
        match = _WITNESS.fullmatch(text.strip())
        if match is None:
            raise Refusal(
                "witness",
                gettext_noop("--witness %(text)s cannot be read; write SIZE:ROOT or SIZE:CODE as on the bulletin."),
                text=text,
            )
        given.append((int(match[1]), match[2].replace("-", "")))
    return Invariant(
        "audit.witness",
        gettext_noop("The log begins with the log that the printed checkpoints name"),
        lambda: _unlike_print(given),
    )


class _Tree:
    """The stored nodes, read level by level."""

    def __init__(self) -> None:
        self.nodes: dict[int, dict[int, bytes]] = defaultdict(dict)
        for level, index, digest in Node.objects.values_list("level", "index", "hash").iterator(5000):
            self.nodes[level][index] = bytes(digest)
        self.size = len(self.nodes.get(0, {}))

    def read(self, level: int, index: int) -> bytes:
        """Return a node; KeyError where it is missing."""
        return self.nodes[level][index]

    def root(self, size: int) -> str | None:
        """Return the root of the first `size` records, or None where a node is missing."""
        try:
            return root_at(size, self.read).hex()
        except KeyError:
            return None


def _broken_tree() -> list[str]:
    tree = _Tree()
    places = dict(Leaf.objects.values_list("index", "ref"))
    return [*_broken_places(places, tree), *_broken_nodes(tree)]


def _broken_places(places: Mapping[int, str], tree: _Tree) -> Iterator[str]:
    hashes = tree.nodes.get(0, {})
    for index in sorted(places.keys() - hashes.keys()):
        yield f"{places[index]} ({index}): no hash"
    for index in sorted(hashes.keys() - places.keys()):
        yield f"hash {index}: no record"
    for index in range(len(places)):
        if index not in places:
            yield f"record {index}: missing"


def _broken_nodes(tree: _Tree) -> Iterator[str]:
    """Give nodes that are wrong, missing or too many; a wrong one is named once, at the lowest level."""
    level, width = 0, tree.size
    while width:
        below, above = tree.nodes[level], tree.nodes.get(level + 1, {})
        for index in range(width // 2):
            pair = below.get(index * 2), below.get(index * 2 + 1)
            if pair[0] is None or pair[1] is None or above.get(index) != node_hash(pair[0], pair[1]):
                yield f"node {level + 1}/{index}"
        for index in above:
            if index >= width // 2:
                yield f"node {level + 1}/{index}: too many"
        level, width = level + 1, width // 2


def _broken_checkpoints() -> list[str]:
    tree = _Tree()
    return [
        f"checkpoint {point.size} {short_code(bytes.fromhex(point.root))}"
        for point in Checkpoint.objects.order_by("size")
        if point.size > tree.size or tree.root(point.size) != point.root
    ]


def _unlike_print(given: list[tuple[int, str]]) -> list[str]:
    tree = _Tree()
    lines = []
    for size, printed in given:
        root = tree.root(size) if size <= tree.size else None
        if root is None:
            lines.append(f"{size}: the log has {tree.size} records")
        elif len(printed) == SHORT:
            if short_code(bytes.fromhex(root)).replace("-", "") != printed.upper():
                lines.append(f"{size}: {short_code(bytes.fromhex(root))}")
        elif root != printed.lower():
            lines.append(f"{size}: {root}")
    return lines
