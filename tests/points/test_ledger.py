from datetime import date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from linli.access.roles import Role
from linli.lib.clock import CHINA
from linli.lib.errors import Refusal, Repeated
from linli.lib.month import Month
from linli.points import services
from linli.points.models import Deed, Entry, Indicator

FEBRUARY = date(2026, 2, 10)


def award(world, members=None, **changes):
    lines = [services.Award(member, "LIFE-ZT") for member in members or world.members["BY1"]]
    given = {
        "lines": lines,
        "recorder": "user:901",
        "confirmer": "user:902",
        "source": "activity:1",
        "deed_on": FEBRUARY,
        "by": world.by,
        "now": world.now,
        "key": world.key(),
    } | changes
    return services.award(**given)


def test_a_confirmed_roll_is_booked_once(world):
    assert award(world) == 5
    assert award(world) == 0
    assert Entry.objects.count() == 5
    assert set(Entry.objects.values_list("tenths", "month")) == {(10, date(2026, 2, 1))}


def test_the_confirmers_own_line_waits_for_another(world):
    own = f"user:{world.member.user_id}"
    assert award(world, confirmer=own) == 4
    deed = Deed.objects.get()
    assert (deed.member, deed.state, deed.recorder) == (world.member, "waiting", own)
    with pytest.raises(Refusal):
        services.confirm_deed(deed, by=world.actor_of(world.member.user), now=world.now, key=world.key())
    services.confirm_deed(deed, by=world.actor(Role.SECRETARY, "BR1"), now=world.now, key=world.key())
    assert Entry.objects.filter(member=world.member).count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"confirmer": "user:901"}, "second-person"),
        ({"deed_on": date(2026, 3, 19)}, "deed-future"),
    ],
)
def test_what_is_refused(world, changes, code):
    with pytest.raises(Refusal) as refused:
        award(world, **changes)
    assert refused.value.code == code
    assert not Entry.objects.exists()


def test_an_unknown_indicator_is_refused(world):
    with pytest.raises(Refusal) as refused:
        award(world, lines=[services.Award(world.member, "NOPE")])
    assert refused.value.code == "indicator-unknown"


def test_the_ledger_is_append_only(world):
    award(world)
    for change in (lambda: Entry.objects.update(tenths=99), lambda: Entry.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_indicator_for_logging_in_cannot_exist(world):
    like = Indicator.objects.first()
    like.pk, like.code, like.deed_type = None, "LOGIN", "login"
    with pytest.raises(IntegrityError), transaction.atomic():
        like.save()


def test_recorder_and_confirmer_differ_in_the_database_too(world):
    award(world)
    line = Entry.objects.first()
    line.pk, line.source, line.confirmer = None, "x", line.recorder
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_a_late_deed_goes_into_the_open_month_and_keeps_its_day(world):
    services.prepare_bulletin(world.bodies["BY1"], month=Month(2026, 2), by=world.by, now=world.now, key=world.key())
    award(world)
    assert set(Entry.objects.values_list("deed_on", "month")) == {(FEBRUARY, date(2026, 3, 1))}


def recorded(world, **changes):
    given = {
        "member": world.member,
        "indicator": "PLEDGE",
        "deed_on": FEBRUARY,
        "note": "帮邻居修水管",
        "recorder": "user:901",
        "by": world.by,
        "now": world.now,
        "key": world.key(),
    } | changes
    return services.record_deed(**given)


def test_a_deed_waits_and_is_booked_when_confirmed(world):
    deed = recorded(world)
    assert not Entry.objects.exists()
    entry = services.confirm_deed(deed, by=world.actor(Role.SECRETARY), now=world.now, key=world.key())
    assert (entry.tenths, entry.recorder, entry.source) == (20, "user:901", deed.source)
    with pytest.raises(Refusal):
        services.confirm_deed(deed, by=world.actor(Role.SECRETARY), now=world.now, key=world.key())


def test_a_deed_from_one_source_is_recorded_once(world):
    assert recorded(world, source="issue:1").pk == recorded(world, source="issue:1").pk


def test_a_refused_deed_earns_nothing(world):
    deed = recorded(world)
    services.refuse_deed(deed, reason="查无此事", by=world.actor(Role.SECRETARY), now=world.now, key=world.key())
    with pytest.raises(Refusal):
        services.confirm_deed(deed, by=world.actor(Role.SECRETARY), now=world.now, key=world.key())


def prepared(world, now=None):
    preparer = world.actor(Role.SECRETARY, "BY1")
    return services.prepare_bulletin(
        world.bodies["BY1"], month=Month(2026, 2), by=preparer, now=now or world.now, key=world.key()
    ), preparer


LATER = datetime(2026, 3, 24, 9, 0, tzinfo=CHINA)


def test_a_bulletin_is_published_by_another_after_the_days_of_objection(world):
    award(world)
    bulletin, preparer = prepared(world)
    other = world.actor(Role.DEPUTY, "BY1")
    for by, now, code in [(preparer, LATER, "bulletin-second-person"), (other, world.now, "bulletin-objections")]:
        with pytest.raises(Refusal) as refused:
            services.publish_bulletin(bulletin, by=by, now=now, key=world.key())
        assert refused.value.code == code
    published = services.publish_bulletin(bulletin, by=other, now=LATER, key=world.key())
    assert published.checkpoint_size == 6
    assert [row["member"] for row in published.frozen] == [m.number for m in world.members["BY1"]]
    assert "王" not in str([{k: v for k, v in row.items() if k != "lines"} for row in published.frozen])
    with pytest.raises(Refusal):
        services.reopen_bulletin(published, reason="", by=other, now=LATER, key=world.key())


def test_a_month_that_is_not_over_has_no_bulletin(world):
    with pytest.raises(Refusal) as refused:
        services.prepare_bulletin(
            world.bodies["BY1"], month=Month(2026, 3), by=world.by, now=world.now, key=world.key()
        )
    assert refused.value.code == "month-not-over"


def test_a_draft_taken_back_opens_the_month(world):
    bulletin, _preparer = prepared(world)
    services.reopen_bulletin(bulletin, reason="异议成立", by=world.by, now=world.now, key=world.key())
    award(world)
    assert Entry.objects.first().month == date(2026, 2, 1)


def test_the_same_key_publishes_once(world):
    bulletin, _preparer = prepared(world)
    key, other = world.key(), world.actor(Role.DEPUTY, "BY1")
    services.publish_bulletin(bulletin, by=other, now=LATER, key=key)
    with pytest.raises(Repeated):
        services.publish_bulletin(bulletin, by=other, now=LATER, key=key)
