"""The bulletin of one branch among 12,000 and among 1,200,000 ledger lines (SQLite), against the raw indexed query.

Rows, in turns, medians: the raw query for the lines of the branch and the month; the published bulletin as its page
reads it (frozen rows, names by today's consent; a process parses the rows of one bulletin once); the raw query for the
year of the same members; the draft as the desk reads it (every figure counted from that year, caps and all). Results
are compared first: the same lines, the same sums. The promise speaks of 12,000,000 lines; here it is 1,200,000 (give
another number as argument). Lines are spread over branches of 36 members, 12 lines each a year.

Run: uv run python benchmarks/branch_bulletin.py [LINES]
"""

# ruff: noqa: E402 -- Django is set up before its models are imported
from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta

LARGE = int(sys.argv[1]) if len(sys.argv) > 1 else 1_200_000
ROUNDS, MEMBERS, MONTHS = 60, 36, 12
FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"LINLI_DATA": FOLDER.name, "LINLI_DEBUG": "", "LINLI_DEMO": "1", "LINLI_DATABASE_URL": ""}
os.environ["DJANGO_SETTINGS_MODULE"] = "linli.project.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from linli.access.decide import Actor
from linli.lib.month import Month
from linli.members.models import Member, MemberClass, Membership
from linli.organisations.models import Body
from linli.points import queries, services
from linli.points.models import Bulletin, Indicator

NOW, SINCE, MONTH = datetime(2026, 1, 8, 2, 0, tzinfo=UTC), date(2020, 1, 1), Month(2025, 12)
FIRST, SECOND = Actor(name="first"), Actor(name="second")
RAW = """SELECT e.id, m.number, i.code, i.name, e.tenths, e.deed_on, e.source FROM points_entry e
JOIN members_member m ON m.id = e.member_id JOIN points_indicator i ON i.id = e.indicator_id
WHERE e.body_id = %s AND e.month = %s ORDER BY m.number, e.id"""
YEAR = """SELECT m.number, e.id, i.code, e.tenths, e.month, e.reverses_id FROM members_membership u
JOIN members_member m ON m.id = u.member_id JOIN points_entry e ON e.member_id = m.id AND e.month BETWEEN %s AND %s
JOIN points_indicator i ON i.id = e.indicator_id WHERE u.body_id = %s AND u.valid_to IS NULL"""


def fill(lines: int, before: int) -> None:
    """Add branches until the ledger has `lines` lines; raw inserts, as the speed of filling is not the matter."""
    kind = MemberClass.objects.get_or_create(code="d", name="d")[0]
    indicator = Indicator.objects.get(code="LIFE-ZT")
    per_branch = MEMBERS * MONTHS
    for branch in range(before // per_branch, lines // per_branch):
        body = Body.objects.create(kind="branch", code=f"B{branch}", name=f"B{branch}", valid_from=SINCE)
        people = Member.objects.bulk_create(
            Member(number=f"{branch}-{n:02}", name="王小一", member_class=kind) for n in range(MEMBERS)
        )
        Membership.objects.bulk_create(Membership(member=one, body=body, valid_from=SINCE) for one in people)
        rows = [
            (
                one.pk,
                indicator.pk,
                body.pk,
                10,
                f"2025-{m:02}-10",
                f"2025-{m:02}-01",
                f"a:{m}",
                "user:1",
                "user:2",
                "",
                str(NOW),
            )
            for m in range(1, MONTHS + 1)
            for one in people
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO points_entry (member_id, indicator_id, body_id, tenths, deed_on, month, source, recorder,"
                " confirmer, reason, booked_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                rows,
            )


def measure(lines: int, bulletin: Bulletin, drafted: Body) -> None:  # noqa: C901 -- four works side by side
    def raw() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(RAW, [drafted.pk, MONTH.first])
            return cursor.fetchall()

    def year() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(YEAR, [date(MONTH.year, 1, 1), MONTH.first, drafted.pk])
            return cursor.fetchall()

    def published() -> list[queries.ShownRow]:
        return queries.notice(bulletin.pk).rows

    def counted() -> list[dict[str, object]]:
        return queries.bulletin_rows(drafted, MONTH)

    mine = [
        (line["entry"], row["member"], line["indicator"], line["tenths"]) for row in counted() for line in row["lines"]
    ]
    if mine != [(pk, number, code, tenths) for pk, number, code, _name, tenths, _day, _source in raw()]:
        sys.exit("the results differ")
    if len(published()) != len(counted()) or sum(len(row.lines) for row in published()) != len(mine):
        sys.exit("the results differ")
    if sum(row["total"] for row in counted()) != 600 * MEMBERS + sum(line[3] for line in year()):
        sys.exit("the results differ")
    works = (raw, published, year, counted)
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for taken, work in zip(times, works, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    medians = [statistics.median(taken) * 1000 for taken in times]
    print(f"{lines:>12,} lines: results equal ({len(mine)} lines of {MEMBERS} members)")
    names = ("raw query, the month", "published bulletin", "raw query, the year", "counted anew")
    for name, median, base in zip(names, medians, (0, 0, 2, 2), strict=True):
        print(f"{name:>24}{median:9.3f} ms{median / medians[base]:8.2f} x its raw query")


def main() -> None:
    call_command("migrate", verbosity=0)
    services.ensure_sheet(since=SINCE, by=FIRST, now=NOW, key="sheet")
    connection.cursor().execute("PRAGMA synchronous=OFF")
    fill(12_000, 0)
    body, drafted = Body.objects.get(code="B3"), Body.objects.get(code="B5")
    with connection.cursor() as cursor:  # the months before are taken as published
        cursor.execute("DROP TRIGGER points_entry_closed")
    for month in range(1, 12):
        Bulletin.objects.bulk_create(
            Bulletin(body=one, month=date(2025, month, 1), state="published", preparer="a", publisher="b",
                     prepared_at=NOW, objections_until=NOW, checkpoint_size=month)
            for one in (body, drafted)
        )  # fmt: skip
    draft = services.prepare_bulletin(body, month=MONTH, by=FIRST, now=NOW, key="draft")
    bulletin = services.publish_bulletin(draft, by=SECOND, now=NOW + timedelta(days=6), key="publish")
    measure(12_000, bulletin, drafted)
    fill(LARGE, 12_000)
    connection.cursor().execute("ANALYZE")
    measure(LARGE, bulletin, drafted)
    print("goal: the same time at both sizes; <= 3 x the raw indexed query of what is read")


if __name__ == "__main__":
    main()
