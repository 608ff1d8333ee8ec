"""The rounds of the clock: every deadline is acted on once, by statements for whole sets."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.notify.models import Message
from linli.points.models import Deed, IndicatorSheet
from linli.walls import services
from linli.walls.models import Issue
from tests.walls.makers import accepted, answered, declined, escalated, fresh, overdue


def china(*parts: int) -> datetime:
    from linli.lib.clock import CHINA

    return datetime(*parts, tzinfo=CHINA)


def test_nothing_due_is_one_query(world: Any, django_assert_num_queries: Any):
    fresh(world)
    answered(world)
    with django_assert_num_queries(1):
        assert services.escalate_due(world.now) == 0
    with django_assert_num_queries(1):
        assert services.close_due(world.now) == 0


def test_an_issue_moves_at_its_deadline_and_not_before(world: Any):
    issue = fresh(world)
    assert services.escalate_due(issue.answer_due) == 0
    assert services.escalate_due(issue.answer_due + timedelta(seconds=1)) == 1


def test_an_overdue_issue_moves_with_cause_history_and_new_deadlines(world: Any):
    issue = overdue(world)
    before = world.wall("BY1").version
    assert services.escalate_due(world.now) == 1
    issue.refresh_from_db()
    assert (issue.wall, issue.owner, issue.state) == (world.wall("RC1"), world.bodies["RC1"], "open")
    assert issue.answer_due == issue.rings_at > world.now
    assert issue.accept_due == world.now + timedelta(hours=24)
    lower, upper = issue.postings.all()
    assert (upper.cause, upper.came_from, upper.wall) == ("overdue", lower, issue.wall)
    assert [(e.kind, e.wall, e.signed) for e in issue.events.all()][-1] == (
        "escalated",
        world.wall("BY1"),
        world.bodies["BY1"].name,
    )
    assert world.wall("BY1").version == before + 1
    assert set(Message.objects.values_list("audience", flat=True)) == {"body:BY1", "body:RC1"}


def test_an_accepted_issue_moves_too_and_has_to_be_accepted_again(world: Any):
    issue = accepted(world, now=world.now - timedelta(days=40))
    assert services.escalate_due(world.now) == 1
    issue.refresh_from_db()
    assert (issue.state, issue.accepted_at) == ("open", None)


def test_each_deadline_is_acted_on_once(world: Any):
    overdue(world)
    assert [services.escalate_due(world.now) for _ in range(3)] == [1, 0, 0]


@pytest.mark.parametrize("made", [answered, declined])
def test_what_is_settled_does_not_move(world: Any, made: Any):
    made(world)
    assert services.escalate_due(world.now + timedelta(days=400)) == 0


def test_from_child_to_mother_to_street_and_there_it_stays_overdue(world: Any):
    issue = fresh(world)
    walls = []
    now = world.now
    for _ in range(4):
        issue.refresh_from_db()
        now = max(now, issue.answer_due) + timedelta(minutes=1)
        walls.append((services.escalate_due(now), Issue.objects.get().wall.level))
    assert walls == [(1, "mother"), (1, "street"), (0, "street"), (0, "street")]
    issue.refresh_from_db()
    assert issue.state == "open"
    assert issue.answer_due < now
    assert Message.objects.filter(cause__contains=":late:").count() == 1
    assert issue.postings.count() == 3


def test_the_number_of_statements_does_not_follow_the_number_of_issues(world: Any):
    def statements(count: int) -> int:
        for _ in range(count):
            overdue(world)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert services.escalate_due(world.now + timedelta(seconds=count)) == count
        return len(caught)

    assert statements(1) == statements(30)


def test_many_walls_and_clocks_in_one_round(world: Any):
    made = [overdue(world, at, code=code) for at in ("BY1", "BY2", "RC2") for code in ("rubbish", "danger", "works")]
    assert services.escalate_due(world.now) == len(made)
    for issue in made:
        issue.refresh_from_db()
        assert issue.owner == issue.wall.body
    assert {i.answer_due for i in Issue.objects.filter(category__code="danger")} == {world.now + timedelta(hours=2)}


def deeds() -> list[Deed]:
    return list(Deed.objects.select_related("indicator").order_by("pk"))


def test_answered_issues_close_after_the_days_for_reopening(world: Any):
    issue = answered(world)
    assert services.close_due(issue.settles_at) == 0
    later = issue.settles_at + timedelta(seconds=1)
    assert [services.close_due(later), services.close_due(later)] == [1, 0]
    issue.refresh_from_db()
    assert (issue.state, issue.closed_at, issue.satisfied) == ("closed", later, None)
    assert issue.events.last().kind == "closed"
    assert deeds() == []


def test_a_declined_issue_is_not_closed_again(world: Any):
    declined(world)
    assert services.close_due(world.now + timedelta(days=400)) == 0


@pytest.mark.parametrize(("outcome", "count"), [("solved", 1), ("explained", 0)])
def test_a_members_solved_issue_is_a_deed(world: Any, outcome: str, count: int):
    issue = answered(world, outcome=outcome, reporter=world.member)
    services.satisfied(issue, by=world.by, now=world.now, key=world.key())
    other = answered(world, outcome=outcome, reporter=world.member)
    services.close_due(other.settles_at + timedelta(seconds=1))
    assert [deed.source for deed in deeds()] == [issue.ref, other.ref][: 2 * count]
    for deed in deeds():
        assert (deed.member, deed.indicator.code, deed.quantity) == (world.member, "ISSUE", 1)


def test_a_house_without_indicators_closes_issues_all_the_same(world: Any):
    IndicatorSheet.objects.update(valid_from=(world.now + timedelta(days=400)).date())
    issue = answered(world, reporter=world.member)
    assert services.close_due(issue.settles_at + timedelta(seconds=1)) == 1
    assert deeds() == []


def test_a_declined_issue_of_a_member_is_no_deed(world: Any):
    declined(world, reporter=world.member)
    escalated(world, reporter=world.member)
    services.close_due(world.now + timedelta(days=400))
    assert deeds() == []
