import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner

from linli.audit.models import Checkpoint
from linli.lib.clock import CHINA
from linli.members import services as members
from linli.members.models import Member
from linli.members.policy.kinds import Purpose
from linli.points.models import Entry
from linli.project import cli
from linli.web.templatetags.linli import moment
from tests.points import deeds, months


@pytest.fixture
def linli(monkeypatch, capsys):
    """Run `linli …` as from the shell; return exit code and what it said."""

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["linli", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.fixture
def sealed(world):
    deeds.award(world, *world.members["BY1"])
    return months.published(world)


@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "pdf"])
def test_a_bulletin_in_every_format(sealed, linli, tmp_path, form):
    file = tmp_path / f"x.{form}"
    code, said = linli("bulletin", "2026-02", "--organisation", "BY1", "--format", form, "--out", file)
    assert code == 0, said
    content = file.read_bytes()
    if form == "html":
        assert "王某某" in content.decode()
        assert "王小一" not in content.decode()
    elif form == "docx":
        table = Document(io.BytesIO(content)).tables[0]
        assert [cell.text for cell in table.rows[1].cells][0] == "王某某"
        assert len(table.rows) == 6
    elif form == "xlsx":
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
        assert [row[0] for row in rows[3:8]] == ["王某某", "李某某", "张某某", "刘某某", "陈某某"]
    else:
        assert content.startswith(b"%PDF")


def test_the_default_is_a_pdf_in_the_folder_of_the_caller(sealed, linli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, said = linli("bulletin", "2026-02", "--organisation", "BY1")
    assert (code, (tmp_path / "bulletin-BY1-2026-02.pdf").exists()) == (0, True), said


def test_no_cell_of_the_workbook_is_a_formula(sealed, linli, tmp_path, world):
    Member.objects.filter(pk=world.member.pk).update(name="=1+1")
    members.set_consent(
        world.member, purpose=Purpose.NAME_BULLETIN, given=True, by=world.by, now=world.now, key=world.key()
    )
    file = tmp_path / "x.xlsx"
    assert linli("bulletin", "2026-02", "--organisation", "BY1", "--format", "xlsx", "--out", file)[0] == 0
    cell = openpyxl.load_workbook(file).active["A4"]
    assert (cell.data_type, cell.value) == ("s", "'=1+1")
    with zipfile.ZipFile(file) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_draft_says_that_it_is_not_final(world, linli, tmp_path):
    months.drafted(world)
    file = tmp_path / "x.html"
    code, said = linli("bulletin", "2026-02", "--organisation", "BY1", "--format", "html", "--out", file)
    until = moment(datetime(2026, 3, 23, 23, 59, tzinfo=CHINA))
    assert code == 0, said
    assert until in file.read_text()


def test_a_proof_is_accepted_and_refused_after_one_changed_byte(sealed, linli, tmp_path):
    entry, file = Entry.objects.latest("pk"), tmp_path / "proof.json"
    assert linli("proof", entry.pk, "--out", file)[0] == 0
    assert linli("proof", f"#{entry.pk}", "--out", file)[0] == 0
    code, said = linli("verify-proof", file)
    assert code == 0, said
    assert f"和 {moment(Checkpoint.objects.get().made_at)}。" in said, "as the bulletin prints it"
    assert Checkpoint.objects.get().root[:4] in file.read_text()
    file.write_bytes(file.read_bytes().replace(b'"tenths":10', b'"tenths":99'))
    assert linli("verify-proof", file)[0] == 1
    file.write_bytes(b"no proof")
    assert linli("verify-proof", file)[0] == 2
    assert linli("verify-proof", tmp_path / "none.json")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bulletin", "2026-2", "--organisation", "BY1"], "2026-2"),
        (["bulletin", "2026-13", "--organisation", "BY1"], "2026-13"),
        (["bulletin", "2026-02", "--organisation", "NONE"], "NONE"),
        (["bulletin", "2026-01", "--organisation", "BY1"], "2026-01"),
        (["bulletin", "2026-02", "--organisation", "BY1", "--format", "odt"], "odt"),
        (["bulletin", "2026-02", "--organisation", "BY1", "--out", "/nowhere/at/all.pdf", "--format", "html"], "/nowhere"),
        (["proof", "abc"], "abc"),
        (["proof", "99999999999999999999"], "99999999999999999999"),
        (["proof", "0"], "0"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_sentence_and_exit_code_2(sealed, linli, arguments, words):
    code, said = linli(*arguments)
    assert code == 2
    assert words in said
    assert len(said.strip().splitlines()) == 1, said


def test_a_line_of_an_open_month_has_no_proof_yet(world, linli):
    entry = deeds.entry(world)
    code, said = linli("proof", entry.pk)
    assert (code, "2026-02" in said) == (2, True)


def test_verify_takes_a_printed_checkpoint(sealed, linli):
    point = Checkpoint.objects.get()
    code, said = linli("verify", "--witness", f"{point.size}:{point.root}")
    assert code == 0, said
    assert linli("verify", "--witness", f"{point.size}:{'0' * 64}")[0] == 1
    assert linli("verify", "--witness", f"{point.size + 1}:{point.root}", "--json")[0] == 1
    assert linli("verify", "--witness", "paper")[0] == 2


def test_the_commands_register_on_an_application():
    import typer

    from linli.points import commands

    app = typer.Typer()
    commands.register(app)
    said = CliRunner().invoke(app, ["--help"]).output
    assert all(name in said for name in ("bulletin", "proof", "verify-proof"))
