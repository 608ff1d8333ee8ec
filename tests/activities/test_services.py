from datetime import timedelta

import pytest

from linli.access.decide import Actor
from linli.activities import queries, services
from linli.activities.models import Activity, Attendance, WrongCode
from linli.activities.policy.rolls import Line
from linli.activities.policy.states import Presence, State, Way
from linli.audit.models import Event
from linli.lib.errors import Refusal, Repeated
from linli.members import services as members
from linli.members.models import Member
from linli.members.policy.kinds import Ending, Title
from linli.points.models import Deed, Entry
from tests.activities.making import CONFIRMER, RECORDER, code_now, confirmed, lines, planned, recorded
from tests.world import SINCE


def refused(code, verb, /, *args, **kwargs):
    with pytest.raises(Refusal) as told:
        verb(*args, **kwargs)
    assert told.value.code == code
    assert str(told.value)


def numbers(activity):
    return list(queries.due_at(activity).values_list("number", flat=True))


# Who is due.


def test_due_are_the_members_of_the_body_and_of_those_below(world):
    assert len(numbers(planned(world, body="BY1"))) == 5
    assert len(numbers(planned(world, body="BR1"))) == 15
    assert numbers(planned(world, body="G1")) == numbers(planned(world, body="BR1"))


def test_due_on_the_day_counts_not_today(world):
    member = Member(number="NEW", name="新人", member_class=world.member.member_class)
    since = (world.now + timedelta(days=2)).date()
    members.enrol(member, body=world.bodies["BY1"], by=world.by, now=world.now, key=world.key(), since=since)
    assert "NEW" not in numbers(planned(world))
    assert "NEW" in numbers(planned(world, begun=-3 * 24 * 60))


def test_due_at_a_committee_are_its_posts(world):
    secretary, leader = world.members["BY1"][1:3]
    for member, title in ((secretary, Title.SECRETARY), (leader, Title.GROUP_LEADER)):
        members.appoint(member, body=world.bodies["BY1"], title=title, by=world.by, now=world.now, key=world.key())
    assert numbers(planned(world, kind="committee")) == [secretary.number]


def test_nobody_is_due_at_a_service(world):
    assert numbers(planned(world, kind="market")) == []


# Planning.


def test_what_is_planned_is_audited_once(world):
    key = world.key()
    activity = planned(world, key=key)
    with pytest.raises(Repeated) as again:
        planned(world, key=key)
    assert again.value.ref == activity.ref
    assert Event.objects.filter(ref=activity.ref).count() == 1


def test_the_same_thing_twice_is_refused(world):
    first = planned(world, title="三月党课")
    refused("activity-twice", planned, world, title="三月党课")
    services.cancel(first, reason="改期", by=world.by, now=world.now, key=world.key())
    planned(world, title="三月党课")


def test_a_number_of_a_person_does_not_reach_the_calendar(world):
    refused("activity-personal", planned, world, kind="market", title="磨刀，电话13812345678")
    refused("activity-personal", planned, world, kind="market", spot="找王师傅 138-1234-5678")
    planned(world, kind="lesson", title="通知电话13812345678")
    market = planned(world, kind="market")
    refused(
        "activity-personal", services.cancel, market, reason="问13812345678", by=world.by, now=world.now, key="k" * 16
    )


def moved(world, activity, **more):
    given = {
        "title": activity.title,
        "spot": "广场",
        "starts_at": activity.starts_at,
        "ends_at": activity.ends_at,
        "by": world.by,
        "now": world.now,
        "key": world.key(),
    }
    return services.change(activity, **given | more)


def test_a_change_counts_its_revision(world):
    activity = planned(world)
    assert moved(world, activity).revision == 1
    assert moved(world, activity).revision == 2


def test_a_recorded_roll_fixes_the_plan(world):
    activity = recorded(world)
    refused("activity-state", moved, world, activity)
    refused("activity-state", services.cancel, activity, reason="x", by=world.by, now=world.now, key=world.key())


# Signing in.


def sign_in(world, activity, *, member=None, code=None, at=None, key=None):
    return services.sign_in(
        activity,
        member=member or world.member,
        code=code or code_now(activity),
        by=world.by,
        now=at or world.now,
        key=key or world.key(),
    )


