"""Materialised paths of trees: `"1.14.203."` is node 203 under 14 under 1."""

from __future__ import annotations

from collections.abc import Iterable


def covers(upper: str, path: str) -> bool:
    """Tell whether the node at `upper` is the node at `path` or above it."""
    return bool(upper) and path.startswith(upper)


def chain(path: str) -> tuple[int, ...]:
    """Return the identifiers from the root down to the node itself."""
    return tuple(int(step) for step in path.split(".") if step)


def prefixes(path: str) -> tuple[str, ...]:
    """Return the paths of all nodes from the root down to the node itself."""
    steps = [step for step in path.split(".") if step]
    return tuple(".".join(steps[: index + 1]) + "." for index in range(len(steps)))


def topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the smallest set of paths that covers the same nodes, in order."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(upper) for upper in kept):
            kept.append(path)
    return tuple(kept)
