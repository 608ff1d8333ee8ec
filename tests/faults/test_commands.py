"""Every command that takes a file × every bad file: one clear sentence, the right exit code, nothing saved.

A command with a new file argument fails `test_every_file_argument_is_listed` until it stands below.
"""

from __future__ import annotations

import json
import re
import resource
from pathlib import Path

import pytest
import shapely
import typer

from linli.places.services import import_grid
from linli.points.models import Entry
from linli.project import cli
from tests.digest import digest
from tests.faults.files import MAPS, NOBODY_READS, PLACES, ROSTERS, Bad, made
from tests.places.making import box, proven
from tests.points import deeds, months


def town() -> bytes:
    """Two buildings with their households."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "households": 200},
            "geometry": json.loads(shapely.to_geojson(box(column, 0, 0.3, 0.1))),
        }
        for column, code in enumerate(("B1", "B2"))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


READS = {
    ("roster import", "file"): ["roster", "import", "{file}"],
    ("places import", "file"): ["places", "import", "{file}"],
    ("grid check", "file"): ["grid", "check", "{file}"],
    ("grid check", "boundary"): ["grid", "check", "{map}", "--boundary", "{file}"],
    ("grid import", "file"): ["grid", "import", "{file}", "--place", "C2"],
    ("grid import", "boundary"): ["grid", "import", "{map}", "--place", "C2", "--boundary", "{file}"],
    ("grid repair", "file"): ["grid", "repair", "{file}", "--yes"],
    ("grid repair", "boundary"): ["grid", "repair", "{map}", "--yes", "--boundary", "{file}"],
    ("grid divide", "file"): ["grid", "divide", "{file}", "out.geojson"],
    ("grid divide", "boundary"): ["grid", "divide", "{map}", "out.geojson", "--boundary", "{file}"],
    ("grid divide", "present"): ["grid", "divide", "{town}", "out.geojson", "--present", "{file}"],
    ("verify-proof", "file"): ["verify-proof", "{file}"],
}
WRITES = {
    ("roster import", "problems"): ["roster", "import", "{roster}", "--dry-run", "--problems", "{file}"],
    ("roster export", "file"): ["roster", "export", "{file}"],
    ("members export", "file"): ["members", "export", "{file}"],
    ("places import", "problems"): ["places", "import", "{places}", "--dry-run", "--problems", "{file}"],
    ("grid check", "problems"): ["grid", "check", "{map}", "--problems", "{file}"],
    ("grid import", "problems"): ["grid", "import", "{map}", "--place", "C2", "--problems", "{file}"],
    ("grid repair", "out"): ["grid", "repair", "{faulty}", "--yes", "--out", "{file}"],
    ("grid divide", "out"): ["grid", "divide", "{town}", "{file}"],
    ("grid export", "file"): ["grid", "export", "{file}", "--place", "C1"],
    ("bulletin", "out"): ["bulletin", "2026-02", "--organisation", "BY1", "--format", "html", "--out", "{file}"],
    ("proof", "out"): ["proof", "{entry}", "--out", "{file}"],
}
GOOD = {
    "map": MAPS["BOM"][0],
    "faulty": MAPS["a ring that crosses itself"][0],
    "town": Bad("town.geojson", town),
    "roster": ROSTERS["GB18030"][0],
    "places": PLACES["no such place above"][0],
}
MOST = 400 * 2**10
"""Kilobytes by which one bad file may let the process grow."""


def commands(app: object, path: tuple[str, ...] = ()):
    """Every command of the product with its words."""
    for name, command in getattr(app, "commands", {}).items():
        yield from commands(command, (*path, name))
    if not hasattr(app, "commands"):
        yield " ".join(path), app


def test_every_file_argument_is_listed():
    found = {
        (words, parameter.name)
        for words, command in commands(typer.main.get_command(cli.build()))
        for parameter in command.params
        if getattr(getattr(parameter, "type_descriptor", None), "annotation", None) is Path
    }
    assert found == READS.keys() | WRITES.keys()


@pytest.fixture
def call(world, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def run(words, **values):
        for name, bad in GOOD.items():
            if f"{{{name}}}" in words and name not in values:
                values[name] = tmp_path / f"good-{bad.name}"
                values[name].write_bytes(made(bad))
        before, size = digest(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        capsys.readouterr()
        code = cli.run([word.format(**values) for word in words])
        out, err = capsys.readouterr()
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - size < MOST
        if code:
            assert digest() == before, "something was saved"
        return code, out, err

    return run


@pytest.fixture
def sealed(world):
    """The number of a ledger line that has a proof; its month has a bulletin."""
    deeds.award(world, *world.members["BY1"])
    months.published(world)
    return Entry.objects.first().pk


@pytest.fixture
def gridded(world):
    import_grid(world.places["C1"], proven(), by=world.by, now=world.now, key=world.key())


def one_sentence(said: str) -> bool:
    """One line of Chinese without the words of a program that broke."""
    return len(said.strip().splitlines()) == 1 and bool(re.search("[一-鿿]", said)) and "Error" not in said


@pytest.mark.parametrize("bad", NOBODY_READS)
@pytest.mark.parametrize("words", READS.values(), ids=lambda words: " ".join(words))
def test_what_nobody_can_read(call, tmp_path, words, bad):
    file = tmp_path / NOBODY_READS[bad].name
    file.write_bytes(made(NOBODY_READS[bad]))
    code, out, err = call(words, file=file)
    if words[0] == "verify-proof":  # its sentences go to the screen, and a file of the wrong kind is a refused proof
        assert code in {1, 2}
        assert one_sentence(out)
    else:
        assert code == 2
        assert out == ""
        assert one_sentence(err)
        assert file.name in err


@pytest.mark.parametrize(
    ("words", "bad", "wanted"),
    [
        pytest.param(READS[command, "file"], bad, wanted, id=f"{command}: {name}")
        for command, table in (("roster import", ROSTERS), ("places import", PLACES), ("grid import", MAPS))
        for name, (bad, wanted) in table.items()
    ],
)
def test_what_is_wrong_inside(call, tmp_path, words, bad: Bad, wanted: int):
    file, copy = tmp_path / bad.name, tmp_path / "problems"
    file.write_bytes(made(bad))
    code, out, err = call([*words, "--problems", str(copy)], file=file)
    assert code == wanted, out + err
    if code == 2:
        assert one_sentence(err)
    elif code == 1:
        assert copy.exists()
        assert err == ""


@pytest.mark.parametrize("words", READS.values(), ids=lambda words: " ".join(words))
@pytest.mark.parametrize("where", ["folder", "nowhere", "nowhere/a", "a" * 300, "folder/plain/a", ""])
def test_what_cannot_be_opened(call, tmp_path, words, where):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "plain").touch()
    code, out, err = call(words, file=where)
    assert code == 2
    assert one_sentence(out + err)


@pytest.mark.parametrize("words", WRITES.values(), ids=lambda words: " ".join(words))
@pytest.mark.parametrize("where", ["folder", "nowhere/a", "a" * 300, "/dev/full", "folder/plain/a"])
def test_what_cannot_be_written(call, tmp_path, words, where, sealed, gridded):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "plain").touch()
    there = sorted(tmp_path.rglob("*"))
    code, out, err = call(words, file=where, entry=sealed)
    assert code == 2
    assert one_sentence(err)
    assert [each for each in sorted(tmp_path.rglob("*")) if not each.name.startswith("good-")] == there


@pytest.mark.parametrize("words", [words for words in WRITES.values() if "--problems" in words], ids=" ".join)
def test_the_copy_is_never_written_over_the_file(call, tmp_path, words):
    for name, bad in GOOD.items():
        if f"{{{name}}}" in words:
            file = tmp_path / bad.name
            file.write_bytes(made(bad))
            code, _out, err = call(words, file=file, **{name: file})
            assert code == 2
            assert one_sentence(err)
            assert file.read_bytes() == made(bad)
