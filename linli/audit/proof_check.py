"""Check a Linli proof file, on any computer, without Linli and without the network.

    python proof_check.py FILE.json

Prints one sentence. Exit code 0: accepted; 1: refused; 2: the file could not be read.
This file needs Python 3.9 or later and nothing else. Read it: it is the whole check.

A proof file says that one entry is a leaf of the Merkle tree (RFC 9162 hashing, SHA-256) whose checkpoint
is printed on a bulletin. The file is the canonical JSON (sorted keys, no spaces, UTF-8) of the document and
its seal, then one newline. The seal, a SHA-256 of the document, finds every accidental change. It does not
stop a forger, who can make a new one. What stops a forger is the printed bulletin: compare the code and the
number of entries with it. The time `made_at` is bound by the print alone.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

FORMAT = "linli-proof-1"
ACCEPTED, REFUSED, UNREADABLE = 0, 1, 2
LARGEST = 1_000_000
DEEPEST = 20
_KEYS = {"format", "entry", "leaf_index", "tree_size", "path", "root", "checkpoint"}
_CHECKPOINT_KEYS = {"size", "root", "code", "made_at"}
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?(\+00:00|[+-][0-9]{2}:[0-9]{2})"
)
_CHINA = timezone(timedelta(hours=8))
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def gettext_noop(message: str) -> str:
    """Return `message` unchanged; marks it for those who translate."""
    return message


def check(document: object) -> str | None:
    """Return None when the document proves its entry, else one English sentence that says what is wrong.

    Takes any value; never raises. The document is as in the file, without its seal.
    """
    try:
        return _shape_fault(document) or _proof_fault(document)
    except (RecursionError, TypeError, ValueError):
        return gettext_noop(
            "the entry holds something that a proof cannot hold (a fraction, broken text or deep nesting)."
        )


def dump(document: dict[str, object]) -> bytes:
    """Return the bytes of the proof file: the document with its seal, canonical, and a newline.

    Raises TypeError on floats and other values without an exact JSON, ValueError on broken text.
    """
    return _canonical({**document, "seal": _seal(document)}) + b"\n"


def judge(data: bytes, say: Callable[[str], str] = str) -> tuple[int, str]:
    """Return the exit code and the sentence for the bytes of a file; never raises. `say` may translate."""
    if len(data) > LARGEST:
        return UNREADABLE, say(gettext_noop("Unreadable: this file is too large to be a proof."))
    try:
        document = json.loads(data.decode("utf-8"))
    except (RecursionError, ValueError):
        return UNREADABLE, say(gettext_noop("Unreadable: this file is not JSON text; take the proof file again."))
    fault = _file_fault(document, data) or check(document)
    if fault:
        return REFUSED, say(gettext_noop("Refused: %(fault)s")) % {"fault": say(fault)}
    point = document["checkpoint"]
    accepted = gettext_noop(
        "Accepted: this is entry %(number)s of %(size)s, if the printed bulletin also says code %(code)s, "
        "%(size)s entries and %(made_at)s."
    )
    return ACCEPTED, say(accepted) % {
        "number": document["leaf_index"] + 1,
        "size": document["tree_size"],
        "code": point["code"],
        "made_at": _shown(point["made_at"], say),
    }


def main(arguments: list[str], say: Callable[[str], str] = str) -> int:
    """Judge the one file named in `arguments`, print the sentence, return the exit code. `say` may translate."""
    if len(arguments) != 1:
        print("Unreadable: give the name of one proof file, as in: python proof_check.py FILE.json")
        return UNREADABLE
    try:
        with open(arguments[0], "rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError):
        print(say(gettext_noop("Unreadable: the file cannot be opened; check its name and place.")))
        return UNREADABLE
    code, sentence = judge(data, say)
    print(sentence)
    return code


def _file_fault(document: object, data: bytes) -> str | None:
    """Take the seal out of a document just read, and say what is wrong with the bytes, if anything."""
    changed = gettext_noop("the file was changed after it was made; take the proof file again.")
    if not isinstance(document, dict):
        return gettext_noop("this is not a proof file.")
    seal = document.pop("seal", None)
    try:
        whole = seal == _seal(document) and dump(document) == data
    except (RecursionError, TypeError, ValueError):
        return changed
    return None if whole else changed


def _shape_fault(document: object) -> str | None:
    """Say which part has a wrong name or a wrong type, if any."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return gettext_noop("this is not a proof file of the format linli-proof-1.")
    point = document.get("checkpoint")
    if set(document) != _KEYS or not isinstance(point, dict) or set(point) != _CHECKPOINT_KEYS:
        return gettext_noop("the file has a part that does not belong there, or lacks one.")
    path = document["path"]
    right = (
        isinstance(document["entry"], dict)
        and document["entry"]
        and all(type(number) is int for number in (document["leaf_index"], document["tree_size"], point["size"]))
        and isinstance(path, list)
        and all(_is_digest(step) for step in [*path, document["root"], point["root"]])
        and isinstance(point["code"], str)
        and _is_moment(point["made_at"])
    )
    return None if right else gettext_noop("a part of the file has the wrong form.")


