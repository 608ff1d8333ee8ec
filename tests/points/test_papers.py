"""What a bulletin says on paper: PDF, Word and Excel opened as a reader opens them."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import timedelta
from urllib.parse import unquote

import openpyxl
import pytest
from django.urls import reverse
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from linli.access.roles import Role
from linli.files.documents import missing_packages
from linli.members import services as members
from linli.members.models import Member
from linli.organisations.models import Body
from linli.points import queries
from linli.points.models import Bulletin, Entry
from linli.web.templatetags.linli import moment
from tests.points import deeds, months


@pytest.fixture
def taken(world, as_user):
    """Return the file of the bulletin of BY1 as its desk gets it."""
    client = as_user(world.user(Role.SECRETARY, "BY1"))

    def take(form):
        return client.get(reverse("bulletin-file", args=["BY1", "2026-02", form]))

    return take


@pytest.fixture
def month(world):
    """A month with whole and broken figures, a member without deeds, one who is not scored."""
    deeds.award(world, world.members["BY1"][0])
    deeds.award(world, world.members["BY1"][1], indicator="VOL", minutes=60)
    deeds.award(world, world.members["BY1"][1])
    exempt = members.ensure_class(
        code="retired", name="离退休", duties="", scored=False, by=world.by, now=world.now, key=world.key()
    )
    Member.objects.filter(number="BY1-4").update(member_class=exempt)


def sheet_of(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def document_of(answer):
    return Document(io.BytesIO(answer.content))


def words_of(answer):
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=answer.content, check=True, capture_output=True
    ).stdout.decode()


def test_figures_of_the_workbook_are_numbers_with_their_sign(world, month, taken):
    bulletin = months.published(world)
    sheet = sheet_of(taken("xlsx"))
    for line, row in enumerate(queries.shown_rows(bulletin.frozen), 4):
        shown, total = sheet.cell(line, 3), sheet.cell(line, 4)
        if not row.scored:
            assert (shown.value, total.value) == ("不计分", None)
            continue
        assert (shown.data_type, total.data_type) == ("n", "n")
        assert (round(shown.value * 10), round(total.value * 10)) == (row.month, row.total)
        assert shown.number_format == ("+0.0;-0.0;0" if row.month % 10 else "+0;-0;0")
    assert {sheet.cell(line, 3).number_format for line in (4, 5)} == {"+0;-0;0", "+0.0;-0.0;0"}
    assert sheet["B6"].value == "本月没有"


def test_the_workbook_is_ready_to_print_and_says_what_the_pdf_says(world, month, taken):
    bulletin = months.published(world)
    sheet = sheet_of(taken("xlsx"))
    words = "\n".join(str(cell.value) for row in sheet for cell in row if cell.value is not None)
    assert f"{moment(bulletin.published_at)} 发布。未经本人同意，姓名不全部显示。" in words
    assert "请保存这张纸" in words
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.paperSize == 9
    assert sheet.oddFooter.center.text
    assert sheet["A4"].font.name == "Microsoft YaHei"
    assert sheet["A4"].border.left.style == "thin"


def test_a_body_named_like_a_formula_stays_words(world, month, taken):
    Body.objects.filter(code="BY1").update(name="=1+1")
    months.drafted(world)
    assert [cell for row in sheet_of(taken("xlsx")) for cell in row if cell.data_type == "f"] == []


def test_the_word_bulletin_is_laid_out_for_a_chinese_office(world, month, taken):
    bulletin = months.published(world)
    document = document_of(taken("docx"))
    table, section = document.tables[0], document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(column.width.mm) for column in table.columns] == [24, 98, 16, 16]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    heads = [cell.paragraphs[0].alignment for cell in table.rows[0].cells]
    assert heads == [None, None, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.RIGHT]
    texts = [[paragraph.text for paragraph in row.cells[1].paragraphs] for row in table.rows[1:]]
    assert [len(text) for text in texts[:2]] == [1, 2]
    assert texts[2] == ["本月没有"]
    figures = table.rows[1].cells[2].paragraphs[0]
    assert (figures.text, figures.alignment) == ("+1", WD_ALIGN_PARAGRAPH.RIGHT)
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"{moment(bulletin.published_at)} 发布。未经本人同意，姓名不全部显示。" in words
    assert "请保存这张纸" in words
    assert 'w:eastAsia="仿宋"' in document.styles["Normal"].element.xml
    assert {each.get(qn("w:eastAsia")) for each in document.styles.element.iter(qn("w:lang"))} == {"zh-CN"}


def test_the_word_bulletin_says_who_and_when_it_is(world, month, taken):
    months.published(world)
    facts = document_of(taken("docx")).core_properties
    assert "积分通报" in facts.title
    assert "python-docx" not in f"{facts.author}{facts.comments}"
    assert facts.created.year >= world.now.year


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_a_draft_says_so_everywhere_and_the_day_in_one_way(world, month, taken):
    if missing_packages():
        pytest.skip("no Pango here")
    months.drafted(world)
    until = moment((world.now + timedelta(days=5)).replace(hour=23, minute=59))
    said = f"草稿，不是定稿。有异议请在 {until} 前向党支部书记提出。"
    document = "\n".join(paragraph.text for paragraph in document_of(taken("docx")).paragraphs)
    pdf = words_of(taken("pdf"))
    assert said in document
    assert said in pdf
    assert pdf.count("草稿，不是定稿") == 2, "in the frame, and at the foot of the page"
    assert sheet_of(taken("xlsx"))["A2"].value == said


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_a_bulletin_without_rows_says_that_there_was_nothing(world, taken):
    if missing_packages():
        pytest.skip("no Pango here")
    months.drafted(world)
    Bulletin.objects.update(frozen=[])
    assert "本月没有" in words_of(taken("pdf"))
    assert "本月没有" in document_of(taken("docx")).tables[0].rows[1].cells[1].text
    assert sheet_of(taken("xlsx"))["B4"].value == "本月没有"


def test_bulletins_and_proofs_are_named_in_chinese_and_kept_in_no_cache(world, month, taken, as_user, client):
    def kept(answer):
        return unquote(answer.headers["Content-Disposition"]), answer.headers.get("Cache-Control")

    bulletin = months.drafted(world)
    name, cache = kept(taken("xlsx"))
    assert "通报-组织BY1-2026-02（草稿）.xlsx" in name
    assert cache == "no-store"
    Bulletin.objects.all().delete()
    bulletin = months.published(world)
    assert "通报-组织BY1-2026-02.docx" in kept(taken("docx"))[0]
    name, cache = kept(client.get(reverse("bulletin-pdf", args=[bulletin.pk])))
    assert name.startswith("inline")
    assert "通报-组织BY1-2026-02.pdf" in name
    entry = Entry.objects.get(member=world.member)
    name, cache = kept(as_user(world.member.user).get(reverse("my-proof", args=[entry.pk])))
    assert f"证明-{entry.pk}.json" in name
    assert cache == "no-store"
