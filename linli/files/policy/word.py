"""A Word document as Chinese offices print it: A4, 仿宋 and 黑体, no trace of the library that made it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

BODY, HEAD = "仿宋", "黑体"
LANGUAGE = "zh-CN"
RED = RGBColor(0xB0, 0x23, 0x1B)
RIGHT, CENTER = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER


def new_document(title: str, *, now: datetime, size: int = 14) -> Any:
    """Return an empty document called `title`, made `now`, on A4; its text is `size` points high."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.54)
    set_font(document.styles["Normal"], BODY, size)
    _speak_chinese(document.styles.element)
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by, facts.comments = title, "", "", ""
    facts.created = facts.modified = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    facts.language, facts.revision = LANGUAGE, 1
    return document


def set_font(styled: Any, name: str, size: float) -> None:
    """Give a style or a run the font `name`, also for Chinese characters, `size` points high."""
    styled.font.name, styled.font.size = name, Pt(size)
    styled.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), name)


def add_line(document: Any, text: str, *, font: str = BODY, size: float = 14, at: Any = None) -> Any:
    """Add a paragraph of one run and return the run; `at` is its alignment."""
    paragraph = document.add_paragraph()
    paragraph.alignment = at
    run = paragraph.add_run(text)
    set_font(run, font, size)
    return run


def add_cut(document: Any) -> None:
    """Add a dashed line across the page: here the sheet is cut in two."""
    paragraph = document.add_paragraph()
    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "dashed"), ("sz", "8"), ("space", "1"), ("color", "777777")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph.paragraph_format.element.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def add_table(document: Any, head: Sequence[str], widths: Sequence[int], *, right: int) -> Any:
    """Add a table, columns of `widths` mm, headings again on every page; from column `right` on to the right."""
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for place, (cell, words, width) in enumerate(zip(table.rows[0].cells, head, widths, strict=True)):
        cell.width = Mm(width)
        _write(cell.paragraphs[0], words, HEAD, to_right=place >= right)
    _mark_row(table.rows[0], "tblHeader")
    return table


def add_row(table: Any, cells: Sequence[Sequence[str]], *, right: int) -> None:
    """Add a row that stays on one page, each cell a paragraph for each text; from column `right` on to the right."""
    row = table.add_row()
    _mark_row(row, "cantSplit")
    for place, (cell, column, texts) in enumerate(zip(row.cells, table.columns, cells, strict=True)):
        cell.width = column.width
        for line, text in enumerate(texts):
            paragraph = cell.paragraphs[0] if line == 0 else cell.add_paragraph()
            _write(paragraph, text, BODY, to_right=place >= right)


def number_pages(document: Any) -> None:
    """Write page and pages at the foot of every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = CENTER
    for field in ("PAGE", " / ", "NUMPAGES"):
        if field == " / ":
            paragraph.add_run(field)
            continue
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), field)
        paragraph._p.append(simple)  # noqa: SLF001 -- python-docx knows no fields


def saved(document: Any) -> bytes:
    """Return the document as the bytes of a file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write(paragraph: Any, text: str, font: str, *, to_right: bool) -> None:
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.alignment = RIGHT if to_right else None
    set_font(paragraph.add_run(text), font, 11)


def _mark_row(row: Any, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{mark}"))  # noqa: SLF001 -- python-docx has no setter


def _speak_chinese(styles: Any) -> None:
    """Say that the text is Chinese, so that Word neither underlines it nor sets it in a Western font."""
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
        language.set(qn("w:eastAsia"), LANGUAGE)
