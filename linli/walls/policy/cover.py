"""Words that were hidden by hand, taken out of a public text when it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linli.lib.mask import MARK

LONGEST = 40


def cover(text: str, words: Sequence[str]) -> str:
    """Return `text` with `MARK` for each place at which one of `words` stands; of two that overlap the longer goes.

    A mark that is there stays as it is.
    """
    if not words:
        return text
    choices = [MARK, *sorted(words, key=len, reverse=True)]
    return re.sub("|".join(re.escape(each) for each in choices), MARK, text)


def places(text: str, word: str) -> int:
    """Count the places at which `word` stands in `text`, marks not counted."""
    return sum(part.count(word) for part in text.split(MARK))
