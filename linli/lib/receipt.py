"""Receipts: secret numbers that people write down, say over the telephone and type again."""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Callable

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

LENGTH = 20
"""Digits of a receipt, the last one a check digit: 19 free digits are 63 bits."""

# A quasigroup of order 10 (Damm 2004): finds every single wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip

_UNREADABLE = gettext_noop(
    "A receipt number has %(length)s digits. Please compare it with the number that you wrote down."
)
_WRONG = gettext_noop("At least one digit of this receipt number is wrong. Please compare it digit by digit.")


def new_secret(random: Callable[[int], int]) -> str:
    """Return a new receipt in groups of four digits.

    `random(n)` gives a whole number in [0, n) that nobody can guess, such as `secrets.randbelow`.
    """
    digits = "".join(str(random(10)) for _ in range(LENGTH - 1))
    digits += str(_reduce(digits))
    return " ".join(digits[at : at + 4] for at in range(0, LENGTH, 4))


def normalise(text: str) -> str:
    """Return the bare digits of a receipt typed in any width, with spaces, dashes or dots.

    Refuses (`receipt.unreadable`, `receipt.wrong_digit`) what cannot be a receipt, without naming the text.
    """
    digits = "".join(char for char in unicodedata.normalize("NFKC", text) if not _separates(char))
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        raise Refusal("receipt.unreadable", _UNREADABLE, length=LENGTH)
    if _reduce(digits):
        raise Refusal("receipt.wrong_digit", _WRONG)
    return digits


def digest(secret: str, pepper: bytes) -> str:
    """Return what may be stored of a receipt: HMAC-SHA256 under `pepper`, in hexadecimal.

    Refuses what is no receipt as `normalise` does; raises ValueError for an empty pepper.
    """
    if not pepper:
        raise ValueError("the pepper is empty")
    return hmac.digest(pepper, normalise(secret).encode(), "sha256").hex()


def matches(secret: str, stored: str, pepper: bytes) -> bool:
    """Say whether `secret`, as typed, is the receipt with the digest `stored`; compares in constant time.

    Refuses what is no receipt as `normalise` does: a typing error is told, whatever is stored.
    """
    return hmac.compare_digest(digest(secret, pepper).encode(), stored.encode())


def _reduce(digits: str) -> int:
    """Return the Damm check digit of `digits`; 0 for digits that end with their right check digit."""
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return state


def _separates(char: str) -> bool:
    """Say whether `char` is a space, a dash, a dot or invisible."""
    return unicodedata.category(char) in {"Zs", "Cc", "Cf", "Pd"} or char in ".·・_−"
