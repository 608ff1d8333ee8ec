"""The offline verifier accepts what the tree proves, and refuses every changed byte with one plain sentence."""

from __future__ import annotations

import json
import random
import runpy
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.audit import proof_check
from linli.lib import merkle

ENTRIES: list[dict[str, Any]] = [
    {"kind": "points", "member": f"M{number:04d}", "tenths": number * 5, "note": "楼道清洁\n“好”", "late": None}
    for number in range(21)
]
LEAVES = [merkle.leaf_hash(merkle.canonical(entry)) for entry in ENTRIES]


def proof(index: int = 5, size: int = 21) -> dict[str, Any]:
    nodes = {(level, at): digest for level, at, digest in merkle.extend(0, LEAVES[:size], lambda *_: b"")}
    top = merkle.root(LEAVES[:size])
    return {
        "format": "linli-proof-1",
        "entry": deepcopy(ENTRIES[index]),
        "leaf_index": index,
        "tree_size": size,
        "path": [step.hex() for step in merkle.inclusion_path(index, size, lambda *place: nodes[place])],
        "root": top.hex(),
        "checkpoint": {
            "size": size,
            "root": top.hex(),
            "code": merkle.short_code(top),
            "made_at": "2026-07-31T16:00:00+00:00",
        },
    }


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the file alone: -I keeps this project and its packages out of sight."""
    command = [sys.executable, "-I", "-S", proof_check.__file__, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONIOENCODING": "ascii"})


def assert_one_sentence(sentence: str) -> None:
    assert sentence.isascii()
    assert sentence.endswith((".", ".json"))
    assert "\n" not in sentence


def test_every_leaf_of_every_small_tree_is_accepted() -> None:
    for size in range(1, len(ENTRIES) + 1):
        for index in range(size):
            document = proof(index, size)
            assert proof_check.check(document) is None
            assert proof_check.judge(proof_check.dump(document))[0] == proof_check.ACCEPTED


def test_the_sentence_names_what_to_compare() -> None:
    _, sentence = proof_check.judge(proof_check.dump(proof()))
    code = proof()["checkpoint"]["code"]
    assert sentence == (
        f"Accepted: this is entry 6 of 21, if the printed bulletin also says code {code}, "
        "21 entries and 2026-08-01 0:00 China time."
    )


def test_the_file_is_canonical() -> None:
    document = proof()
    data = proof_check.dump(document)
    read = json.loads(data)
    assert data == merkle.canonical(read) + b"\n"
    assert read.pop("seal")
    assert read == document


def test_any_changed_byte_is_refused() -> None:
    """Each byte is taken out, doubled, and replaced by every other value; spaces may be put in anywhere."""
    data = proof_check.dump(proof())
    for at in range(len(data)):
        changes = [data[:at] + data[at + 1 :], data[:at] + b" " + data[at:], data[:at] + b"\n" + data[at:]]
        changes += [data[:at] + bytes([byte]) + data[at + 1 :] for byte in range(256) if byte != data[at]]
        for changed in changes:
            code, sentence = proof_check.judge(changed)
            assert code, (at, changed)
            assert_one_sentence(sentence)
    for changed in (data + b"\n", data + b" ", data[:-1], b"\xef\xbb\xbf" + data, data[:-1] + b"\r\n", b""):
        assert proof_check.judge(changed)[0]


@pytest.mark.parametrize("length", [0, 1, 10, 200, 700])
def test_a_cut_file_is_unreadable(length: int) -> None:
    assert proof_check.judge(proof_check.dump(proof())[:length])[0] == proof_check.UNREADABLE


HEX = "ab" * 32
FORGERIES: dict[str, tuple[tuple[str, ...], object]] = {
    "another format": (("format",), "linli-proof-2"),
    "an unknown key": (("more",), 1),
    "an unknown key in the checkpoint": (("checkpoint", "more"), 1),
    "checkpoint no mapping": (("checkpoint",), []),
    "entry no mapping": (("entry",), "x"),
    "entry empty": (("entry",), {}),
    "entry changed": (("entry", "tenths"), 26),
    "entry with a fraction": (("entry", "tenths"), 2.5),
    "entry with half a character": (("entry", "note"), "\ud800"),
    "entry with a number as key": (("entry",), {1: 2}),
    "entry too deep": (("entry", "note"), json.loads("[" * 30 + "]" * 30)),
    "index text": (("leaf_index",), "5"),
    "index true": (("leaf_index",), True),
    "index negative": (("leaf_index",), -1),
    "index outside": (("leaf_index",), 21),
    "index another": (("leaf_index",), 6),
    "size another": (("tree_size",), 22),
    "size huge": (("tree_size",), 2**70),
    "size a fraction": (("tree_size",), 21.0),
    "path null": (("path",), None),
    "path of numbers": (("path",), [1, 2]),
    "path empty": (("path",), []),
    "path of another": (("path",), [HEX] * 5),
    "path longer": (("path",), [HEX] * 6),
    "root another": (("root",), HEX),
    "root in capitals": (("root",), HEX.upper()),
    "root short": (("root",), HEX[:-1]),
    "checkpoint size another": (("checkpoint", "size"), 22),
    "checkpoint root another": (("checkpoint", "root"), HEX),
    "code another": (("checkpoint", "code"), "0000-0000-0000-0000"),
    "code a number": (("checkpoint", "code"), 0),
    "time a number": (("checkpoint", "made_at"), 20260731),
    "time without offset": (("checkpoint", "made_at"), "2026-07-31T16:00:00"),
    "time before the calendar": (("checkpoint", "made_at"), "0001-01-01T00:00:00+14:00"),
    "time impossible": (("checkpoint", "made_at"), "2026-02-30T16:00:00+00:00"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_with_a_fresh_seal_is_refused(name: str) -> None:
    document = proof()
    place, value = FORGERIES[name]
    inner = document
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    fault = proof_check.check(document)
    assert fault
    assert_one_sentence(fault)
    try:
        data = proof_check.dump(document)
    except (TypeError, ValueError):
        return
    assert proof_check.judge(data) == (proof_check.REFUSED, f"Refused: {fault}")


@pytest.mark.parametrize("key", list(proof()))
def test_a_missing_part_is_refused(key: str) -> None:
    document = proof()
    del document[key]
    assert proof_check.check(document)
    assert proof_check.judge(proof_check.dump(document))[0] == proof_check.REFUSED


JUNK: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 2),
    "a word": (b'"linli"', 1),
    "null": (b"null", 1),
    "a list": (b"[1,2]", 1),
    "an empty document": (b"{}", 1),
    "not a number": (b'{"seal":NaN}', 1),
    "no UTF-8": (b'{"a":"\xff"}', 2),
    "binary": (bytes(range(256)) * 100, 2),
    "ten megabytes": (b"\x00" * 10_000_000, 2),
    "ten megabytes of JSON": (b'"' + b"x" * 10_000_000 + b'"', 2),
    "deep lists": (b"[" * 400_000, 2),
    "closed deep lists": (b"[" * 900 + b"]" * 900, 1),
    "a deep document": (b'{"a":' * 500 + b"1" + b"}" * 500, 1),
    "a very deep document": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 2),
    "a long number": (b'{"a":' + b"9" * 100_000 + b"}", 2),
    "a large exponent": (b'{"a":1e999999}', 1),
    "half a character": (b'{"a":"\\ud800"}', 1),
    "a key twice": (proof_check.dump(proof()).replace(b'{"checkpoint"', b'{"root":1,"checkpoint"', 1), 1),
}


@pytest.mark.parametrize("name", JUNK)
def test_junk_never_ends_in_a_traceback(name: str, tmp_path: Path) -> None:
    data, expected = JUNK[name]
    assert proof_check.judge(data)[0] == expected
    file = tmp_path / "proof.json"
    file.write_bytes(data)
    result = run(str(file))
    assert result.returncode == expected
    assert not result.stderr
    assert_one_sentence(result.stdout.removesuffix("\n"))


@given(st.binary(max_size=300))
def test_random_bytes_are_never_accepted(data: bytes) -> None:
    assert proof_check.judge(data)[0]


def test_random_cuts_and_joins_are_never_accepted() -> None:
    data = proof_check.dump(proof())
    rng = random.Random(1)
    for _ in range(5_000):
        a, b = sorted(rng.choices(range(len(data)), k=2))
        c, d = sorted(rng.choices(range(len(data)), k=2))
        changed = data[:a] + data[c:d] + data[b:]
        assert changed == data or proof_check.judge(changed)[0]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.sampled_from(list(proof())), inner),
        max_leaves=8,
    )
)
def test_any_value_gets_a_sentence(value: object) -> None:
    assert proof_check.check(value)


@given(st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.text()), min_size=1))
def test_the_copied_hashing_is_that_of_the_tree(entry: dict[str, object]) -> None:
    data = merkle.canonical(entry)
    top = merkle.leaf_hash(data)
    point = {
        "size": 1,
        "root": top.hex(),
        "code": merkle.short_code(top),
        "made_at": "2026-07-31T16:00:00.123456+08:00",
    }
    document: dict[str, object] = {
        "format": "linli-proof-1", "entry": entry, "leaf_index": 0, "tree_size": 1, "path": [],
        "root": top.hex(), "checkpoint": point,
    }  # fmt: skip
    assert proof_check.check(document) is None
    assert proof_check.judge(proof_check.dump(document))[0] == proof_check.ACCEPTED


def test_the_file_runs_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "证明.json"
    good.write_bytes(proof_check.dump(proof()))
    result = run(str(good))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Accepted: ")
    assert proof_check.main([str(good)]) == 0
    assert capsys.readouterr().out == result.stdout


@pytest.mark.parametrize("arguments", [(), ("a", "b"), ("/no/such/file",), ("/",), ("a\0b",)])
def test_no_file_is_unreadable(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert proof_check.main(list(arguments)) == proof_check.UNREADABLE
    assert capsys.readouterr().out.startswith("Unreadable: ")


def test_the_exit_code_reaches_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["proof_check.py", "/no/such/file"])
    with pytest.raises(SystemExit) as stop:
        runpy.run_path(proof_check.__file__, run_name="__main__")
    assert stop.value.code == proof_check.UNREADABLE
