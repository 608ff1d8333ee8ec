"""One award on SQLite (WAL, synchronous FULL): the service with its checks, its audit event and its guards, against a
bare `Entry.objects.create` into the same table (same indexes, same triggers), in turns. Results are compared first.

A row in between does by hand, with the ORM, the two inserts that the promise asks for (the line and its audit event,
in one transaction). Times are of the clock and of the processor alone: the first holds the waiting for the disk, which
both share. Of the processor an award takes about twice the bare create: two fifths of it are the two rows with their
indexes and the commit, two fifths the four reads (request key, indicator, booking place, what was earned before).

Run: uv run python benchmarks/one_award.py [ROUNDS]
"""

# ruff: noqa: E402, SLF001 -- Django is set up before its models are imported; columns are read from the model
from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 600
FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"LINLI_DATA": FOLDER.name, "LINLI_DEBUG": "", "LINLI_DEMO": "1", "LINLI_DATABASE_URL": ""}
os.environ["DJANGO_SETTINGS_MODULE"] = "linli.project.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import transaction

from linli.access.decide import Actor
from linli.audit.models import Event
from linli.members import services as members
from linli.members.models import Member
from linli.organisations import services as organisations
from linli.organisations.policy.kinds import BodyKind
from linli.points import services
from linli.points.models import Entry, Indicator

NOW, DAY = datetime(2026, 3, 18, 2, 0, tzinfo=UTC), date(2026, 3, 10)
BY = Actor(name="bench")


def build() -> tuple[Member, Indicator, int]:
    call_command("migrate", verbosity=0)
    keys = iter(f"set-up-{n}" for n in range(99))
    common = {"by": BY, "now": NOW}
    services.ensure_sheet(since=date(2020, 1, 1), key=next(keys), **common)
    root = organisations.found_body(
        kind=BodyKind.WORKING_COMMITTEE,
        code="W",
        name="W",
        parent=None,
        since=date(2020, 1, 1),
        key=next(keys),
        **common,
    )
    body = organisations.found_body(
        kind=BodyKind.BRANCH, code="B", name="B", parent=root, since=date(2020, 1, 1), key=next(keys), **common
    )
    kind = members.ensure_class(code="d", name="d", duties="", scored=True, key=next(keys), **common)
    member = Member(number="1", name="王小一", member_class=kind)
    members.enrol(member, body=body, since=date(2020, 1, 1), key=next(keys), **common)
    return member, Indicator.objects.get(code="LIFE-DH"), body.pk


def show(times: list[list[tuple[float, float]]]) -> None:
    names = ("bare ORM create", "line and event by hand", "services.award")
    for kind, what in enumerate(("clock", "processor")):
        medians = [statistics.median(moment[kind] for moment in taken) for taken in times]
        for name, median in zip(names, medians, strict=True):
            print(f"{what:11}{name:24}{median * 1000:9.3f} ms{medians[0] / median:8.2f} of the bare create's rate")


def main() -> None:
    member, indicator, body = build()

    def fields(source: str) -> dict[str, object]:
        return {
            "member_id": member.pk, "indicator_id": indicator.pk, "body_id": body, "tenths": 10, "deed_on": DAY,
            "month": DAY.replace(day=1), "source": source, "recorder": "user:1", "confirmer": "user:2", "booked_at": NOW,
        }  # fmt: skip

    def bare(number: int) -> None:
        Entry.objects.create(**fields(f"bare:{number}"))

    def both(number: int) -> None:
        with transaction.atomic():
            Entry.objects.create(**fields(f"both:{number}"))
            Event.objects.create(
                request_key=f"both:{number}", action="points.award", ref="x", actor="x", at=NOW, data={}
            )

    def product(number: int) -> None:
        services.award(
            lines=[services.Award(member, "LIFE-DH")], recorder="user:1", confirmer="user:2",
            source=f"award:{number}", deed_on=DAY, by=BY, now=NOW, key=f"award:{number}",
        )  # fmt: skip

    works = (bare, both, product)
    for work in works:
        work(-1)
    kept = [
        {f.attname: getattr(e, f.attname) for f in Entry._meta.concrete_fields if f.name not in {"id", "source"}}
        for e in Entry.objects.order_by("pk")
    ]
    if kept[0] != kept[1] or kept[0] != kept[2]:
        sys.exit("the results differ")
    print(f"{ROUNDS} awards each, in turns: lines equal")
    times: list[list[tuple[float, float]]] = [[], [], []]
    for number in range(ROUNDS):
        for taken, work in zip(times, works, strict=True):
            start, used = time.perf_counter(), time.process_time()
            work(number)
            taken.append((time.perf_counter() - start, time.process_time() - used))
    show(times)
    print("goal: >= 0.75 of the bare create, by the clock")


if __name__ == "__main__":
    main()
