"""Statements compiled once say and do what Django's own would."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Max, QuerySet
from django.test.utils import CaptureQueriesContext

from linli.audit.models import Event
from linli.members.models import Membership
from linli.organisations.models import Body
from linli.places.models import Place
from linli.rules.models import SpecialDay
from linli.store.statements import MOST_GAPS, insert, insert_all, prepared
from linli.walls.models import IssueEvent, Wall
from tests.walls import makers
from tests.world import SINCE, World

DAYS = (date(2019, 12, 31), SINCE, date(2026, 3, 18))


def walls(codes: list[str], level: str) -> QuerySet[Wall]:
    return Wall.objects.filter(code__in=codes, level=level).select_related("body", "above").order_by("code")


def counts(members: list[int], day: date) -> QuerySet[Membership, Any]:
    branches = Membership.objects.on(day).filter(member__pk__in=members).order_by("member_id")
    return branches.annotate(closed=Max("valid_from")).values_list("member_id", "body__code", "closed")


def ends(last: date | None) -> QuerySet[Body, str]:
    return Body.objects.filter(valid_to=last).order_by("code").values_list("code", flat=True)


def asked(read: Any, *args: Any) -> tuple[Any, list[str]]:
    with CaptureQueriesContext(connection) as found:
        rows = list(read(*args))
    return rows, [query["sql"] for query in found]


def test_rows_and_sql_are_those_of_the_query(world: World):
    members = [member.pk for member in world.members["BY1"]]
    for build, several in (
        (walls, [(["Y1", "Y2"], "child"), (["Y1", "E1"], "child"), (["C1", "S"], "mother"), (["Y2"], "child")]),
        (counts, [(members, day) for day in DAYS] + [(members[:2], SINCE), (members[1:3], SINCE), ([], SINCE)]),
        (ends, [(None,), (SINCE,), (None,)]),
    ):
        kept = prepared(build)
        for args in several:
            assert asked(kept, *args) == asked(build, *args), args
    assert len(counts(members, SINCE)) == len(members), "the queries find something"


def test_what_was_joined_needs_no_query(world: World, django_assert_num_queries: Any):
    kept = prepared(walls)
    kept(["Y2"], "child")
    with django_assert_num_queries(1):
        (found,) = kept(["Y1"], "child")
        assert (found.code, found.body.code) == ("Y1", "BY1")


def test_a_query_is_built_once_for_each_shape(world: World):
    built: list[Any] = []

    def build(kind: str | None, names: list[str] | tuple[str, ...] = ()) -> QuerySet[Place]:
        built.append((kind, names))
        return Place.objects.filter(kind=kind, code__in=names)

    kept = prepared(build)
    for code in ("E1", "C1", "Y1"):
        assert len(kept("estate", [code])) == (code == "E1")
        assert len(kept("estate", names=[code])) == (code == "E1")
    assert len(built) == 2, "by place and by name"
    assert kept("estate", ["E1", "C1"]) == [world.places["E1"]]
    assert kept(None, ["E1"]) == []
    assert kept("estate", []) == []
    assert len(built) == 5
    many = [f"N{number}" for number in range(MOST_GAPS)]
    assert kept("estate", ["E1", *many]) == kept("estate", ["E1", *many]) == [world.places["E1"]]
    assert len(built) == 7, "a long list is not kept"


def event(key: str, **more: Any) -> Event:
    given = {"action": "test", "ref": "x", "actor": "y", "at": World.now, "data": {"lines": 1}} | more
    return Event(request_key=key, **given)


def test_a_row_is_that_of_save(world: World):
    for data in ({"lines": 1}, {}, {"词": [1, None]}):
        mine, theirs = event(f"mine {data}", data=data), event(f"theirs {data}", data=data)
        assert insert(mine)
        theirs.save(force_insert=True)
        assert (mine._state.adding, mine._state.db) == (theirs._state.adding, theirs._state.db)
        same = ["action", "ref", "actor", "at", "data"]
        rows = Event.objects.filter(pk__in=[mine.pk, theirs.pk]).values_list(*same)
        assert len(rows) == 2, "each has the key that the database gave"
        assert rows[0] == rows[1]


def test_the_masking_gate_holds(world: World):
    issue = makers.fresh(world)
    line = IssueEvent(issue=issue, wall=issue.wall, kind="posted", text="电话13812345678", at=world.now)
    insert(line)
    line.refresh_from_db()
    assert "138" not in line.text


def test_a_taken_key_is_refused_or_left_out(world: World):
    assert insert(event("taken", ref="first"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(event("taken"))
    late = event("taken", ref="second")
    assert not insert(late, unless_there=True)
    assert late.pk is None
    assert Event.objects.get(request_key="taken").ref == "first"
    assert insert(event("free"), unless_there=True)


def test_several_rows_go_in_one_statement(world: World, django_assert_num_queries: Any):
    def days(*given: int) -> list[SpecialDay]:
        return [SpecialDay(day=date(2031, 1, day), working=True, name="x") for day in given]

    with django_assert_num_queries(0):
        insert_all([])
    with django_assert_num_queries(1):
        insert_all(days(1))
    with django_assert_num_queries(1):
        insert_all(days(1, 2, 3), unless_there=True)
    assert SpecialDay.objects.filter(day__year=2031).count() == 3
