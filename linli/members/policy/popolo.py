"""The tree, the members by number, the posts and the votes as Popolo (popoloproject.com/specs), and as CSV by table.

Members have no name here: a number stands in its place. An `end_date` is the last day on which something held.
Each name on a ballot is a motion, and each ballot on which it stood a vote event with the sums; nobody's vote is known.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from linli.lib.cells import inert

type Row = dict[str, Any]
type Popolo = Mapping[str, Sequence[Row]]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "classification", "parent_id", "area_id", "founding_date", "dissolution_date"),
    "persons": ("id", "name"),
    "memberships": ("id", "person_id", "organization_id", "post_id", "role", "start_date", "end_date"),
    "posts": ("id", "label", "role", "organization_id", "area_id"),
    "areas": ("id", "name", "classification", "parent_id"),
    "motions": ("id", "organization_id", "classification", "date", "text", "result"),
    "vote_events": ("id", "motion_id", "organization_id", "start_date", "yes", "no", "abstain"),
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
        cells = row | {each["option"]: each["value"] for each in row.get("counts", ())}
        writer.writerow("" if (value := cells.get(name)) is None else inert(str(value)) for name in COLUMNS[table])
    return out.getvalue().encode()


def identified(kind: str, code: str) -> Row:
    """Return the two fields by which something is known: here, and under the house's own code."""
    return {"id": f"{kind}:{code}", "identifiers": [{"scheme": SCHEME, "identifier": code}]}


def between(since: date, until: date | None) -> Row:
    """Return the days on which something held; `until` is the first day after, None: it goes on."""
    last = until - timedelta(days=1) if until else None
    return {"start_date": since.isoformat(), "end_date": last.isoformat() if last else None}