def test_signing_in_by_code(world):
    activity = planned(world)
    line = sign_in(world, activity)
    assert (line.presence, line.way, line.due, line.minutes) == (Presence.PRESENT, Way.CODE, True, 90)


def test_signing_in_twice_keeps_the_first_line(world):
    activity = planned(world)
    key = world.key()
    first = sign_in(world, activity, key=key)
    assert sign_in(world, activity, key=key) == first
    assert sign_in(world, activity, code="wrong") == first
    assert activity.roll.count() == 1


def test_a_guest_signs_in_as_a_guest(world):
    activity = planned(world, kind="market")
    assert not sign_in(world, activity).due


@pytest.mark.parametrize("minutes", [-46, 91])
def test_signing_in_has_its_time(world, minutes):
    activity = planned(world, begun=0)
    refused("code-closed", sign_in, world, activity, at=world.now + timedelta(minutes=minutes))


def test_five_wrong_codes_make_a_pause_for_this_member_only(world):
    activity = planned(world)
    key = world.key()
    for _ in range(5):
        refused("code-wrong", sign_in, world, activity, code="x", key=key)
    assert WrongCode.objects.count() == 5
    refused("code-pause", sign_in, world, activity)
    assert sign_in(world, activity, member=world.members["BY1"][1])
    later = world.now + timedelta(minutes=11)
    refused("code-wrong", sign_in, world, activity, code="x", at=later, key=key)


def test_after_a_wrong_code_the_right_one_counts_under_the_same_key(world):
    activity = planned(world)
    key = world.key()
    refused("code-wrong", sign_in, world, activity, code="x", key=key)
    assert sign_in(world, activity, key=key).presence == Presence.PRESENT


def test_signing_in_ends_with_the_roll(world):
    refused("activity-state", sign_in, world, recorded(world, absent=["BY1-1"]))


def test_nobody_is_at_two_places_at_once(world):
    sign_in(world, planned(world))
    refused("roll-overlap", sign_in, world, planned(world, kind="market"))
    sign_in(world, planned(world, kind="market"), member=world.members["BY1"][1])


def test_one_place_after_the_other_is_fine(world):
    sign_in(world, planned(world, begun=90, lasts=90))
    sign_in(world, planned(world, begun=0))


def test_a_cancelled_activity_takes_nobodys_time(world):
    first = planned(world)
    sign_in(world, first)
    services.cancel(first, reason="停电", by=world.by, now=world.now, key=world.key())
    sign_in(world, planned(world))


def test_a_change_of_time_may_not_put_somebody_at_two_places(world):
    early = planned(world, begun=90, lasts=90)
    sign_in(world, early)
    sign_in(world, planned(world, begun=0))
    refused("roll-overlap", moved, world, early, ends_at=early.ends_at + timedelta(minutes=5))


def test_what_was_signed_by_code_stays_on_its_day(world):
    activity = planned(world)
    line = sign_in(world, activity)
    ahead = {"starts_at": activity.starts_at + timedelta(days=1), "ends_at": activity.ends_at + timedelta(days=1)}
    refused("activity-signed-in", moved, world, activity, **ahead)
    assert Activity.objects.get(pk=activity.pk).starts_at == activity.starts_at
    delayed = {name: moment - timedelta(days=1) + timedelta(hours=1) for name, moment in ahead.items()}
    moved(world, activity, **delayed)
    assert list(activity.roll.all()) == [line]
    services.cancel(activity, reason="改期", by=world.by, now=world.now, key=world.key())
    planned(world, title=activity.title, **ahead)


def test_a_roll_by_hand_that_was_given_back_can_move_to_the_right_day(world):
    activity = services.return_roll(recorded(world), reason="日期错了", by=CONFIRMER, now=world.now, key=world.key())
    early = {name: getattr(activity, name) - timedelta(days=1) for name in ("starts_at", "ends_at")}
    assert moved(world, activity, **early).starts_at == early["starts_at"]


