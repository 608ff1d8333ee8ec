from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from linli.access.roles import Role
from linli.lib.clock import local_date
from linli.lib.errors import Refusal, Repeated
from linli.lib.month import Month
from linli.members import services as members
from linli.members.models import Member, Membership
from linli.points import queries, services
from linli.points.models import Bulletin, Deed, Entry, Indicator
from linli.points.policy.kinds import DeedState
from tests.points import deeds
from tests.points.deeds import CONFIRMER, FEBRUARY, RECORDER
from tests.points.months import published


@pytest.fixture(autouse=True)
def _sheet(world):
    deeds.sheet(world)


def test_a_roll_is_booked_at_once_and_a_replay_doubles_nothing(world):
    people = world.members["BY1"]
    assert deeds.award(world, *people, source="activity:1") == len(people)
    assert deeds.award(world, *people, source="activity:1") == 0
    assert deeds.award(world, *people, *world.members["BY2"][:1], source="activity:1") == 1
    lines = Entry.objects.filter(source="activity:1")
    assert {(e.tenths, e.deed_on, e.month, e.body.code) for e in lines} == {
        (10, FEBRUARY, date(2026, 2, 1), code) for code in ("BY1", "BY2")
    }


def test_the_same_key_books_once(world):
    key = world.key()
    deeds.award(world, key=key)
    with pytest.raises(Repeated):
        deeds.award(world, key=key, source="activity:other")


def test_the_same_member_twice_in_one_roll_earns_once(world):
    member = world.members["BY1"][1]
    assert deeds.award(world, member, member) == 1


def test_the_recorder_is_never_the_confirmer(world):
    with pytest.raises(Refusal) as refused:
        deeds.award(world, confirmer=RECORDER)
    assert refused.value.code == "second-person"
    entry = deeds.entry(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**_copy(entry, source="x", confirmer=entry.recorder))


def test_the_confirmers_own_line_waits_for_another(world):
    earner, other = world.members["BY1"][:2]
    me = f"user:{earner.user_id}"
    assert deeds.award(world, earner, other, confirmer=me, source="activity:5") == 1
    assert deeds.award(world, earner, other, confirmer=me, source="activity:5") == 0
    deed = Deed.objects.get()
    assert (deed.member, deed.state, deed.source) == (earner, DeedState.WAITING, "activity:5")
    for who in (world.actor_of(earner.user),):
        with pytest.raises(Refusal):
            services.confirm_deed(deed, by=who, now=world.now, key=world.key())
    third = world.actor(Role.DEPUTY, "BY1")
    entry = services.confirm_deed(deed, by=third, now=world.now, key=world.key())
    assert (entry.member, entry.source, entry.confirmer) == (earner, "activity:5", third.ref)
    assert deeds.award(world, earner, other, confirmer=CONFIRMER, source="activity:5") == 0
    assert Entry.objects.filter(source="activity:5").count() == 2


def test_who_recorded_cannot_confirm(world):
    who = world.actor(Role.SECRETARY, "BY1")
    deed = recorded(world, recorder=who.ref)
    with pytest.raises(Refusal) as refused:
        services.confirm_deed(deed, by=who, now=world.now, key=world.key())
    assert refused.value.code == "second-person"
    with pytest.raises(Refusal):
        services.refuse_deed(deed, reason="", by=who, now=world.now, key=world.key())
    with pytest.raises(IntegrityError), transaction.atomic():
        Deed.objects.update(confirmer=who.ref)


def test_a_class_that_takes_no_part_earns_nothing(world):
    exempt = members.ensure_class(
        code="retired", name="离退休", duties="", scored=False, by=world.by, now=world.now, key=world.key()
    )
    member = world.members["BY1"][1]
    Member.objects.filter(pk=member.pk).update(member_class=exempt)
    assert deeds.award(world, *world.members["BY1"]) == 4
    with pytest.raises(Refusal) as refused:
        recorded(world, member=member)
    assert refused.value.code == "member-not-scored"


