"""An append-only Merkle tree with the hashing of RFC 9162, section 2.1 (SHA-256).

The tree keeps the hashes of its perfect subtrees only: node `(level, index)` covers the leaves
`index * 2**level` up to, not including, `(index + 1) * 2**level`. Such a node never changes once
it is complete, so that rows holding them can be append-only. Hashes are 32 bytes; sizes and
indexes count from 0.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

type Read = Callable[[int, int], bytes]
"""Give the hash of the complete node (level, index); only nodes that `extend` returned are asked for."""

type Node = tuple[int, int, bytes]
"""Level, index, hash."""

EMPTY = sha256(b"").digest()
"""The root of the tree without leaves."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U


def canonical(data: Mapping[str, object]) -> bytes:
    """Return the one JSON text of `data`: keys sorted by code point, no spaces, UTF-8.

    Values are strings, integers, booleans, None, and lists and mappings of these. Raises TypeError
    on anything else (floats, keys that are not text) and ValueError on text that is not Unicode.
    """
    plain = _plain(data)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: object) -> object:
    """Return `value` with dicts and lists for mappings and sequences; TypeError on what has no exact JSON."""
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys must be text")
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no exact JSON")


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node from its children's hashes."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over the leaf hashes, in O(n)."""
    nodes: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        return nodes[level, index]

    nodes.update({(level, index): digest for level, index, digest in extend(0, leaves, read)})
    return root_at(len(leaves), read)


def short_code(digest: bytes) -> str:
    """Return the first 80 bits of a root as 4 groups of 4 Crockford base-32 characters, to compare on paper."""
    number = int.from_bytes(digest[:10])
    text = "".join(_ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def extend(size: int, leaves: Sequence[bytes], read: Read) -> list[Node]:
    """Return all nodes, leaves included, that become complete when leaf hashes join a tree of `size`.

    Lowest level first, by index within a level. O(len(leaves)) hashes, at most log2(size) reads.
    """
    row = list(leaves)
    made = [(0, size + offset, digest) for offset, digest in enumerate(row)]
    level, first = 0, size
    while row:
        if first % 2:
            first -= 1
            row = [read(level, first), *row]
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        level, first = level + 1, first // 2
        made.extend((level, first + offset, digest) for offset, digest in enumerate(row))
    return made


def root_at(size: int, read: Read) -> bytes:
    """Return the root of the first `size` leaves, by at most log2(size) + 1 reads."""
    return _range_root(0, size, read) if size else EMPTY


def inclusion_path(index: int, size: int, read: Read) -> list[bytes]:
    """Return the proof that leaf `index` is in the tree of `size`, lowest sibling first (2.1.3.1).

    Raises ValueError when there is no such leaf. O(log size) reads.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(middle, end, read))
            end = middle
        else:
            path.append(_range_root(start, middle, read))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, read: Read) -> list[bytes]:
    """Return the proof that the tree of `new` leaves begins with the tree of `old` leaves (2.1.4.1).

    Empty for `old` 0 or equal to `new`. Raises ValueError when `old` is beyond `new`. O(log new) reads.
    """
    if not 0 <= old <= new:
        raise ValueError(f"no tree of {old} within a tree of {new}")
    if old == 0:
        return []
    start, end, path = 0, new, []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_root(middle, end, read))
            end = middle
        else:
            path.append(_range_root(start, middle, read))
            start = middle
    if start:  # otherwise the old root itself is the first step, and the verifier knows it
        path.append(_range_root(start, end, read))
    return path[::-1]


def _split(width: int) -> int:
    """Return the largest power of two below `width` (2 or more)."""
    return 1 << (width - 1).bit_length() - 1


def _range_root(start: int, end: int, read: Read) -> bytes:
    """Return the root over leaves [start, end), where `start` is a multiple of a power of two ≥ the width."""
    peaks = []
    while start < end:
        level = (end - start).bit_length() - 1
        peaks.append(read(level, start >> level))
        start += 1 << level
    digest = peaks.pop()
    while peaks:
        digest = node_hash(peaks.pop(), digest)
    return digest


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Say whether `path` leads from the leaf hash at `index` to the root `expected` of `size` leaves (2.1.3.2)."""
    if not 0 <= index < size or not _are_digests(leaf, expected, *path):
        return False
    position, last, digest = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if position % 2 or position == last:
            digest = node_hash(step, digest)
            while not position % 2 and position:
                position, last = position >> 1, last >> 1
        else:
            digest = node_hash(digest, step)
        position, last = position >> 1, last >> 1
    return last == 0 and digest == expected


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether `path` shows that the tree (`old`, `old_root`) is the beginning of (`new`, `new_root`) (2.1.4.2).

    The empty tree is the beginning of every tree.
    """
    if not 0 <= old <= new or not _are_digests(old_root, new_root, *path):
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY
    steps = list(path) if old & (old - 1) else [old_root, *path]
    if not steps:
        return False
    position, last = old - 1, new - 1
    while position % 2:
        position, last = position >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position % 2 or position == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not position % 2 and position:
                position, last = position >> 1, last >> 1
        else:
            after = node_hash(after, step)
        position, last = position >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _are_digests(*values: bytes) -> bool:
    return all(len(value) == sha256().digest_size for value in values)
