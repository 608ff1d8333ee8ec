"""Receipts survive handwriting and keyboards; wrong digits are found; the digest gives nothing away."""

from __future__ import annotations

import hashlib
import hmac
import random
import re
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.lib.errors import Refusal
from linli.lib.receipt import LENGTH, digest, matches, new_secret, normalise

PEPPER = b"pepper of the house"
SECRETS = st.randoms(use_true_random=False).map(lambda rng: new_secret(rng.randrange))


def test_the_shape() -> None:
    assert re.fullmatch(r"(\d{4} ){4}\d{4}", new_secret(secrets.randbelow))
    assert new_secret(lambda _: 0) == "0000 0000 0000 0000 0000"
    assert new_secret(random.Random(1).randrange) == new_secret(random.Random(1).randrange)


def test_known_check_digit() -> None:
    """572 has the Damm check digit 4 (the example in the literature); leading zeros change nothing."""
    assert normalise("0000 0000 0000 0000 5724")


@given(SECRETS, st.data())
def test_any_way_of_writing_reads_the_same(secret: str, data: st.DataObject) -> None:
    separators = st.sampled_from(["", " ", "-", "\u3000", "－", ".", "·", "—", "\u200b", "\t", "\n", " - "])
    digits = secret.replace(" ", "")
    typed = "".join(
        data.draw(st.sampled_from([digit, chr(ord(digit) + 0xFEE0)])) + data.draw(separators) for digit in digits
    )
    assert normalise(typed) == digits
    assert matches(typed, digest(secret, PEPPER), PEPPER)


@given(SECRETS)
def test_every_wrong_digit_and_every_swap_of_neighbours_is_found(secret: str) -> None:
    digits = normalise(secret)
    wrong = {digits[:at] + str(digit) + digits[at + 1 :] for at in range(LENGTH) for digit in range(10)}
    wrong |= {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(LENGTH - 1)}
    for text in wrong - {digits}:
        with pytest.raises(Refusal) as refusal:
            matches(text, digest(secret, PEPPER), PEPPER)
        assert refusal.value.code == "receipt.wrong_digit"


@pytest.mark.parametrize("text", ["", "1234", "0" * 19, "0" * 21, "0" * 19 + "x", "0" * 19 + "²x", "٠" * 20, "零" * 20])
def test_what_is_no_receipt_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        normalise(text)
    assert refusal.value.code == "receipt.unreadable"
    assert str(refusal.value).startswith("A receipt number has 20 digits.")


def test_the_digest_is_hmac_sha256_of_the_bare_digits() -> None:
    secret = new_secret(random.Random(2).randrange)
    expected = hmac.new(PEPPER, secret.replace(" ", "").encode(), hashlib.sha256).hexdigest()
    assert digest(secret, PEPPER) == expected


@given(SECRETS, SECRETS)
def test_only_the_same_receipt_under_the_same_pepper_matches(one: str, other: str) -> None:
    assert matches(one, digest(other, PEPPER), PEPPER) is (one == other)
    assert not matches(one, digest(one, b"another"), PEPPER)
    assert not matches(one, "", PEPPER)
    assert not matches(one, "邻里", PEPPER)


def test_an_empty_pepper_is_a_fault() -> None:
    with pytest.raises(ValueError, match="pepper"):
        digest("0" * 20, b"")
