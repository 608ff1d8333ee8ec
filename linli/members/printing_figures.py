"""The figures in words of the page's language: the cross table and the annual sheet, as workbook and as PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from linli.files import documents
from linli.files.policy.listing import PAGE
from linli.lib.words import gettext_noop
from linli.members.policy.dimensions import Dimension
from linli.members.policy.sheets import Sheet, write_sheets
from linli.members.queries.cells import Cell
from linli.members.queries.statistics import Annual, Cube
from linli.organisations.queries import Node
from linli.web.forms import said
from linli.web.templatetags.linli import day as day_in_words

SHOWN = (Dimension.STAGE, Dimension.SEX, Dimension.AGE, Dimension.EDUCATION, Dimension.SENIORITY)
"""What the annual sheet counts by, in its order."""
INDENT = "　"
UNIT = gettext_noop("Party organisation")
"""Heads a column in which committees stand above branches."""


def words(cell: Cell) -> str:
    """Return the cell in words."""
    return said(cell.words, cell.values)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the annual sheet: its group and words, what its list is asked for, its counts by path."""

    group: str
    words: str
    asked: dict[str, str]
    counts: Counter[str]

    def of(self, path: str) -> int:
        """Return the count of the unit at `path` with those below it."""
        return sum(count for unit, count in self.counts.items() if unit.startswith(path))


def columns(annual: Annual) -> list[Column]:
    """Return the columns of the annual sheet."""
    return list(_columns(annual))


def _columns(annual: Annual) -> Iterator[Column]:
    everybody = Counter[str]()
    for key, count in annual.cube.counts.items():
        everybody[key[0]] += count
    yield Column(_("Members"), _("In all"), {}, everybody)
    for dimension in SHOWN:
        by_cell: dict[str, Counter[str]] = {cell.value: Counter() for cell in annual.cube.cells[dimension]}
        place = tuple(Dimension).index(dimension) + 1
        for key, count in annual.cube.counts.items():
            by_cell[key[place]][key[0]] += count
        for cell in annual.cube.filled(dimension):
            yield Column(_(dimension.label), words(cell), {dimension.value: cell.value}, by_cell[cell.value])
    for change, counts in annual.changes.items():
        yield Column(_("Changes"), _(change.label), {"change": change.value}, counts)
    for group, counts in annual.posts.items():
        yield Column(_("Posts"), _(group.label), {"post": group.value}, counts)


def annual_title(name: str, day: date) -> str:
    """Return the title of the annual sheet of the unit called `name`."""
    text = _("Annual statistics of members %(year)s, %(unit)s (as of %(day)s)")
    return text % {"year": day.year, "unit": name, "day": day_in_words(day)}


def annual_file(annual: Annual, *, name: str, day: date, form: str) -> bytes:
    """Return the annual sheet as `xlsx` or `pdf`."""
    title, parts = annual_title(name, day), _parts(columns(annual))
    if form == "xlsx":
        sheets = [_sheet(annual, part, f"{_('Annual sheet')} {number}", title) for number, part in enumerate(parts, 1)]
        return write_sheets(sheets, page=_(PAGE))
    tables = [
        {
            "groups": [(group, len(list(some))) for group, some in groupby(part, key=lambda column: column.group)],
            "columns": [column.words for column in part],
            "rows": [(node, [column.of(path) for column in part]) for node, path in annual.nodes],
        }
        for part in parts
    ]
    context = {"title": title, "tables": tables, "note": counts_note()}
    return documents.pdf(render_to_string("members/annual_sheet.html", context))


def _parts(found: list[Column]) -> list[list[Column]]:
    """Return the columns of each of the two halves: all are too many for the width of a paper."""
    later = ("change", "post", Dimension.SENIORITY.value)
    first = [column for column in found if column.asked.keys().isdisjoint(later)]
    return [first, [column for column in found if column not in first]]


def _sheet(annual: Annual, part: list[Column], name: str, title: str) -> Sheet:
    head = [["", *(column.group for column in part)], [_(UNIT), *(column.words for column in part)]]
    rows: list[list[str | int]] = [
        [INDENT * node.depth + node.name, *(column.of(path) for column in part)] for node, path in annual.nodes
    ]
    return Sheet(name, title, head, rows, note=counts_note())


def counts_note() -> str:
    """Return what the figures count, in a sentence."""
    return _(
        "Each line counts the unit with those below it. Who is out of touch (membership suspended) or has a temporary "
        "relation only does not count."
    )


def crossed_file(
    cube: Cube, nodes: list[tuple[Node, str]], *, rows: Dimension, across: Dimension, name: str, day: date
) -> bytes:
    """Return the cross table of two dimensions as a workbook: in all, and unit by unit with those below."""
    down, right = cube.filled(rows), cube.filled(across)
    text = _("Members by %(rows)s and %(columns)s, %(unit)s, as of %(day)s")
    day_words = day_in_words(day)
    title = text % {"rows": _(rows.label), "columns": _(across.label), "unit": name, "day": day_words}
    head = [*(words(cell) for cell in right), _("In all")]

    def lines(path: str, before: Callable[[str], list[str]]) -> list[list[str | int]]:
        counts = cube.crossed(rows, across, path)
        found: list[list[str | int]] = []
        for cell in down:
            line = [counts[cell.value, each.value] for each in right]
            found.append([*before(words(cell)), *line, sum(line)])
        sums = [sum(counts[cell.value, each.value] for cell in down) for each in right]
        return [*found, [*before(_("In all")), *sums, sum(sums)]]

    whole = lines("", lambda cell: [cell])
    by_unit = [line for node, path in nodes for line in lines(path, lambda cell, node=node: [node.name, cell])]  # type: ignore[misc]
    return write_sheets(
        [
            Sheet(_("In all"), title, [[_(rows.label), *head]], whole, note=counts_note()),
            Sheet(_("By unit"), title, [[_(UNIT), _(rows.label), *head]], by_unit, 2, counts_note()),
        ],
        page=_(PAGE),
    )
