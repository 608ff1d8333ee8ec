"""Eight clients at the same moment: one effect, clear answers, and no invariant broken (the fixture looks)."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Event as Signal
from time import sleep

import pytest
from django.db import transaction
from django.urls import reverse

from linli.access.decide import Actor
from linli.access.roles import Role
from linli.accounts import services as accounts
from linli.accounts.models import RoleGrant
from linli.activities import services as activities
from linli.audit.models import Checkpoint, Event, Leaf
from linli.lib.clock import local_date
from linli.lib.errors import Refusal, Repeated
from linli.members import services as members
from linli.members.models import Member, Membership
from linli.members.policy.kinds import Ending
from linli.members.queries import roster
from linli.points import services as points
from linli.points.models import Bulletin, Deed, Entry
from linli.project import timetable
from linli.walls.models import Issue, Posting
from tests.activities.making import recorded
from tests.members.policy.books import book
from tests.points import months
from tests.walls.makers import category, overdue

ROUNDS = range(3)


def told(results: list[object], kind: type[Exception] = Refusal) -> list[object]:
    return [each for each in results if isinstance(each, kind)]


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_visitors_report_sent_eight_times(town, round_):
    given = {"category": category().code, "text": "楼道灯坏了", "key": town.key()}
    answers = town.eight_posts(reverse("report", args=[town.wall("BY1").code]), given)
    assert [status for status, _to, _content in answers] == [302] * 8
    assert len({to for _status, to, _content in answers}) == 1
    assert Issue.objects.filter(text="楼道灯坏了").count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_form_of_the_desk_sent_eight_times(town, round_):
    given = {
        "members": ["BY1-1", "BY1-2"],
        "indicator": "PLEDGE",
        "deed_on": "2026-03-01",
        "minutes": "",
        "note": "帮独居老人买药",
        "key": town.key(),
    }
    answers = town.eight_posts(reverse("deed-new"), given, town.user(Role.SECRETARY, "BY1"))
    assert len(set(answers)) == 1
    assert answers[0][0] == 302
    assert Deed.objects.count() == 2


def test_one_roll_and_eight_confirmers(town):
    roll = recorded(town)
    by = [town.actor(Role.DEPUTY, "BY1") for _ in range(8)]
    results = town.eight(
        lambda number: activities.confirm_roll(roll, seen=1, by=by[number], now=town.now, key=f"confirm-{number}")
    )
    assert results.count(5) == 1
    assert len(told(results)) == 7
    assert Entry.objects.count() == 5


def test_one_bulletin_and_eight_publishers(town):
    draft = months.drafted(town)
    by = [town.actor(Role.DEPUTY, "BY1") for _ in range(8)]
    later = town.now + months.WINDOW
    results = town.eight(
        lambda number: points.publish_bulletin(draft, by=by[number], now=later, key=f"publish-{number}")
    )
    assert len(told(results)) == 7
    assert Leaf.objects.filter(ref=draft.ref).count() == 1


def test_bulletins_of_four_branches_enter_one_log(town):
    codes = ["BR1", "BY1", "BY2", "BR2"]
    awards(town, [member for code in codes for member in town.members[code]], key="lines", day=date(2026, 2, 11))
    drafts = [months.drafted(town, code) for code in codes]
    later = town.now + months.WINDOW
    town.at_once(
        *(
            lambda draft=draft: points.publish_bulletin(
                draft, by=months.PUBLISHER, now=later, key=f"publish-{draft.pk}"
            )
            for draft in drafts
        )
    )
    assert Bulletin.objects.filter(state="published").count() == 4
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(24))
    assert sorted(Checkpoint.objects.values_list("size", flat=True)) == [6, 12, 18, 24]


def test_a_line_does_not_slip_into_a_month_that_closes(town):
    results = town.at_once(
        *(
            lambda number=number: awards(town, town.members["BY1"], key=f"line-{number}", day=date(2026, 2, 11))
            for number in range(7)
        ),
        lambda: months.drafted(town, now=town.now, key="closing"),
    )
    assert isinstance(results[-1], Bulletin)
    assert {each.code for each in told(results)} <= {"month-closing"}
    in_month = set(Entry.objects.filter(month=date(2026, 2, 1)).values_list("pk", flat=True))
    drafted = {line["entry"] for row in results[-1].frozen for line in row["lines"]}
    assert in_month == drafted


def awards(town, people, *, key, day, source=None):
    return points.award(
        lines=[points.Award(member, "LIFE-ZT") for member in people],
        recorder="user:901",
        confirmer="user:902",
        source=source or f"trial:{key}",
        deed_on=day,
        by=town.by,
        now=town.now,
        key=key,
    )


@pytest.mark.parametrize("round_", ROUNDS)
def test_eight_awards_for_one_source(town, round_):
    results = town.eight(
        lambda number: awards(town, town.members["BY1"], key=f"one-{number}", day=town.now.date(), source="trial:one")
    )
    assert told(results) == []
    assert Entry.objects.filter(source="trial:one").count() == 5


def test_eight_rounds_of_the_clock(town):
    issues = [overdue(town, text=f"问题 {number}") for number in range(5)]
    results = town.eight(lambda _number: timetable.tick(town.now))
    assert not [done for round_ in results for done in round_ if done.failure]
    assert sum(done.count for round_ in results for done in round_ if done.name == "walls.escalate_overdue") == 5
    for issue in issues:
        assert Posting.objects.filter(issue=issue).count() == 2


@pytest.mark.parametrize("round_", ROUNDS)
def test_eight_imports_of_one_roster(town, round_):
    header = ["党员编号", "姓名", "出生日期", "入党日期", "所在党组织", "管理类别"]
    rows = [
        [f"N{n}", "赵新" + "一二三四五"[n - 1], date(1970, 1, 2), date(1999, 7, 1), "组织BY2", "社区直管"]
        for n in range(1, 6)
    ]
    body, day = town.bodies["BY2"], local_date(town.now)
    found = roster.check(book([header, *rows]), "a.xlsx", scope=body, day=day)
    results = town.eight(
        lambda number: members.import_roster(
            found.read, found.difference, scope=body, by=town.by, now=town.now, key=f"import-{number}"
        )
    )
    assert len(told(results)) == 7
    assert Member.objects.filter(number__startswith="N").count() == 5


def while_somebody_leaves(town, work):
    """Start `work` while a departure of BY1-2 has been written, but not committed; return what came of it."""
    entered = Signal()

    def leave():
        with transaction.atomic():
            members.depart(
                town.members["BY1"][1], ending=Ending.DIED, on=date(2026, 3, 10), by=town.by, now=town.now, key="leaves"
            )
            entered.set()
            sleep(1.5)

    def meanwhile():
        assert entered.wait(30)
        return work()

    return town.at_once(leave, meanwhile)[1]


def units(number):
    return list(Membership.objects.filter(member__number=number).values_list("body__code", "valid_to", "ended"))


def test_a_departure_is_not_lost_in_a_merger(town):
    merged = while_somebody_leaves(
        town,
        lambda: members.merge(town.bodies["BY1"], into=town.bodies["BY2"], by=town.by, now=town.now, key="merges"),
    )
    assert merged.valid_to == local_date(town.now)
    assert units("BY1-2") == [("BY1", date(2026, 3, 10), "died")]


def test_who_leaves_meanwhile_is_not_split_off(town):
    chosen = town.members["BY1"][1:3]
    result = while_somebody_leaves(
        town,
        lambda: members.split(
            town.bodies["BY1"], code="BY3", name="新院", members=chosen, by=town.by, now=town.now, key="splits"
        ),
    )
    assert result.code == "split-member"
    assert units("BY1-2") == [("BY1", date(2026, 3, 10), "died")]


def test_a_departure_is_not_lost_in_an_import(town):
    header = ["党员编号", "姓名", "出生日期", "入党日期", "所在党组织", "管理类别"]
    one = town.members["BY1"][1]
    row = [one.number, one.name, one.born_on, one.joined_on, "组织BY2", "社区直管"]
    found = roster.check(book([header, row]), "a.xlsx", scope=town.bodies["W"], day=local_date(town.now))
    result = while_somebody_leaves(
        town,
        lambda: members.import_roster(
            found.read, found.difference, scope=town.bodies["W"], by=town.by, now=town.now, key="imports"
        ),
    )
    assert result.code == "roster.unsound"
    assert units("BY1-2") == [("BY1", date(2026, 3, 10), "died")]


@pytest.mark.parametrize("round_", ROUNDS)
def test_eight_grants_of_one_role(town, round_):
    user, by = town.user(), town.by
    results = town.eight(
        lambda number: accounts.grant_role(
            user, role=Role.DEPUTY, body=town.bodies["BY1"], by=by, now=town.now, key=f"grant-{number}"
        )
    )
    assert [each.code for each in told(results)] == ["role-held"] * 7
    assert RoleGrant.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_one_key_in_eight_hands(town, round_):
    results = town.eight(
        lambda number: accounts.make_user(
            username=f"person-{number}", shown_name="某人", by=Actor(name="tests"), now=town.now, key="one-key"
        )
    )
    assert len(told(results, Repeated)) == 7
    assert Event.objects.filter(request_key="one-key").count() == 1


def test_two_sign_in_rolls_do_not_take_in_one_person(town):
    from linli.activities.policy.rolls import Line
    from linli.activities.policy.states import Presence
    from tests.activities.making import planned

    starts = town.now - timedelta(minutes=15)
    markets = [planned(town, kind="market", starts_at=starts) for _ in range(8)]
    results = town.eight(
        lambda number: activities.record_roll(
            markets[number],
            lines=[Line("BY1-1", Presence.PRESENT), Line("BY1-2", Presence.PRESENT)],
            by=town.by,
            now=town.now,
            key=f"market-{number}",
        )
    )
    assert [each.code for each in told(results)] == ["roll-overlap"] * 7
