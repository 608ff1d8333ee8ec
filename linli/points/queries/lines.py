"""The rows of a bulletin: the lines of its month, and what the year counts, in four statements whatever the size.

Written as SQL and counted as tuples, because branches ask for them all day and every publication recounts them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from linli.lib.month import Month
from linli.organisations.models import Body
from linli.points.models import Bulletin
from linli.points.policy import counting
from linli.points.queries.sheets import counting_sheet_on
from linli.store.rows import rows

_LISTED = """SELECT m.id, m.number, c.scored FROM members_member m
JOIN members_memberclass c ON c.id = m.member_class_id WHERE m.id IN (
SELECT member_id FROM members_membership WHERE body_id = %s AND valid_from <= %s
AND (valid_to IS NULL OR valid_to > %s)
UNION SELECT member_id FROM points_entry WHERE body_id = %s AND month = %s) ORDER BY m.number"""

_MONTH = """SELECT e.member_id, e.id, i.code, i.name, e.tenths, e.deed_on, e.source FROM points_entry e
JOIN points_indicator i ON i.id = e.indicator_id WHERE e.body_id = %s AND e.month = %s ORDER BY e.id"""

_YEAR = """SELECT e.member_id, e.id, COALESCE(s.code, i.code), e.tenths, e.month, e.reverses_id FROM points_entry e
JOIN points_indicator i ON i.id = e.indicator_id LEFT JOIN points_indicator s ON s.id = i.shares_caps_of_id
WHERE e.member_id IN %s AND e.month >= %s AND e.month <= %s"""

_SEALED = """ AND (e.body_id = %s AND e.month = %s OR EXISTS (
SELECT 1 FROM points_bulletin b WHERE b.body_id = e.body_id AND b.month = e.month
AND b.state = 'published' AND COALESCE(b.checkpoint_size, 0) < %s))"""
_ANY_SIZE = 2**62

_NUMBERS = "SELECT number, id FROM members_member WHERE number IN %s"


def bulletin_rows(body: Body, month: Month) -> list[dict[str, Any]]:
    """Return the rows of the bulletin of `body` for `month`.

    One for each member whose unit is `body` on the last day of the month, or who has a line in it. A row holds the
    member's number, whether the class takes part, what the month counted, the points of the year after it, and its
    lines (entry, indicator, amount, what it counts, day, source). By number, never by name; amounts in tenths.
    The year counts what was published before and the lines of this month: nothing that is still open elsewhere.
    """
    last = month.following.first - timedelta(days=1)
    listed = rows(_LISTED, body.pk, last, last, body.pk, month.first)
    years = _sealed_years([key for key, _, _ in listed], body.pk, month, _ANY_SIZE)
    lines = _month_lines(body.pk, month, years)
    return [
        {"member": number, "scored": bool(scored) and key in years}
        | _figures(lines.get(key, []), years.get(key) if scored else None)
        for key, number, scored in listed
    ]


def _figures(lines: list[dict[str, Any]], year: counting.Counted | None) -> dict[str, Any]:
    """Return the figures and lines of a row; without a counted year the figures are 0."""
    month = sum(line["counts"] for line in lines) if year else 0
    return {"month": month, "total": year.total if year else 0, "lines": lines}


def _month_lines(body: int, month: Month, years: Mapping[int, counting.Counted]) -> dict[int, list[dict[str, Any]]]:
    """Return the lines of a branch month by member, as a bulletin shows them, in the order of booking."""
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for member, entry, code, name, tenths, deed_on, source in rows(_MONTH, body, month.first):
        lines[member].append(
            {
                "entry": entry,
                "indicator": code,
                "name": name,
                "tenths": tenths,
                "counts": years[member].lines[entry],
                "deed_on": deed_on.isoformat(),
                "source": source,
            }
        )
    return lines


def _sealed_years(keys: Sequence[int], body: int, month: Month, size: int) -> dict[int, counting.Counted]:
    """Return the counted years as the bulletin of `body` and `month` sees them.

    The lines of that month and those of bulletins published before, below `size` records of the log.
    """
    found = rows(_YEAR + _SEALED, *_span(keys, month), body, month.first, size)
    return _counted(keys, found, month)


def counted_years(keys: Sequence[int], until: Month) -> dict[int, counting.Counted]:
    """Return the counted year of each member with all lines booked up to the month `until`, sealed or not."""
    return _counted(keys, rows(_YEAR, *_span(keys, until)), until)


def _span(keys: Sequence[int], until: Month) -> tuple[list[int], date, date]:
    return list(keys), date(until.year, 1, 1), until.first


def _counted(keys: Sequence[int], found: Iterable[tuple[Any, ...]], until: Month) -> dict[int, counting.Counted]:
    """Return what the lines of `_YEAR` count for each member, by the sheet that holds in the month `until`."""
    sheet = counting_sheet_on(until.first)
    if sheet is None:
        return {}
    own: dict[int, list[counting.Line]] = defaultdict(list)
    for member, entry, group, tenths, month, reverses in found:
        own[member].append(counting.Line(entry, group, tenths, month.month, reverses))
    return {member: counting.count_year(own[member], sheet) for member in keys}


def recount(bulletin: Bulletin) -> list[dict[str, Any]]:
    """Return the rows of a published bulletin with every line and figure taken from the ledger again.

    Who is listed and who takes part stays as frozen: both may have changed since, and rightly.
    """
    month, size = Month.of(bulletin.month), bulletin.checkpoint_size
    keys = dict(rows(_NUMBERS, [row["member"] for row in bulletin.frozen]))
    earners = [member for member, *_ in rows(_MONTH, bulletin.body_id, month.first)]
    years = _sealed_years([*{*keys.values(), *earners}], bulletin.body_id, month, _ANY_SIZE if size is None else size)
    lines = _month_lines(bulletin.body_id, month, years)
    again = []
    for row in bulletin.frozen:
        key = keys.get(row["member"], 0)
        again.append({**row, **_figures(lines.pop(key, []), years.get(key) if row["scored"] else None)})
    return again + [{"lines": own} for own in lines.values() if own]


def entries_of(bulletin: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the ledger lines that the rows of a bulletin name."""
    return [line["entry"] for row in bulletin for line in row["lines"]]
