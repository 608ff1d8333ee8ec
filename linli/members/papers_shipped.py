"""The templates that ship, made by code: subdistricts take them as they are, or as the start of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from linli.files.policy.word import BODY, CENTER, HEAD, add_line, new_document, saved
from linli.members.policy.papers import Paper


def shipped(paper: Paper, *, now: datetime) -> bytes:
    """Return the template of `paper` in the language of the page; it says that it was made on the day of `now`."""
    return _made(paper, get_language() or "", now.replace(hour=0, minute=0, second=0, microsecond=0))


@lru_cache(maxsize=32)
def _made(paper: Paper, _language: str, day: datetime) -> bytes:
    document = new_document(_(paper.label), now=day)
    _BUILDERS[paper](document)
    return saved(document)


def _title(document: Any, text: str, below: str = "") -> None:
    for line, size in ((text, 20), (below, 14)):
        if not line:
            continue
        add_line(document, line, font=HEAD if size > 14 else BODY, size=size, at=CENTER)  # noqa: PLR2004 -- the two sizes above


def _table(
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


def _lines(document: Any, *lines: str, apart: float = 10) -> None:
    """Add paragraphs `apart` points from each other; what belongs on one sheet stands close."""
    for line in lines:
        document.add_paragraph(line).paragraph_format.space_after = Pt(apart)


def _sealed(document: Any, *below: str) -> None:
    """Add, to the right, who puts the seal, and what stands below."""
    for line in (_("{{ body }} (seal)"), *below):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _ballot(document: Any) -> None:
    _title(document, _("{{ body }}: ballot paper, {{ what }}"), _("{{ day }} · {{ kind }} · {{ seats }} to be elected"))
    head = [_("Candidate"), _("For"), _("Against"), _("Abstained")]
    _table(document, head, ("one in candidates", ["{{ one.name }}", "", "", ""]), height=0.95)
    _lines(document, "", apart=0)
    _table(document, [_("Somebody else"), _("For")], ("blank in blanks", ["{{ blank }}", ""]), height=0.95)
    _lines(
        document,
        "",
        _("1. Candidates stand in the order of their surnames in pinyin."),
        _("2. Mark ○ below “for”, × below “against”; no mark is an abstention."),
        _("3. Who wants somebody else writes the name and marks ○ behind it."),
        _("4. At most {{ seats }} marks ○; a ballot with more is invalid."),
        apart=0,
    )
    _sealed(document)


def _sheet(document: Any) -> None:
    _title(document, _("{{ body }}: counting sheet, {{ what }}"), "{{ day }} · {{ kind }}")
    _lines(
        document,
        _("Due {{ due }}, present {{ present }}, to be elected {{ seats }}"),
        _("Ballots issued {{ issued }}, returned {{ returned }}, valid {{ valid }}, invalid {{ invalid }}"),
    )
    head = [_("Name of the person"), _("For"), _("Against"), _("Abstained")]
    row = ["{{ one.name }}", "{{ one.yes }}", "{{ one.no }}", "{{ one.abstain }}"]
    _table(document, head, ("one in candidates", row), ("blank in blanks", ["{{ blank }}", "", "", ""]))
    _lines(
        document, "", _("Scrutineers:                    Counters:"), _("Chief scrutineer:                    Date:")
    )


def _counts(document: Any) -> None:
    _lines(
        document,
        "{%p for ballot in ballots %}",
        _(
            "{{ ballot.kind }}: {{ ballot.seats }} to be elected, issued {{ ballot.issued }}, returned "
            "{{ ballot.returned }}, valid {{ ballot.valid }}, invalid {{ ballot.invalid }}."
        ),
        "{%p for one in ballot.lines %}",
        _("{{ one.name }}: {{ one.yes }} for, {{ one.no }} against, {{ one.abstain }} abstained"),
        "{%p endfor %}",
        "{%p endfor %}",
        apart=2,
    )


def _minutes(document: Any) -> None:
    _title(document, _("{{ body }}: minutes of the election"), "{{ day }} · {{ venue }}")
    _lines(
        document,
        _(
            "{{ assembly }} for the election of {{ what }}. Due {{ due }}, present {{ present }}, absent {{ absent }}; "
            "at least {{ least }} have to be present, so the meeting was valid."
        ),
    )
    _counts(document)
    _lines(document, _("Elected, in office for {{ term }} years:"))
    _table(
        document,
        [_("Name of the person"), _("Office"), _("Votes")],
        ("one in elected", ["{{ one.name }}", "{{ one.title }}", "{{ one.yes }}"]),
    )
    _lines(document, "", _("Chair:                    Recorder:"))


def _report(document: Any) -> None:
    _title(document, _("Report on the election of {{ what }} of {{ body }}"), "{{ report }}")
    _lines(
        document,
        "{{ upper }}：",
        _(
            "On {{ day }} {{ body }} held its {{ assembly }}. Due {{ due }}, present {{ present }}. The following were "
            "elected by secret ballot, for {{ term }} years. We ask to approve secretary and deputy and to file the "
            "members."
        ),
    )
    head = [_("Name of the person"), _("Office"), _("Sex"), _("Born"), _("Education"), _("Joined"), _("Votes")]
    row = [f"{{{{ one.{name} }}}}" for name in ("name", "title", "sex", "born", "education", "joined", "yes")]
    _table(document, head, ("one in elected", row), widths=(2.0, 2.4, 1.4, 3.4, 1.7, 3.4, 1.4))
    _lines(document, "", apart=0)
    _counts(document)
    _sealed(document, "{{ reported }}")


_BUILDERS: dict[Paper, Callable[[Any], None]] = {
    Paper.BALLOT: _ballot,
    Paper.SHEET: _sheet,
    Paper.MINUTES: _minutes,
    Paper.REPORT: _report,
}
