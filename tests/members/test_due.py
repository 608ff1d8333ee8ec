"""The due list asked of the database equals the table applied to each member by hand, for any history."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.lib.spans import months_after
from linli.members import queries
from linli.members.models import Member, Membership, MemberStanding
from linli.members.policy.due import Occasion, Reason, judge
from linli.members.policy.kinds import Stage, Standing
from tests.world import SINCE

DAY = date(2026, 3, 18)
days = st.dates(date(2025, 6, 1), date(2026, 6, 1))


def standing(world, index, kind, since, until=None):
    return MemberStanding.objects.create(
        member=world.members["BY1"][index], kind=kind, valid_from=since, valid_to=until
    )


def naive(body_codes, day, occasion):
    """Count again, row by row, as somebody would with the register in hand."""
    found = set()
    for row in Membership.objects.select_related("member", "body"):
        if row.body.code not in body_codes or row.valid_from > day or (row.valid_to and row.valid_to <= day):
            continue
        holding = [
            Standing(one.kind)
            for one in MemberStanding.objects.filter(member=row.member)
            if one.valid_from <= day
            and (one.valid_to is None or one.valid_to > day)
            and (one.kind != "mobile" or one.valid_from <= months_after(day, -3))
        ]
        if judge(queries.stage_on(row.member, day), holding, occasion).due:
            found.add(row.member.pk)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    histories=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(list(Standing)), days, days), max_size=8),
    full=st.lists(st.tuples(st.integers(0, 4), days), max_size=3),
    day=days,
)
def test_the_query_equals_a_naive_recount(world, histories, full, day):
    MemberStanding.objects.all().delete()
    for index, kind, since, until in histories:
        member = world.members["BY1"][index]
        ended = max(until, since + timedelta(days=1))
        if not any(
            one.valid_from < ended and since < one.valid_to
            for one in MemberStanding.objects.filter(member=member, kind=kind)
        ):
            standing(world, index, kind, since, ended)
    for index, since in full:
        Member.objects.filter(pk=world.members["BY1"][index].pk).update(full_on=since)
    below = {"BR1", "BY1", "BY2", "BG1"}
    for occasion in Occasion:
        due = queries.due_members(world.bodies["BR1"], day, occasion)
        assert {member.pk for member in due} == naive(below, day, occasion)
        lines = queries.explained(world.bodies["BR1"], day, occasion)
        assert [line.member.pk for line in lines if line.verdict.due] == [member.pk for member in due]


@pytest.mark.parametrize(
    ("since", "due"), [(date(2025, 12, 18), False), (date(2025, 12, 19), True), (date(2026, 3, 18), True)]
)
def test_who_lives_elsewhere_is_due_for_three_months_more(world, since, due):
    standing(world, 0, Standing.MOBILE, since)
    member = world.members["BY1"][0]
    assert queries.due_members(world.bodies["BY1"], DAY).filter(pk=member.pk).exists() is due


def test_each_exclusion_says_why(world):
    standing(world, 0, Standing.SUSPENDED, SINCE)
    standing(world, 1, Standing.EXCUSED, SINCE)
    Member.objects.filter(pk=world.members["BY1"][2].pk).update(stage=Stage.PROBATIONARY, full_on=None)
    lines = queries.explained(world.bodies["BY1"], DAY, Occasion.VOTE)
    reasons = {line.member.number: line.verdict.reason for line in lines}
    assert [reasons[world.members["BY1"][index].number] for index in range(4)] == [
        Reason.SUSPENDED,
        Reason.EXCUSED,
        Reason.PROBATIONARY_VOTE,
        Reason.FULL,
    ]


def test_the_tree_of_the_day_decides_not_that_of_today(world):
    from linli.organisations import services

    services.move_body(
        world.bodies["BY1"], parent=world.bodies["BR2"], by=world.by, now=world.now, key=world.key(), on=DAY
    )
    upper = world.bodies["BR1"]
    before = queries.due_members(upper, DAY - timedelta(days=1)).count()
    assert queries.due_members(upper, DAY).count() == before - queries.due_members(world.bodies["BY1"], DAY).count()
