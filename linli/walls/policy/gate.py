"""The gates of the walls: one through which every public text goes, one before what is kept inside."""

from __future__ import annotations

from linli.lib.mask import Kind, mask_text


def public(text: str) -> str:
    """Return `text` trimmed, with identity numbers, telephones, bank cards and plates masked.

    Passing twice changes nothing more, so a text may be asked again whether it has passed.
    """
    return mask_text(text.strip()).text


NOT_KEPT = frozenset({Kind.ID, Kind.BANK})
"""What nobody needs who works on an issue. Telephones they need, and plates of cars that stand in the way."""


def internal(text: str) -> str:
    """Return `text` trimmed, as it is kept for those who work on it: identity and card numbers masked."""
    return mask_text(text.strip(), only=NOT_KEPT).text
