"""Every truth of the walls holds on sound data, and each breach is found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from linli.walls import jobs, services
from linli.walls.models import Issue, IssueEvent, Posting, Wall
from linli.walls.verify import invariants
from tests.walls.makers import accepted, answered, declined, escalated, fresh, overdue


def broken() -> list[str]:
    return [truth.code for truth in invariants() if truth.find()]


def test_sound_data_breaks_nothing(world: Any):
    for made in (fresh, accepted, answered, declined, escalated, overdue):
        made(world)
    fresh(world, "OF", now=world.now - timedelta(days=90))
    assert jobs.escalate_overdue(world.now) == 1
    issue = answered(world)
    services.reopen(issue, reason="还坏着", by=world.by, now=world.now, key=world.key())
    assert jobs.close_settled(world.now + timedelta(days=9)) == 1
    assert broken() == []


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


BREACHES: dict[str, Any] = {
    "walls.owner": lambda w, i: Issue.objects.filter(pk=i.pk).update(owner=w.bodies["BR2"]),
    "walls.clock": lambda w, i: Issue.objects.filter(pk=i.pk).update(rings_at=None),
    "walls.posted": lambda w, i: Posting.objects.filter(issue=i, wall=i.wall).update(wall=w.wall("BY2")),
    "walls.linked": lambda w, i: Posting.objects.filter(issue=i).update(came_from=None),
    "walls.above": lambda w, i: Wall.objects.filter(code="Y2").update(above=w.wall("RC2")),
    "walls.masked": lambda w, i: sql("UPDATE walls_issue SET public_text = %s WHERE id = %s", "13812345678", i.pk),
}


@pytest.mark.parametrize("code", BREACHES)
def test_each_breach_is_found(world: Any, code: str):
    issue = escalated(world)
    BREACHES[code](world, issue)
    assert code in broken()


def test_an_issue_without_its_first_line_is_found(world: Any):
    issue = fresh(world)
    other = Issue.objects.get(pk=issue.pk)
    other.pk, other.number, other.receipt_digest = None, "Y1-2026-9999", "x"
    other.save()
    assert "walls.record" in broken()
    assert IssueEvent.objects.filter(issue=other).count() == 0
