"""The commands of the roster, as a person calls them."""

from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

from linli.lib.errors import Refusal
from linli.members.commands import roster
from linli.members.models import Member

from .policy.books import book
from .test_roster_import import HEADER, ROW


@pytest.fixture
def call(world, settings, tmp_path):
    settings.LANGUAGE_CODE = "en"

    def run(*arguments, expect=0):
        result = CliRunner(env={"COLUMNS": "160"}).invoke(roster, [str(a) for a in arguments])
        if isinstance(result.exception, Refusal):
            raise result.exception
        assert result.exit_code == expect, result.output
        return result.output

    return run


@pytest.fixture
def file(tmp_path):
    def made(rows, name="in.xlsx"):
        path = tmp_path / name
        path.write_bytes(book(rows))
        return path

    return made


def test_the_difference_is_shown_and_then_saved(call, file):
    said = call("import", file([HEADER, ROW]), "--organisation", "BY2")
    assert "赵新一" in said
    assert "1 added, 0 changed" in said
    assert Member.objects.filter(number="N1").exists()
    assert "Nothing to change." in call("import", file([HEADER, ROW]))


def test_each_changed_fact_is_shown_before_and_after(call, file, world):
    known = world.members["BY1"][0]
    said = call("import", file([HEADER, ["BY1-1", "王大一", known.born_on, known.joined_on, "组织BY2", None, "书记"]]))
    assert "Full name: 王小一 → 王大一" in said
    assert "Organisation: 组织BY1 → 组织BY2" in said
    assert "Posts: (empty) → Secretary" in said
    assert "1 moved" in said


def test_a_dry_run_saves_nothing(call, file):
    assert "nothing was saved" in call("import", file([HEADER, ROW]), "--dry-run")
    assert not Member.objects.filter(number="N1").exists()


def test_problems_are_said_at_their_cells_and_marked_in_a_copy(call, file, tmp_path):
    out = tmp_path / "problems.xlsx"
    said = call("import", file([HEADER, ["N1", "赵新一", "?", *ROW[3:]]]), "--problems", out, expect=1)
    assert "名册!C2" in said
    assert "Nothing was saved" in said
    marked = openpyxl.load_workbook(out)
    assert marked.sheetnames == ["问题", "名册"]
    assert marked["名册"]["C2"].comment is not None
    assert not Member.objects.filter(number="N1").exists()


def test_doubtful_persons_need_a_word(call, file, world):
    known = world.members["BY1"][0]
    row = ["N9", known.name, known.born_on, known.joined_on, "组织BY1", None, None]
    assert "--others" in call("import", file([HEADER, row]), expect=1)
    assert "1 added" in call("import", file([HEADER, row]), "--others")


@pytest.mark.parametrize("organisation", [[], ["--organisation", "BY1"]])
def test_an_unedited_round_trip_has_nothing_to_change(call, tmp_path, organisation):
    out = tmp_path / "out.xlsx"
    assert "written to" in call("export", out, *organisation)
    assert "Nothing to change." in call("import", out, *organisation)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["import", "/nowhere/a.xlsx"], "file.unreadable"),
        (["import", "{file}", "--organisation", "XX"], "roster.no_body"),
        (["import", "{file}", "--problems", "{file}"], "file.same"),
        (["import", "{file}", "--problems", "/nowhere/a.xlsx"], "file.unwritable"),
        (["export", "/nowhere/a.xlsx"], "file.unwritable"),
    ],
)
def test_wrong_use_is_one_sentence(call, file, arguments, code):
    path = file([HEADER, ["N1", "赵新一", None, date(1999, 7, 1), "组织BY2", None, None]])
    with pytest.raises(Refusal) as refused:
        call(*[argument.format(file=path) for argument in arguments])
    assert refused.value.code == code
    assert "%" not in str(refused.value)


def test_more_problems_than_fit_are_counted(call, file):
    rows = [HEADER, *([f"N{n}", "赵新", "?", None, "组织BY2", None, None] for n in range(30))]
    assert "more; --problems" in call("import", file(rows), expect=1)


def test_a_csv_is_read_and_marked(call, tmp_path):
    path, out = tmp_path / "名册.csv", tmp_path / "problems.xlsx"
    path.write_bytes("姓名,入党时间,党支部\n赵新一,1999-7-1,组织BY9\n".encode("gb18030"))
    assert "CSV!C2" in call("import", path, "--problems", out, expect=1)
    assert "CSV" in openpyxl.load_workbook(out).sheetnames