def test_the_minutes_of_who_is_present_follow_the_length(world):
    activity = planned(world)
    sign_in(world, activity)
    sign_in(world, activity, member=world.members["BY1"][1])
    activity.roll.filter(member=world.members["BY1"][1]).update(minutes=70)
    for lasts, minutes in ((60, [60, 60]), (120, [120, 120]), (90, [90, 90])):
        moved(world, activity, ends_at=activity.starts_at + timedelta(minutes=lasts))
        assert list(activity.roll.order_by("member__number").values_list("minutes", flat=True)) == minutes


def test_wrong_codes_are_forgotten(world):
    from linli.activities import jobs

    activity = planned(world)
    refused("code-wrong", sign_in, world, activity, code="x")
    assert jobs.forget_codes(world.now) == 0
    assert jobs.forget_codes(world.now + timedelta(days=2)) == 1
    assert jobs.forget_codes(world.now + timedelta(days=2)) == 0


# The roll.


def record(world, activity, found, by=RECORDER):
    return services.record_roll(activity, lines=found, by=by, now=world.now, key=world.key())


def test_a_roll_has_a_line_for_everybody_due(world):
    activity = recorded(world, absent=["BY1-1"], leave=["BY1-2"])
    assert activity.state == State.RECORDED
    found = dict(activity.roll.values_list("member__number", "presence"))
    assert found == {"BY1-1": "absent", "BY1-2": "leave"} | dict.fromkeys(("BY1-3", "BY1-4", "BY1-5"), "present")
    assert activity.roll.filter(due=True).count() == 5


def test_what_a_roll_refuses(world):
    activity = planned(world)
    refused("roll-missing", record, world, activity, lines(activity)[1:])
    refused("roll-unknown", record, world, activity, [*lines(activity), Line("NOBODY", Presence.PRESENT)])
    refused("roll-early", recorded, world, planned(world, begun=-1))
    assert Activity.objects.get(pk=activity.pk).state == State.PLANNED


def test_a_guest_on_the_roll_is_not_due(world):
    activity = planned(world)
    record(world, activity, [*lines(activity), Line("BY2-1", Presence.PRESENT, 30)])
    line = activity.roll.get(member__number="BY2-1")
    assert (line.due, line.minutes) == (False, 30)


def test_recording_again_replaces_and_keeps_who_signed_by_code(world):
    activity = planned(world)
    sign_in(world, activity)
    recorded(world, activity)
    again = record(world, activity, lines(activity, absent=["BY1-5"]), by=Actor(name="other"))
    assert (again.roll_version, again.recorded_by) == (2, "other")
    assert activity.roll.count() == 5
    assert list(activity.roll.filter(way=Way.CODE).values_list("member", flat=True)) == [world.member.pk]
    record(world, activity, lines(activity, absent=["BY1-1"]))
    assert not activity.roll.filter(way=Way.CODE).exists()


def test_the_roll_knows_who_was_elsewhere(world):
    recorded(world, planned(world))
    market = planned(world, kind="market")
    refused("roll-overlap", record, world, market, [Line("BY1-1", Presence.PRESENT)])
    absent = planned(world)
    record(world, absent, lines(absent, absent=[f"BY1-{n}" for n in range(1, 6)]))


# Confirming.


def confirm(world, activity, by=CONFIRMER, seen=1):
    return services.confirm_roll(activity, seen=seen, by=by, now=world.now, key=world.key())


def test_a_confirmed_roll_earns_its_points(world):
    activity = recorded(world, absent=["BY1-1"], leave=["BY1-2"])
    assert confirm(world, activity) == 3
    entries = Entry.objects.filter(source=activity.ref)
    assert sorted(entries.values_list("member__number", "tenths", "indicator__code")) == [
        (f"BY1-{n}", 10, "LIFE-DH") for n in (3, 4, 5)
    ]
    activity.refresh_from_db()
    assert (activity.state, activity.due_count, activity.confirmed_by) == (State.CONFIRMED, 5, "confirmer")


def test_service_earns_by_its_minutes(world):
    market = planned(world, kind="market", lasts=180, begun=200)
    record(world, market, [Line("BY1-1", Presence.PRESENT), Line("BY1-2", Presence.PRESENT, 90)])
    confirm(world, market)
    assert sorted(Entry.objects.filter(source=market.ref).values_list("tenths", flat=True)) == [7, 15]


