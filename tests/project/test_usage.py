"""Wrong use of any command: one sentence in the language of the house, exit code 2, no traceback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.exceptions import TyperException

from linli.lib.faults import Fault, reason
from linli.project import cli, usage
from tests.project.test_setup import linli

CHINESE = re.compile("[一-鿿]")


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
    for name, each in (inner or {}).items():
        yield from leaves(each, (*path, name))


def _needed(parameter: Any) -> bool:
    return parameter.required and not getattr(parameter, "prompt", None)


COMMANDS = dict(leaves(typer.main.get_command(cli.build())))
NEEDY = [path for path, each in COMMANDS.items() if any(_needed(p) for p in each.params)]


def told(*arguments: str) -> str:
    with pytest.raises(TyperException) as refused:
        cli.build()(list(arguments), prog_name="linli", standalone_mode=False)
    return usage.sentence(refused.value)


def test_each_command_is_found_in_its_home():
    assert {path[0] for path in COMMANDS} == set(cli.HOMES)
    for first in cli.HOMES:
        alone = typer.main.get_command(cli.build(first)).commands
        assert first in alone
        assert {cli.HOMES[word] for word in alone} == {cli.HOMES[first]}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_an_unknown_option_is_named(path: tuple[str, ...]):
    words = told(*path, "--no-such-option")
    assert "--no-such-option" in words
    assert CHINESE.search(words)
    assert "\n" not in words


@pytest.mark.parametrize("path", NEEDY, ids=" ".join)
def test_what_is_missing_is_named(path: tuple[str, ...]):
    words = told(*path)
    assert words.startswith("缺少")
    assert "--help" in words


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("demo", "--port", "abc"), "--port"),
        (("grid", "import", "x.geojson", "--place"), "--place"),
        (("grid", "nonsense"), "linli grid"),
        (("tick", "too", "much"), "linli tick"),
    ],
    ids=["a value that does not fit", "an option without its value", "an unknown command", "too much"],
)
def test_other_wrong_use_is_named(arguments: tuple[str, ...], named: str):
    words = told(*arguments)
    assert named in words
    assert CHINESE.search(words)


@pytest.mark.parametrize(
    ("arguments", "env", "words"),
    [
        (("grid", "check", "nowhere.geojson"), {}, "nowhere.geojson 读不了：没有这个文件或文件夹。"),
        (("grid", "check"), {}, "缺少 FILE；用 linli grid check --help 查看要填什么。"),
        (("grid", "check"), {"LINLI_LANGUAGE": "en"}, "FILE is missing; linli grid check --help says what it is."),
        (("check",), {"LINLI_LANGUAGE": "fr"}, "LINLI_LANGUAGE 不认识：请在 zh-hans、zh-hant、en 中选一个。"),
        (("serve",), {}, "缺少 LINLI_SECRET_KEY：请设成 50 个以上的随机字符。"),
    ],
)
def test_the_house_speaks_chinese_unless_told_otherwise(tmp_path: Any, arguments: Any, env: Any, words: str):
    done = linli(tmp_path, *arguments, LANG="", LC_ALL="", **env)
    assert (done.returncode, done.stderr.strip(), done.stdout) == (2, words, "")


def test_faults_of_files_have_words():
    assert reason(FileNotFoundError(2, "No such file or directory")) is Fault.MISSING
    assert reason(OSError(28, "No space left on device")) is Fault.FULL
    assert reason(OSError(40, "Too many levels of symbolic links")) == "Too many levels of symbolic links"
