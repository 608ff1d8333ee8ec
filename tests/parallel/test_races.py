"""Two who write the same thing, the one while the other is about to commit: who comes second sees what was done."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from linli.accounts import services as accounts
from linli.accounts.models import User
from linli.activities import services as activities
from linli.grid import services as grid
from linli.grid.models import HouseholdLink
from linli.home import services as home
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.members import services as members
from linli.members.models import Applicant, Member
from linli.members.policy.kinds import Ending
from linli.members.queries import duplicates
from linli.notify.models import Message
from linli.points import services as points
from linli.points.models import Deed, Entry
from linli.walls import services as walls
from linli.walls.models import Issue, Posting
from linli.walls.services.record import locked
from tests.activities import making
from tests.grid.making import TODAY, linked
from tests.points import deeds
from tests.walls.makers import declined, fresh, overdue

ROUNDS = range(3)


def told(results: list[Any]) -> list[str]:
    return [each.code for each in results if isinstance(each, Refusal)]


def until_another_waits(over: Event | None = None) -> None:
    """Return when another connection waits for a lock of this one, or is `over`; at the latest after ten seconds."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone()[0] or (over is not None and over.is_set()):
                return
        time.sleep(0.05)


def overtaken(
    town: Any, first: Callable[[], Any], second: Callable[[], Any], last: Callable[[], Any] = lambda: None
) -> list[Any]:
    """Do `first`; while it is not committed yet, begin `second`; when that one waits do `last` and commit."""
    done = Event()

    def slowly() -> Any:
        with transaction.atomic():
            result = first()
            done.set()
            until_another_waits()
            last()
        return result

    def then() -> Any:
        assert done.wait(30)
        return second()

    return town.at_once(slowly, then)


def merged(town: Any) -> None:
    members.merge(town.bodies["BY1"], into=town.bodies["BY2"], document="1", by=town.by, now=town.now, key=town.key())


def dissolved(town: Any) -> None:
    members.dissolve(town.bodies["RC1"], document="2", by=town.by, now=town.now, key=town.key())


def handed_over(town: Any) -> Callable[[], int]:
    return lambda: walls.hand_over(town.now)


def test_an_applicant_of_a_branch_that_is_handed_over_is_talked_with_all_the_same(town):
    applicant = Applicant(name="赵新一", born_on=date(1995, 5, 20), body=town.bodies["BY1"])
    members.apply(applicant, on=date(2026, 1, 10), **writes(town))
    merged(town)
    overtaken(
        town,
        lambda: members.hand_over(**writes(town)),
        lambda: members.talk(applicant, on=date(2026, 2, 1), **writes(town)),
    )
    applicant.refresh_from_db()
    assert (applicant.body.code, applicant.talked_on) == ("BY2", date(2026, 2, 1))


def test_a_slip_to_a_branch_that_is_handed_over_is_received_at_the_heir(town):
    member = town.members["BY2"][0]
    slip = members.issue(member, target=town.bodies["BR2"], on=date(2026, 3, 1), **writes(town))
    members.merge(town.bodies["BR2"], into=town.bodies["BR1"], document="1", **writes(town))
    overtaken(
        town,
        lambda: members.hand_over(**writes(town)),
        lambda: members.receive(slip, on=local_date(town.now), **writes(town)),
    )
    assert member.memberships.get(valid_to=None).body.code == "BR1"


def test_a_plan_of_a_branch_that_is_handed_over_is_changed_all_the_same(town):
    activities.ensure_default_kinds(**writes(town))
    starts = town.now + timedelta(days=9)
    planned = making.planned(town, starts_at=starts, by=town.by, now=town.now)
    merged(town)
    overtaken(
        town,
        lambda: activities.hand_over(now=town.now, key=town.key()),
        lambda: activities.cancel(planned, reason="改期", **writes(town)),
    )
    planned.refresh_from_db()
    assert (planned.body.code, planned.state) == ("BY2", "cancelled")


def writes(town: Any) -> dict[str, Any]:
    return {"by": town.by, "now": town.now, "key": town.key()}


def test_a_report_on_a_wall_that_is_handed_over_goes_to_the_heir(town):
    merged(town)
    overtaken(town, handed_over(town), lambda: fresh(town))
    issue = Issue.objects.get()
    assert (issue.owner.code, issue.wall.body.code) == ("BY2", "BY2")
    assert list(Message.objects.values_list("audience", flat=True)) == ["body:BY2"]


def test_what_is_passed_up_to_a_wall_that_is_handed_over_goes_to_the_heir(town):
    issue = fresh(town)
    dissolved(town)
    given = {"reason": "院里定不了。", "by": town.by, "now": town.now, "key": town.key()}
    overtaken(town, handed_over(town), lambda: walls.escalate(issue, **given))
    issue.refresh_from_db()
    assert (issue.wall.place.code, issue.owner.code) == ("C1", "OF")
    assert Message.objects.latest("pk").audience == "body:OF"


def test_what_the_clock_passes_up_to_a_wall_that_is_handed_over_goes_to_the_heir(town):
    issue = overdue(town)
    dissolved(town)
    overtaken(town, handed_over(town), lambda: walls.escalate_due(town.now))
    issue.refresh_from_db()
    assert (issue.wall.place.code, issue.owner.code) == ("C1", "OF")
    assert Message.objects.filter(audience="body:OF").exists()
    assert not Message.objects.filter(audience="body:RC1").exists()


