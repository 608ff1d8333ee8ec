"""Reads the columns of one sheet: each distinct value once, every cell that cannot be read as a problem."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from linli.files.policy.package import address
from linli.files.policy.problems import Problem, Severity
from linli.lib.errors import Refusal
from linli.members.policy import readers
from linli.members.policy.bodies import body_reader
from linli.members.policy.header import Header
from linli.members.policy.rows import FIELDS, RosterRow
from linli.members.policy.rules import NO_JOINING
from linli.members.policy.selection import Selection

Readers = Mapping[str, Callable[[Any], Any]]
BLANK: Mapping[str, Any] = {"born_on": None, "joined_on": None, "full_on": None, "post_since": None, "posts": ()}
"""What a cell gives that is empty or cannot be read; "" where not named."""


def field_readers(
    today: date, organisations: Mapping[str, str], classes: Mapping[str, str], organisation: str
) -> Readers:
    """Return the reader of each field; the organisation's takes a pair of cells, name and code."""
    day = readers.day_reader(today)
    return {
        "number": readers.read_number,
        "name": readers.read_name,
        "sex": readers.read_sex,
        "education": readers.read_education,
        "stage": readers.read_stage,
        "member_class": readers.class_reader(classes),
        "phone": readers.read_phone,
        "posts": readers.read_posts,
        "organisation": body_reader(organisations, organisation),
        "born_on": day,
        "joined_on": day,
        "full_on": day,
        "post_since": day,
    }


def read_sheet(
    sheet: str, header: Header, selection: Selection, by_field: Readers, problems: list[Problem]
) -> list[RosterRow]:
    """Return the member rows of one sheet; adds to `problems` what no reader could read."""
    count, lines = len(selection.rows), selection.lines
    cells = list(zip(*selection.rows, strict=True))
    taken: dict[str, Sequence[Hashable]] = {
        field: cells[column] if cells else () for field, column in header.columns.items()
    }
    empty = ("",) * count
    taken["organisation"] = list(
        zip(taken.get("organisation", empty), taken.pop("organisation_code", empty), strict=True)
    )
    values: list[Iterable[Any]] = []
    for field in FIELDS:
        if field not in taken:
            values.append(repeat(BLANK.get(field, ""), count))
            continue
        read, refused = _read_each(taken[field], by_field[field], BLANK.get(field, ""))
        values.append(read)
        for line, cell in zip(lines, taken[field], strict=True) if refused else ():
            if cell in refused:
                problems.append(_problem(sheet, line, field, header, refused[cell]))
    if "" in taken["joined_on"]:
        problems += (
            Problem(
                sheet,
                address(line, header.columns["joined_on"]),
                "roster.joined_missing",
                NO_JOINING,
                {},
                Severity.WARNING,
            )
            for line, cell in zip(lines, taken["joined_on"], strict=True)
            if cell == ""
        )
    return list(map(RosterRow, *values, repeat(sheet), [line + 1 for line in lines]))


def _problem(sheet: str, line: int, field: str, header: Header, refusal: Refusal) -> Problem:
    """Place a refusal at its cell: where the field has no column, at the organisation's other one, or at the name."""
    columns = header.columns
    column = columns.get(refusal.field or field, columns.get("organisation_code", columns["name"]))
    return Problem(sheet, address(line, column), refusal.code, refusal.message, refusal.values)


def _read_each(
    cells: Sequence[Hashable], reader: Callable[[Any], Any], blank: object
) -> tuple[list[Any], dict[Hashable, Refusal]]:
    values: dict[Hashable, Any] = {}
    refused: dict[Hashable, Refusal] = {}
    for cell in set(cells):
        try:
            values[cell] = reader(cell)
        except Refusal as refusal:
            values[cell], refused[cell] = blank, refusal
    return [values[cell] for cell in cells], refused
