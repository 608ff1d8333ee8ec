"""A copy of a workbook with every problem at its cell, and all of them listed on a first sheet."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Sequence

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from linli.files.policy.copies import quiet_copy
from linli.files.policy.problems import Problem, Severity
from linli.files.policy.workbook import PROBLEM_SHEET, Table
from linli.lib.words import gettext_noop

MAX_MARKED = 2000
AUTHOR = "Linli"
COLOURS = {Severity.ERROR: "FFF4B6B0", Severity.WARNING: "FFFCE8A6", Severity.NOTE: "FFE3E7EC"}
HEAD = "FFF3E4E1"
SIGNS = {
    Severity.ERROR: gettext_noop("Must be mended"),
    Severity.WARNING: gettext_noop("Please check"),
    Severity.NOTE: gettext_noop("Note"),
}
HEADINGS = (gettext_noop("Kind"), gettext_noop("Sheet"), gettext_noop("Cell"), gettext_noop("What to do"))
MORE = gettext_noop("%(count)s further findings are not shown; mend these first and import again.")
WIDTHS = (17, 18, 9, 96)
ROW, WIDE = 15, "\u2e80"
"""Height of a line in points; from this character on one takes the width of two."""
COMMENT_WIDTH, COMMENT_HEIGHT, LINE = 320, 60, 22


def mark_problems(
    data: bytes,
    problems: Sequence[Problem],
    text: Callable[[Problem], str],
    *,
    say: Callable[[str], str] = str,
    tables: Sequence[Table] = (),
) -> bytes:
    """Return a copy of the workbook `data` with colour and a comment at each problem's cell.

    The first sheet lists the first `MAX_MARKED` problems with links; the reader passes over it, so that
    the mended copy can be imported as it is. `text` says a problem in the reader's language, `say` translates a
    msgid. Marks of an earlier round are taken away first. Formats and widths stay, formulas stay as words that
    nothing runs; what openpyxl does not know (drawings, forms) is lost in the copy. Of a CSV, and of a workbook
    whose formats openpyxl cannot read, the copy is made from the `tables` that were read.
    """
    book = quiet_copy(data, tables)
    if PROBLEM_SHEET in book.sheetnames:
        del book[PROBLEM_SHEET]
        for each in book.worksheets:
            _unmark(each)
    shown = problems[:MAX_MARKED]
    by_cell: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in shown:
        if problem.cell and problem.sheet in book.sheetnames:
            by_cell[problem.sheet, problem.cell].append(problem)
    for (sheet, address), found in by_cell.items():
        _mark(book[sheet], address, found, text)
    _list(book.create_sheet(PROBLEM_SHEET, 0), shown, text, say, len(problems) - len(shown))
    for each in book.worksheets:
        each.sheet_view.tabSelected = each.title == PROBLEM_SHEET
    book.active = 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _unmark(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment, cell.fill = None, PatternFill()


def _mark(sheet: Worksheet, address: str, found: Sequence[Problem], text: Callable[[Problem], str]) -> None:
    """Colour one cell by its worst problem; a cell inside a merge stands for the merge's first cell."""
    merges = (merged.coord.split(":")[0] for merged in sheet.merged_cells.ranges if address in merged)
    address = next(merges, address)
    cell = sheet[address]
    worst = min(found, key=lambda problem: list(Severity).index(problem.severity))
    cell.fill = PatternFill("solid", fgColor=COLOURS[worst.severity])
    words = "\n".join(text(problem) for problem in found)
    if cell.comment is not None:
        words = f"{words}\n{cell.comment.text}"
    height = COMMENT_HEIGHT + LINE * (len(words) // 20)
    cell.comment = Comment(words, AUTHOR, width=COMMENT_WIDTH, height=height)


def _list(
    sheet: Worksheet, shown: Sequence[Problem], text: Callable[[Problem], str], say: Callable[[str], str], more: int
) -> None:
    sheet.append([say(heading) for heading in HEADINGS])
    for problem in shown:
        sheet.append([say(SIGNS[problem.severity]), "", problem.cell])
        line = sheet.max_row
        for place, words in ((2, problem.sheet), (4, text(problem))):
            sheet.cell(line, place, words).data_type = "s"
        sheet.cell(line, 1).fill = PatternFill("solid", fgColor=COLOURS[problem.severity])
        sheet.row_dimensions[line].height = ROW * (1 + sum(1 + (char > WIDE) for char in text(problem)) // WIDTHS[-1])
        if problem.cell:
            link = sheet.cell(line, 3)
            title = problem.sheet.replace("'", "''")
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{title}'!{problem.cell}")
            link.font = Font(color="FF1F4E9E", underline="single")
    if more:
        sheet.append([say(MORE) % {"count": more}])
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCD"[place]].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(vertical="center", wrap_text=cell.column == len(WIDTHS))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=HEAD)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
