"""Forms to print as Word: each ships with a template made by code, which a subdistrict may replace by its own.

An app lists its forms in `FORMS` and names them in `settings.PAPERS`; their templates are built with the helpers here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from linli.files.policy.word import BODY, CENTER, HEAD, add_line, new_document, saved

LARGE, SMALL = 20, 14
"""Heights of a title and of the line below it, in points."""


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form: its code, its name (a msgid), an example of each field, what builds the template that ships."""

    code: str
    label: str
    sample: Mapping[str, object]
    build: Callable[[Any], None]

    def __hash__(self) -> int:
        return hash(self.code)


def shipped(form: PaperForm, *, now: datetime) -> bytes:
    """Return the template of `form` in the language of the page; it says that it was made on the day of `now`."""
    return _made(form, get_language() or "", now.replace(hour=0, minute=0, second=0, microsecond=0))


@lru_cache(maxsize=32)
def _made(form: PaperForm, _language: str, day: datetime) -> bytes:
    document = new_document(_(form.label), now=day)
    form.build(document)
    return saved(document)


def paper_title(document: Any, text: str, below: str = "") -> None:
    """Add the title in the middle, and a smaller line below it."""
    add_line(document, text, font=HEAD, size=LARGE, at=CENTER)
    if below:
        add_line(document, below, font=BODY, size=SMALL, at=CENTER)


def paper_table(
    document: Any,
    head: Sequence[str],
    *blocks: tuple[str, Sequence[str]],
    height: float = 0.8,
    widths: Sequence[float] = (),
) -> None:
    """Add a table with one row, `height` cm, for each of a list; `blocks` are (loop, cells), `widths` in cm."""
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.text = words
    for loop, cells in blocks:
        table.add_row().cells[0].text = f"{{%tr for {loop} %}}"
        row = table.add_row()
        row.height = Cm(height)
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        table.add_row().cells[0].text = "{%tr endfor %}"
    table.autofit = not widths
    for column, width in zip(table.columns, widths, strict=False):
        column.width = Cm(width)
    for row in table.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        for cell, width in zip(row.cells, widths, strict=False):
            cell.width = Cm(width)


def paper_lines(document: Any, *lines: str, apart: float = 10) -> None:
    """Add paragraphs `apart` points from each other; what belongs on one sheet stands close."""
    for line in lines:
        document.add_paragraph(line).paragraph_format.space_after = Pt(apart)


def paper_sealed(document: Any, *below: str) -> None:
    """Add, to the right, who puts the seal, and what stands below."""
    for line in (_("{{ body }} (seal)"), *below):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
