"""The tree, the members by number and the posts as Popolo (popoloproject.com/specs), and as a CSV for each table.

Members have no name here: a number stands in its place. An `end_date` is the last day on which something held.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from linli.lib.cells import inert

type Row = dict[str, object]
type Popolo = Mapping[str, Sequence[Row]]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "classification", "parent_id", "area_id", "founding_date", "dissolution_date"),
    "persons": ("id", "name"),
    "memberships": ("id", "person_id", "organization_id", "post_id", "role", "start_date", "end_date"),
    "posts": ("id", "label", "role", "organization_id", "area_id"),
    "areas": ("id", "name", "classification", "parent_id"),
}
"""The tables with the columns of their CSV."""
BOM = "\ufeff"
SCHEME = "linli"


def as_json(found: Popolo) -> bytes:
    """Return the document as JSON in UTF-8."""
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def as_csv(found: Popolo, table: str) -> bytes:
    """Return a table of the document as CSV (RFC 4180) in UTF-8 with a byte-order mark, for Excel; cells are inert."""
    out = io.StringIO(BOM, newline="")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out)
    writer.writerow(COLUMNS[table])
    for row in found[table]:
        writer.writerow("" if (value := row.get(name)) is None else inert(str(value)) for name in COLUMNS[table])
    return out.getvalue().encode()


def identified(kind: str, code: str) -> Row:
    """Return the two fields by which something is known: here, and under the house's own code."""
    return {"id": f"{kind}:{code}", "identifiers": [{"scheme": SCHEME, "identifier": code}]}


def between(since: date, until: date | None) -> Row:
    """Return the days on which something held; `until` is the first day after, None: it goes on."""
    last = until - timedelta(days=1) if until else None
    return {"start_date": since.isoformat(), "end_date": last.isoformat() if last else None}