def test_hours_count_by_full_tenths_and_levels_by_their_factor(world):
    assert deeds.entry(world, indicator="VOL", minutes=150).tenths == 12
    assert deeds.entry(world, indicator="VOL", quantity=2).tenths == 10
    assert deeds.entry(world, indicator="HONOR", quantity=3).tenths == 30
    assert deeds.entry(world, indicator="COMMENT", quantity=5).tenths == 50
    for wrong in ({"indicator": "HONOR", "quantity": 4}, {"quantity": 0}, {"indicator": "VOL", "minutes": 10**6}):
        with pytest.raises(Refusal) as refused:
            deeds.entry(world, **wrong)
        assert refused.value.code == "deed-quantity"
        assert str(refused.value)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"indicator": "LOGIN"}, "indicator-unknown"), ({"deed_on": date(2026, 3, 19)}, "deed-future")],
)
def test_what_is_refused(world, changes, code):
    for attempt in (deeds.award, recorded):
        with pytest.raises(Refusal) as refused:
            attempt(world, **changes)
        assert refused.value.code == code
        assert str(refused.value)


def test_who_belongs_nowhere_cannot_be_booked(world):
    member = world.members["BY1"][1]
    member.memberships.all().delete()
    for attempt in (lambda: deeds.award(world, member), lambda: recorded(world, member=member)):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "member-without-unit"


def recorded(world, **changes):
    given = {
        "member": world.members["BY1"][1],
        "indicator": "PLEDGE",
        "deed_on": FEBRUARY,
        "note": "楼道清理",
        "recorder": RECORDER,
        "by": world.by,
        "now": world.now,
        "key": world.key(),
    } | changes
    return services.record_deed(**given)


def test_a_deed_from_the_same_source_is_recorded_once(world):
    first = recorded(world, source="issue:1")
    assert recorded(world, source="issue:1") == first
    other = world.actor(Role.DEPUTY, "BY1")
    services.confirm_deed(first, by=other, now=world.now, key=world.key())
    with pytest.raises(Refusal) as refused:
        services.confirm_deed(first, by=other, now=world.now, key=world.key())
    assert refused.value.code == "deed-settled"
    assert recorded(world, source="issue:1") == first
    assert Entry.objects.count() == 1


def test_a_refused_deed_stays_with_its_reason(world):
    deed = recorded(world)
    services.refuse_deed(deed, reason="未见", by=world.actor(Role.DEPUTY), now=world.now, key=world.key())
    deed.refresh_from_db()
    assert (deed.state, deed.refused_because) == (DeedState.REFUSED, "未见")
    assert not Entry.objects.exists()


def test_deeds_are_confirmed_all_or_none(world):
    lines = [services.Award(member, "DUES") for member in world.members["BY1"]]
    found = services.record_deeds(
        lines=lines, deed_on=FEBRUARY, note="2 月", recorder=RECORDER, by=world.by, now=world.now, key=world.key()
    )
    earner = world.actor_of(world.member.user)
    with pytest.raises(Refusal):
        services.confirm_deeds(found, by=earner, now=world.now, key=world.key())
    assert not Entry.objects.exists()
    services.confirm_deeds(found, by=world.actor(Role.DEPUTY), now=world.now, key=world.key())
    assert sorted(Entry.objects.values_list("tenths", flat=True)) == [5] * 5


def test_a_late_deed_goes_into_the_open_month_with_its_date(world):
    draft(world, date(2026, 2, 1))
    entry = deeds.entry(world)
    assert (entry.month, entry.deed_on) == (date(2026, 3, 1), FEBRUARY)
    assert deeds.entry(world, world.members["BR2"][0]).month == date(2026, 2, 1)