def test_a_committee_meeting_earns_nothing(world):
    activity = planned(world, kind="committee")
    record(world, activity, [Line("BY1-1", Presence.PRESENT)])
    assert confirm(world, activity) == 0
    assert not Entry.objects.filter(source=activity.ref).exists()


def test_who_records_does_not_confirm(world):
    activity = recorded(world)
    refused("roll-own", confirm, world, activity, by=RECORDER)
    assert not Entry.objects.filter(source=activity.ref).exists()


def test_only_the_roll_that_was_read_is_confirmed(world):
    activity = recorded(world)
    record(world, activity, lines(activity, absent=["BY1-1"]))
    refused("roll-changed", confirm, world, activity, seen=1)
    assert confirm(world, activity, seen=2) == 4


def test_confirming_twice_is_refused(world):
    activity = recorded(world)
    confirm(world, activity)
    refused("activity-state", confirm, world, activity)


def test_a_member_who_became_due_meanwhile_needs_a_line(world):
    activity = recorded(world)
    late = Member(number="LATE", name="迟小到", member_class=world.member.member_class)
    members.enrol(
        late,
        body=world.bodies["BY1"],
        by=world.by,
        now=world.now,
        key=world.key(),
        since=SINCE,
    )
    refused("roll-outdated", confirm, world, activity)
    services.return_roll(activity, reason="少一人", by=CONFIRMER, now=world.now, key=world.key())
    recorded(world, activity)
    assert confirm(world, activity, seen=2) == 6


@pytest.mark.parametrize("presence", [{}, {"absent": ["BY1-1"]}])
def test_a_line_of_one_who_had_left_by_the_day_is_taken_off_first(world, presence):
    activity = recorded(world, **presence)
    members.depart(
        world.members["BY1"][0],
        ending=Ending.DIED,
        on=activity.starts_at.date(),
        by=world.by,
        now=world.now,
        key="left",
    )
    refused("roll-gone", confirm, world, activity)
    services.return_roll(activity, reason="已去世", by=CONFIRMER, now=world.now, key=world.key())
    recorded(world, activity)
    assert confirm(world, activity, seen=2) == 4


def test_who_left_after_the_day_keeps_the_line(world):
    activity = recorded(world, activity=planned(world, begun=2 * 24 * 60))
    leaver = world.members["BY1"][0]
    members.depart(leaver, ending=Ending.DIED, on=world.now.date(), by=world.by, now=world.now, key="left")
    assert confirm(world, activity) == 5


def test_the_confirmers_own_line_waits_for_another_person(world):
    activity = recorded(world)
    assert confirm(world, activity, by=world.actor_of(world.member.user)) == 4
    assert Deed.objects.filter(source=activity.ref, member=world.member).count() == 1


def test_a_roll_given_back_keeps_its_lines(world):
    activity = recorded(world, absent=["BY1-1"])
    back = services.return_roll(activity, reason="少一页", by=CONFIRMER, now=world.now, key=world.key())
    assert (back.state, back.return_reason, back.roll.count()) == (State.PLANNED, "少一页", 5)
    assert recorded(world, back).return_reason == ""


def test_the_house_kinds_are_made_once(world):
    before = list(queries.kinds().values_list("code", "due"))
    services.ensure_default_kinds(by=world.by, now=world.now, key=world.key())
    assert list(queries.kinds().values_list("code", "due")) == before


# What a member sees.


def test_a_member_sees_what_is_missed_until_it_is_old(world):
    activity = confirmed(world, absent=["BY1-1"])
    me = world.member.pk
    assert [line.activity for line in queries.missed(me, world.now)] == [activity]
    assert not queries.missed(world.members["BY1"][1].pk, world.now)
    assert not queries.missed(me, world.now + timedelta(days=366))


def test_a_committee_meeting_concerns_only_its_committee(world):
    activity = planned(world, kind="committee")
    day = world.now.date()
    assert activity not in queries.for_member(world.member.pk, day)
    members.appoint(
        world.member, body=world.bodies["BY1"], title=Title.DEPUTY, by=world.by, now=world.now, key=world.key()
    )
    assert activity in queries.for_member(world.member.pk, day)
    assert str(Attendance(activity=activity, member=world.member, presence="present"))