def test_what_is_opened_again_on_a_wall_that_is_handed_over_goes_to_the_heir(town):
    issue = declined(town)
    merged(town)
    given = {"reason": "还是不行。", "by": town.by, "now": town.now, "key": town.key()}
    overtaken(town, handed_over(town), lambda: walls.reopen(issue, **given))
    assert Issue.objects.get().owner.code == "BY2"


def test_an_issue_is_accepted_while_its_wall_is_handed_over(town):
    issue = fresh(town)
    merged(town)
    given = {"by": town.by, "now": town.now, "key": town.key()}
    overtaken(town, handed_over(town), lambda: walls.accept(issue, **given))
    issue.refresh_from_db()
    assert (issue.state, issue.owner.code) == ("accepted", "BY2")


def test_a_wall_is_handed_over_while_an_issue_on_it_is_accepted(town):
    issue = fresh(town)
    merged(town)
    given = {"by": town.by, "now": town.now, "key": town.key()}
    overtaken(town, lambda: locked(issue), handed_over(town), lambda: walls.accept(issue, **given))
    issue.refresh_from_db()
    assert (issue.state, issue.owner.code) == ("accepted", "BY2")


@pytest.mark.parametrize("round_", ROUNDS)
def test_eight_pass_up_one_issue_and_it_moves_one_wall(town, round_):
    issue = fresh(town)
    results = town.eight(
        lambda number: walls.escalate(issue, reason="院里定不了。", by=town.by, now=town.now, key=f"up-{number}")
    )
    assert told(results) == ["issue-moved"] * 7
    assert Posting.objects.filter(issue=issue).count() == 2


@pytest.mark.parametrize("round_", ROUNDS)
def test_eight_take_back_one_line(town, round_):
    entry = deeds.entry(town)
    results = town.eight(
        lambda number: points.reverse(
            entry, reason="重复", recorder=f"user:{number}", by=town.by, now=town.now, key=f"back-{number}"
        )
    )
    assert told(results) == ["entry-reversed"] * 7
    assert Deed.objects.filter(reverses=entry).count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_eight_accounts_with_one_name(town, round_):
    results = town.eight(
        lambda number: accounts.make_user(
            username="wang", shown_name="王", by=town.by, now=town.now, key=f"user-{number}"
        )
    )
    assert told(results) == ["user-name"] * 7
    assert User.objects.filter(username="wang").count() == 1


def test_a_door_is_passed_on_while_the_house_ends_the_link_of_who_left(town):
    linked(town)
    gone = TODAY - timedelta(days=5)
    members.depart(town.members["BY1"][1], ending=Ending.DIED, on=gone, by=town.by, now=town.now, key=town.key())
    overtaken(
        town,
        lambda: grid.end_departed(now=town.now, key="ended"),
        lambda: linked(town, "BY1-3", since=TODAY),
    )
    found = HouseholdLink.objects.order_by("valid_from").values_list("member__number", "valid_to", "ended")
    assert list(found) == [("BY1-2", gone, "left"), ("BY1-3", None, "")]


def second_record(town: Any) -> Member:
    lasting = town.member
    other = Member(number="X9", name=lasting.name, born_on=lasting.born_on, member_class=lasting.member_class)
    return members.enrol(other, body=town.bodies["BY1"], since=date(2019, 5, 1), **writes(town))


def joined(town: Any, other: Member) -> Callable[[], Any]:
    mark = duplicates.joining(town.member, other, local_date(town.now)).mark
    return lambda: home.join(other, into=town.member, shown=mark, **writes(town))


def test_a_door_is_linked_to_who_is_made_one_at_that_moment(town):
    other = second_record(town)
    door = town.places["H1"]
    grid.link([door], member=other, since=date(2026, 2, 1), **writes(town))
    join = joined(town, other)
    given = {"since": local_date(town.now)}
    overtaken(town, join, lambda: grid.link([door], member=town.member, **given, **writes(town)))
    assert HouseholdLink.objects.get(valid_to=None).member == town.member


def test_an_issue_is_settled_for_who_is_made_one_at_that_moment(town):
    other = second_record(town)
    issue = fresh(town)
    Issue.objects.filter(pk=issue.pk).update(reporter=other)
    join = joined(town, other)

    def locks_and_records() -> None:
        with transaction.atomic():
            found = locked(issue)
            time.sleep(0.2)
            points.record_deed(
                member=found.reporter, indicator="ISSUE", deed_on=local_date(town.now), note="", recorder="user:9",
                **writes(town),
            )  # fmt: skip

    points.ensure_default_sheet(since=date(2020, 1, 1), **writes(town))
    overtaken(town, locks_and_records, join)
    assert Member.objects.get(pk=other.pk).same_as == town.member


def test_points_are_awarded_in_a_branch_that_is_merged_at_that_moment(town):
    points.ensure_default_sheet(since=date(2020, 1, 1), **writes(town))
    given = {"deed_on": date(2026, 3, 2), "source": "record:1", "recorder": "user:8", "confirmer": "user:9"}

    def award() -> int:
        return points.award(lines=[points.Award(town.member, "PLEDGE", 1, 0)], **given, **writes(town))

    overtaken(town, award, lambda: merged(town))
    assert Entry.objects.get().member == town.member
