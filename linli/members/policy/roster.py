"""A roster read whole: every row checked, every problem at its cell, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from string import ascii_uppercase

from linli.files.policy.problems import Problem, Severity
from linli.files.policy.workbook import Table
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.policy.header import SEARCHED_ROWS, find_header
from linli.members.policy.reading import field_readers, read_sheet
from linli.members.policy.rows import RosterRow
from linli.members.policy.rules import Places, check_rows
from linli.members.policy.selection import select_rows
from linli.members.policy.twins import check_twins
from linli.members.policy.vocabulary import CLASSES

NO_HEADER = gettext_noop(
    "No sheet has a header row with a column 姓名 and another one of a roster (such as 入党日期). Put the header above "
    "the members, in one of the first %(rows)s rows."
)
SHEET_SKIPPED = gettext_noop("Sheet %(sheet)s has no header of a roster and was not read.")
NO_MEMBERS = gettext_noop("No row below the header of sheet %(sheet)s names a member. Write the members below it.")


@dataclass(frozen=True, slots=True)
class RosterRead:
    """What a roster says: all of its member rows; while `problems` holds an error, none of them may be saved."""

    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    places: Places = field(default_factory=dict)
    """Sheet → field → 0-based column: which columns each sheet has."""

    @property
    def sound(self) -> bool:
        """Whether there is no error; warnings alone do not stop an import."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def in_order(problems: Iterable[Problem], places: Places) -> tuple[Problem, ...]:
    """Return `problems` in the order of sheets, rows and columns."""
    order = {sheet: number for number, sheet in enumerate(places)}
    return tuple(
        sorted(problems, key=lambda each: (order[each.sheet], int(each.cell.lstrip(ascii_uppercase)), each.cell))
    )


def read_roster(
    tables: Sequence[Table],
    *,
    today: date,
    organisations: Mapping[str, str],
    classes: Mapping[str, str] = CLASSES,
    organisation: str = "",
) -> RosterRead:
    """Read and check every member row of every sheet that has a header.

    `organisations` and `classes` are code → name; `organisation` is the code for rows that name none. Problems stand
    in the order of sheets and rows. Refuses only what leaves nothing to check: no header at all, a must-have column
    missing, a column twice, no member.
    """
    by_field = field_readers(today, organisations, classes, organisation)
    rows: list[RosterRow] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    places: dict[str, Mapping[str, int]] = {}
    for table in tables:
        header = find_header(table, organisation_given=bool(organisation))
        if header is None:
            notes.append(
                Problem(table.sheet, "", "roster.sheet_skipped", SHEET_SKIPPED, {"sheet": table.sheet}, Severity.NOTE)
            )
            continue
        selection = select_rows(table, header)
        places[table.sheet] = header.columns
        rows += read_sheet(table.sheet, header, selection, by_field, problems)
        problems += selection.formulas
        notes += (*header.notes, *selection.notes)
    if not places:
        raise Refusal("roster.no_header", NO_HEADER, rows=SEARCHED_ROWS)
    if not rows:
        raise Refusal("roster.no_members", NO_MEMBERS, sheet="、".join(places))
    problems += (*check_rows(rows, places, today), *check_twins(rows, places))
    return RosterRead(tuple(rows), in_order(problems, places), tuple(notes), places)