def test_a_closed_month_takes_no_line(world):
    entry = deeds.entry(world)
    draft(world, date(2026, 2, 1))
    for month in (date(2026, 2, 1), date(2026, 1, 1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.create(**_copy(entry, source="late", month=month))
    Entry.objects.create(**_copy(entry, source="late", month=date(2026, 3, 1)))


def test_the_ledger_and_published_bulletins_refuse_change(world):
    entry = deeds.entry(world)
    bulletin = draft(world, date(2026, 2, 1))
    bulletin.state = "published"
    bulletin.save()
    attempts = [
        lambda: Entry.objects.update(tenths=99),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
        lambda: Bulletin.objects.update(frozen={}),
        lambda: Bulletin.objects.all().delete(),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_an_indicator_for_log_ins_cannot_exist(world):
    line = Indicator.objects.first()
    for deed_type in ("login", "like", "reading", "vote", "forward"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Indicator.objects.create(sheet=line.sheet, code=deed_type, name="x", deed_type=deed_type, tenths=1)


def test_a_line_is_taken_back_by_two_people_once(world):
    entry = deeds.entry(world, indicator="HONOR", quantity=2)
    first, second = world.actor(Role.SECRETARY, "BY1"), world.actor(Role.DEPUTY, "BY1")

    def asked():
        return services.reverse(entry, reason="重复登记", recorder=first.ref, by=first, now=world.now, key=world.key())

    deed = asked()
    services.refuse_deed(deed, reason="不是重复", by=second, now=world.now, key=world.key())
    deed = asked()
    with pytest.raises(Refusal) as refused:
        asked()
    assert refused.value.code == "entry-reversed"
    with pytest.raises(Refusal):
        services.confirm_deed(deed, by=first, now=world.now, key=world.key())
    line = services.confirm_deed(deed, by=second, now=world.now, key=world.key())
    assert (line.tenths, line.reverses, line.month) == (-20, entry, date(2026, 3, 1))
    assert queries.note_of(line) == "重复登记"
    with pytest.raises(Refusal):
        services.reverse(line, reason="x", recorder=first.ref, by=first, now=world.now, key=world.key())


def test_a_new_version_of_the_sheet_ends_the_old_one(world):
    new = services.ensure_sheet(since=date(2026, 3, 1), by=world.by, now=world.now, key=world.key())
    again = services.ensure_sheet(since=date(2026, 3, 1), by=world.by, now=world.now, key=world.key())
    assert new == again
    assert deeds.entry(world).indicator.sheet != new
    assert deeds.entry(world, deed_on=date(2026, 3, 2)).indicator.sheet == new
    with pytest.raises(DatabaseError), transaction.atomic():
        type(new).objects.create(code=new.code, name="x", valid_from=date(2026, 3, 2))


def draft(world, month):
    return Bulletin.objects.create(
        body=world.bodies["BY1"],
        month=month,
        state="draft",
        preparer="user:1",
        prepared_at=world.now,
        objections_until=world.now + timedelta(days=5),
    )


def _copy(entry, **changes):
    names = [field.attname for field in Entry._meta.concrete_fields if field.name != "id"]
    return {name: getattr(entry, name) for name in names} | changes


def test_a_deed_of_one_who_left_since_is_booked_where_it_was_done(world):
    member = world.members["BY1"][1]
    found = services.record_deeds(
        lines=[services.Award(member, "DUES")],
        deed_on=FEBRUARY,
        note="2 月",
        recorder=RECORDER,
        by=world.by,
        now=world.now,
        key=world.key(),
    )
    Membership.objects.filter(member=member).update(valid_to=date(2026, 3, 1))
    (entry,) = services.confirm_deeds(found, by=world.actor(Role.DEPUTY), now=world.now, key=world.key())
    assert entry.body == world.bodies["BY1"]


def test_a_line_of_one_who_left_every_unit_is_taken_back_in_the_last_one(world):
    member, gone = world.members["BY1"][1], date(2026, 3, 11)
    entry = deeds.entry(world, member)
    leave(member, gone)
    first, second = world.actor(Role.SECRETARY, "BY1"), world.actor(Role.DEPUTY, "BY1")
    deed = services.reverse(entry, reason="误记", recorder=first.ref, by=first, now=world.now, key=world.key())
    assert deed.deed_on == gone - timedelta(days=1)
    assert list(queries.waiting_deeds(second, local_date(world.now))) == [deed]
    line = services.confirm_deed(deed, by=second, now=world.now, key=world.key())
    assert (line.body, line.month, line.tenths) == (world.bodies["BY1"], date(2026, 3, 1), -entry.tenths)


@pytest.mark.parametrize("since", [None, date(2026, 3, 10)])
def test_a_line_of_one_who_belongs_nowhere_is_taken_back_where_it_stands(world, since):
    """A second number of a person has no unit on any day; a departure may be entered while the reversal waits."""
    member = world.members["BY1"][1]
    entry = deeds.entry(world, member)
    first, second = world.actor(Role.SECRETARY, "BY1"), world.actor(Role.DEPUTY, "BY1")
    given = {"reason": "误记", "recorder": first.ref, "by": first, "now": world.now, "key": world.key()}
    if since is None:
        member.memberships.all().delete()
    deed = services.reverse(entry, **given)
    leave(member, since)
    today = local_date(world.now)
    assert list(queries.waiting_deeds(second, today)) == [deed]
    assert not queries.waiting_deeds(world.actor(Role.DEPUTY, "BY2"), today).exists()
    line = services.confirm_deed(deed, by=second, now=world.now, key=world.key())
    assert (line.body, line.month, line.tenths) == (entry.body, date(2026, 3, 1), -entry.tenths)


def test_a_deed_of_a_day_after_the_member_left_waits_for_the_last_unit_which_can_refuse_it(world):
    member, today = world.members["BY1"][1], local_date(world.now)
    deed = recorded(world, deed_on=date(2026, 3, 10))
    leave(member, date(2026, 3, 5))
    second = world.actor(Role.DEPUTY, "BY1")
    assert list(queries.waiting_deeds(second, today)) == [deed]
    assert not queries.waiting_deeds(world.actor(Role.DEPUTY, "BY2"), today).exists()
    with pytest.raises(Refusal) as refused:
        services.confirm_deed(deed, by=second, now=world.now, key=world.key())
    assert refused.value.code == "member-without-unit"
    services.refuse_deed(deed, reason="已离开", by=second, now=world.now, key=world.key())


def test_the_last_day_in_a_unit(world):
    member, today = world.members["BY1"][1], local_date(world.now)
    found = []
    for end in (None, today + timedelta(days=1), today, today - timedelta(days=9)):
        leave(member, end)
        found.append(queries.last_day_in_unit(member.pk, today))
    assert found == [today, today, today - timedelta(days=1), today - timedelta(days=10)]
    member.memberships.all().delete()
    assert queries.last_day_in_unit(member.pk, today) == today


def test_what_one_who_left_has_in_a_sealed_month_is_taken_back_in_the_first_open_one(world):
    member = world.members["BY1"][1]
    entry = deeds.entry(world, member)
    leave(member, date(2026, 2, 20))
    published(world)
    first, second = world.actor(Role.SECRETARY, "BY1"), world.actor(Role.DEPUTY, "BY1")
    given = {"reason": "误记", "recorder": first.ref, "by": first, "now": world.now, "key": world.key()}
    line = services.confirm_deed(services.reverse(entry, **given), by=second, now=world.now, key=world.key())
    assert (line.deed_on, line.month) == (date(2026, 2, 19), date(2026, 3, 1))
    (row,) = [row for row in queries.bulletin_rows(world.bodies["BY1"], Month(2026, 3)) if row["member"] == "BY1-2"]
    assert (row["month"], row["total"]) == (-10, 600)


def test_a_reversal_never_stands_before_the_line(world):
    """The line was booked late into an open month; the last branch of the member has closed nothing."""
    member = world.members["BY1"][1]
    Membership.objects.filter(member=member).update(valid_to=date(2026, 2, 16))
    Membership.objects.create(
        member=member, body=world.bodies["BY2"], valid_from=date(2026, 2, 16), valid_to=date(2026, 2, 20)
    )
    draft(world, date(2026, 2, 1))
    entry = deeds.entry(world, member)
    assert (entry.body.code, entry.month) == ("BY1", date(2026, 3, 1))
    first, second = world.actor(Role.SECRETARY, "BR1"), world.actor(Role.DEPUTY, "BR1")
    given = {"reason": "误记", "recorder": first.ref, "by": first, "now": world.now, "key": world.key()}
    line = services.confirm_deed(services.reverse(entry, **given), by=second, now=world.now, key=world.key())
    assert (line.body.code, line.month) == ("BY2", date(2026, 3, 1))
    assert queries.counted_years([member.pk], Month(2026, 3))[member.pk].total == 600


def leave(member, day):
    Membership.objects.filter(member=member).update(valid_to=day)
