"""What is sealed of words that a person typed: their digest under a salt, so that the words can be erased."""

from __future__ import annotations

from hashlib import sha256

from linli.lib.merkle import canonical


def digest(words: str, salt: str) -> str:
    """Return what stands in the ledger for `words`: without `salt` nobody can try sentences against it."""
    return sha256(canonical({"salt": salt, "words": words})).hexdigest()