def _proof_fault(document: Any) -> str | None:
    """Say why the entry of a well-formed document does not belong to the checkpoint, if it does not."""
    index, size, point = document["leaf_index"], document["tree_size"], document["checkpoint"]
    if not 0 <= index < size < 2**64:
        return gettext_noop("the place of the entry lies outside the tree.")
    if point["size"] != size or point["root"] != document["root"]:
        return gettext_noop("the checkpoint belongs to another tree than the proof.")
    expected = bytes.fromhex(document["root"])
    if point["code"] != _short_code(expected):
        return gettext_noop("the short code does not belong to the root.")
    steps = [bytes.fromhex(step) for step in document["path"]]
    sides = _sides(index, size)
    if len(steps) != len(sides):
        return gettext_noop("the path is too short or too long for this tree.")
    digest = sha256(b"\x00" + _canonical(document["entry"])).digest()
    for step, step_is_left in zip(steps, sides):
        digest = sha256(b"\x01" + (step + digest if step_is_left else digest + step)).digest()
    return None if digest == expected else gettext_noop("the entry is not in the tree of this checkpoint.")


def _sides(index: int, size: int) -> list[bool]:
    """Say for each step of the path, lowest first, whether it stands on the left (RFC 9162, 2.1.3.1)."""
    sides = []
    while size > 1:
        left = 1 << ((size - 1).bit_length() - 1)
        sides.append(index >= left)
        index, size = (index - left, size - left) if index >= left else (index, left)
    return sides[::-1]


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value).astimezone(_CHINA)
    except (OverflowError, ValueError):
        return False
    return True


def _shown(value: str, say: Callable[[str], str]) -> str:
    """Return a moment as the bulletin prints it: to the minute, in China time."""
    moment = datetime.fromisoformat(value).astimezone(_CHINA)
    form = gettext_noop("%(year)d-%(month)02d-%(day)02d %(hour)d:%(minute)02d China time")
    parts = {name: getattr(moment, name) for name in ("year", "month", "day", "hour", "minute")}
    return say(form) % parts


def _seal(document: dict[str, object]) -> str:
    return sha256(_canonical(document)).hexdigest()


def _canonical(data: dict[str, object]) -> bytes:
    """Return the same bytes as `linli.lib.merkle.canonical`."""
    _refuse_inexact(data, DEEPEST)
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def _refuse_inexact(value: object, depth: int) -> None:
    """Raise TypeError on values without an exact JSON, ValueError on nesting deeper than `depth`."""
    if depth < 0:
        raise ValueError("nested too deeply")
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys must be text")
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            _refuse_inexact(item, depth - 1)
    elif not (value is None or isinstance(value, (str, int))):
        raise TypeError(type(value).__name__)


def _short_code(digest: bytes) -> str:
    """Return the same code as `linli.lib.merkle.short_code`."""
    number = int.from_bytes(digest[:10], "big")
    text = "".join(_ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
