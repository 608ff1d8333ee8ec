"""Who is due among 1,000,000 members of 1,000 branches, against one hand-written SQL query (SQLite or PostgreSQL).

Both ask for the numbers of those due on a day, of the whole tree and then of one branch, in the order of names: the
product through `due_members` (tree and standings as they held on that day, the rule of months for those who live
elsewhere), the reference through one statement that a person who knows the tables would write, over the paths that the
tree keeps for today. The lists must be equal before times are compared. A fifth of the members joined late, moved,
live elsewhere, are out of touch or are excused.

Run: uv run python benchmarks/due_list.py [MEMBERS]
"""

# ruff: noqa: E402 -- Django is set up before its models are imported
from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta

MEMBERS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
ROUNDS, BRANCHES, BATCH = 5, 1_000, 20_000
FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"LINLI_DATA": FOLDER.name, "LINLI_DEBUG": "", "LINLI_DEMO": "1"}
os.environ["DJANGO_SETTINGS_MODULE"] = "linli.project.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from linli.members import queries
from linli.members.models import Member, MemberClass, Membership, MemberStanding
from linli.members.policy.due import Occasion
from linli.organisations.models import Body, BodyParent

DAY, FOUNDED = date(2026, 3, 1), date(2015, 1, 1)
LATE, AWAY = date(2026, 6, 1), date(2026, 1, 15)
KINDS = ("lost", "mobile", "excused", "suspended")
HAND = """SELECT m.number FROM members_member m WHERE m.id IN (
  SELECT u.member_id FROM members_membership u JOIN organisations_body b ON b.id = u.body_id
  WHERE b.path LIKE %s AND u.valid_from <= %s AND (u.valid_to IS NULL OR u.valid_to > %s))
AND (m.joined_on IS NULL OR m.joined_on <= %s) AND m.id NOT IN (
  SELECT s.member_id FROM members_memberstanding s
  WHERE s.valid_from <= %s AND (s.valid_to IS NULL OR s.valid_to > %s)
  AND s.kind IN ('lost', 'mobile', 'attached_elsewhere', 'excused') AND NOT (s.kind = 'mobile' AND s.valid_from > %s))
ORDER BY m.name_key, m.number"""
MONTHS_BEFORE = date(2025, 12, 1)


def make_tree() -> tuple[Body, list[Body]]:
    """Make a root, a general branch for each hundred branches, and the branches."""
    root = _body("R", None)
    generals = [_body(f"G{number}", root) for number in range(BRANCHES // 100)]
    return root, [_body(f"B{number}", generals[number % len(generals)]) for number in range(BRANCHES)]


def _body(code: str, parent: Body | None) -> Body:
    body = Body.objects.create(kind="branch", code=code, name=code, valid_from=FOUNDED)
    body.path = f"{parent.path if parent else ''}{body.pk}."
    body.save(update_fields=["path"])
    if parent:
        BodyParent.objects.create(body=body, parent=parent, valid_from=FOUNDED)
    return body


def fill(branches: list[Body]) -> None:
    """Fill the register; every fifth member has something that bears on being due."""
    kind = MemberClass.objects.create(code="d", name="d")
    for first in range(0, MEMBERS, BATCH):
        numbers = range(first, min(first + BATCH, MEMBERS))
        people = Member.objects.bulk_create(
            Member(
                number=f"M{n:07}",
                name="王小一",
                name_key=f"wang {n * 7919 % MEMBERS:07}",
                member_class=kind,
                stage="full",
                joined_on=LATE if n % 50 == 0 else date(2010, 1, 1) + timedelta(n % 1800),
            )
            for n in numbers
        )
        pairs = list(zip(numbers, people, strict=True))
        Membership.objects.bulk_create(line for n, one in pairs for line in _units(n, one, branches))
        MemberStanding.objects.bulk_create(
            MemberStanding(member=one, kind=KINDS[n // 10 % 4], valid_from=AWAY if n % 30 == 0 else FOUNDED)
            for n, one in pairs
            if n % 10 == 0
        )


def _units(n: int, member: Member, branches: list[Body]) -> Iterator[Membership]:
    unit = branches[n % BRANCHES]
    if n % 20:
        yield Membership(member=member, body=unit, valid_from=FOUNDED)
        return
    yield Membership(member=member, body=unit, valid_from=FOUNDED, valid_to=DAY - timedelta(n % 9))
    yield Membership(member=member, body=branches[(n + 1) % BRANCHES], valid_from=DAY - timedelta(n % 9))


def measure(body: Body) -> None:
    """Compare the two lists of `body`, then their times."""

    def hand() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(HAND, [f"{body.path}%", DAY, DAY, DAY, DAY, DAY, MONTHS_BEFORE])
            return [number for (number,) in cursor.fetchall()]

    def product() -> list[str]:
        return list(queries.due_members(body, DAY, Occasion.LIFE).values_list("number", flat=True))

    if product() != hand():
        sys.exit("the results differ")
    times: dict[str, list[float]] = {"hand": [], "product": []}
    for _ in range(ROUNDS):
        for name, work in (("hand", hand), ("product", product)):
            began = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - began)
    hand_s, product_s = (statistics.median(each) for each in times.values())
    print(
        f"{body.code}: {len(hand()):,} due; by hand {hand_s * 1000:,.1f} ms, product {product_s * 1000:,.1f} ms: "
        f"{product_s / hand_s:.2f} x (goal 1.5)"
    )


def main() -> None:
    """Make the register, then measure the whole of it and one branch."""
    call_command("migrate", verbosity=0)
    root, branches = make_tree()
    fill(branches)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{MEMBERS:,} members in {BRANCHES:,} branches on {connection.vendor}, medians of {ROUNDS}")
    for body in (root, branches[7]):
        measure(body)


if __name__ == "__main__":
    main()
