"""Which place is meant by an address as people type it: 丹桂院3栋1单元302, or 丹桂院 302."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from linli.lib.paths import prefixes

MOST_WORDS, LONGEST = 8, 60


def plain(text: str) -> str:
    """Return `text` in half width, without spaces at its ends, cut at a length that no address has."""
    return " ".join(unicodedata.normalize("NFKC", text).split())[:LONGEST]


def words(text: str) -> tuple[str, ...]:
    """Return the parts of a plain text that stand apart."""
    return tuple(text.split()[:MOST_WORDS])


def best(text: str, names: Mapping[str, str]) -> Sequence[str]:
    """Return the paths that `text` means: those whose line covers most of it, and of these the topmost.

    `names`: path → name of the places that could be meant, and of those above them. A name counts where the text has
    it (1栋 is not in 11栋) or where it has one of the words of the text; a place is meant by its own name.
    """
    hits = {path: hit for path, name in names.items() if (hit := _said(text, name))}
    scores = {path: sum(hits[step] for step in prefixes(path) if step in hits) for path in hits}
    most = max(scores.values(), default=0)
    found = sorted(path for path, score in scores.items() if score == most)
    return [path for path in found if not any(step in found for step in prefixes(path)[:-1])]


def _said(text: str, name: str) -> int:
    """Return how many characters of `text` the name takes, or a word of it that the name has."""
    before, after = ("(?<![0-9])" if name[:1].isdigit() else ""), ("(?![0-9])" if name[-1:].isdigit() else "")
    if name and re.search(f"{before}{re.escape(name)}{after}", text):
        return len(name)
    return max((len(word) for word in words(text) if len(word) > 1 and not word.isdigit() and word in name), default=0)
