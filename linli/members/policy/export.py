"""The roster as a workbook: readable on screen, printable on A4, and read back as exactly what it says."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from linli.files.policy.listing import HEADER_ROW, PAGE, lay_out, looks
from linli.lib.cells import inert
from linli.members.policy.columns import COLUMNS, Column
from linli.members.policy.rows import RosterRow
from linli.members.policy.vocabulary import CLASSES, EDUCATIONS, SEXES, STAGES, TITLES, written

SHEET = "党员花名册"
WIDTHS = {
    "number": 12, "name": 9, "sex": 5, "born_on": 11, "education": 8, "joined_on": 11, "full_on": 11,
    "stage": 9, "member_class": 9, "organisation": 21, "organisation_code": 11, "phone": 13, "posts": 14,
    "post_since": 11,
}  # fmt: skip
"""Column widths in characters; together they fit the width of an A4 sheet laid across at a legible scale."""

Words = Mapping[str, Callable[[Any], str]]


def write_roster(
    rows: Iterable[RosterRow],
    *,
    title: str,
    organisations: Mapping[str, str],
    classes: Mapping[str, str] = CLASSES,
    text: Callable[[str], str] = str,
    without: Collection[str] = (),
) -> bytes:
    """Return the .xlsx of `rows` under `title`; reading it back gives the same rows.

    Columns of the fields in `without` are left out: the reader leaves alone what has no column.

    `organisations` and `classes` are code → name. All words are inert text cells, also once the sheet is saved as
    CSV; days are real days. `text` translates the page mark of the footer.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(SHEET)
        columns = [column for column in COLUMNS if column.field not in without]
        look = looks(book)
        sheet.write_string(0, 0, inert(title), look.top)
        for place, column in enumerate(columns):
            sheet.write_string(HEADER_ROW, place, column.headings[0], look.head)
        last = HEADER_ROW
        words = _words(organisations, classes)
        for last, row in enumerate(rows, HEADER_ROW + 1):
            for place, column in enumerate(columns):
                value = words[column.field](row) if column.field in words else getattr(row, column.field)
                if isinstance(value, date):
                    sheet.write_datetime(last, place, value, look.day)
                elif value:
                    sheet.write_string(last, place, inert(value), look.plain)
                else:
                    sheet.write_blank(last, place, None, look.plain)
        _offer_words(sheet, last, classes, columns)
        lay_out(sheet, last, text(PAGE), [WIDTHS[column.field] for column in columns], frozen=2)
    return out.getvalue()


def _words(organisations: Mapping[str, str], classes: Mapping[str, str]) -> Words:
    """Return how each field that holds a code is written; a code without a word stands for itself."""
    sexes, stages, educations, titles = map(written, (SEXES, STAGES, EDUCATIONS, TITLES))
    return {
        "sex": lambda row: sexes.get(row.sex, row.sex),
        "stage": lambda row: stages.get(row.stage, row.stage),
        "education": lambda row: educations.get(row.education, row.education),
        "posts": lambda row: "、".join(titles.get(title, title) for title in row.posts),
        "member_class": lambda row: classes.get(row.member_class, row.member_class),
        "organisation": lambda row: organisations.get(row.organisation, ""),
        "organisation_code": lambda row: row.organisation,
    }


def _offer_words(sheet: Worksheet, last: int, classes: Mapping[str, str], columns: Sequence[Column]) -> None:
    """Let Excel offer the words of the closed columns, without forbidding others: the reader knows more of them."""
    offers = {
        "sex": written(SEXES).values(),
        "stage": written(STAGES).values(),
        "education": written(EDUCATIONS).values(),
        "member_class": classes.values(),
    }
    for place, column in enumerate(columns):
        if column.field in offers:
            rule = {"validate": "list", "source": list(offers[column.field]), "error_type": "information"}
            sheet.data_validation(HEADER_ROW + 1, place, last + 200, place, rule)
