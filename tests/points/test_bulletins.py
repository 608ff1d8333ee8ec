from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from linli.access.roles import Role
from linli.audit import queries as audit
from linli.audit.models import Checkpoint, Leaf
from linli.audit.proof_check import ACCEPTED, REFUSED, dump, judge
from linli.audit.services import checkpoint, seal
from linli.home import overview
from linli.lib.clock import CHINA, local_date
from linli.lib.errors import Refusal, Repeated
from linli.lib.month import Month
from linli.members import services as members
from linli.members.models import Member, Membership
from linli.members.policy.kinds import Purpose
from linli.points import queries, services
from linli.points.models import Bulletin, Entry
from tests.points import deeds, months
from tests.points.months import FEBRUARY, PREPARER, PUBLISHER, WINDOW


def test_a_month_is_drafted_after_it_is_over_and_closes(world):
    deeds.entry(world)
    draft = months.drafted(world)
    assert f"{draft.objections_until.astimezone(CHINA):%m-%d %H:%M}" == "03-23 23:59"
    assert deeds.entry(world).month == date(2026, 3, 1)
    with pytest.raises(Refusal) as refused:
        months.drafted(world, month=Month(2026, 3))
    assert refused.value.code == "month-not-over"


def test_one_bulletin_a_branch_and_month(world):
    months.drafted(world)
    with pytest.raises(Refusal) as refused:
        months.drafted(world)
    assert refused.value.code == "bulletin-exists"
    key = world.key()
    months.drafted(world, "BY2", key=key)
    with pytest.raises(Repeated):
        months.drafted(world, "BY2", key=key)


def test_months_are_published_in_order(world):
    deeds.award(world, deed_on=date(2026, 1, 5))
    with pytest.raises(Refusal) as refused:
        months.drafted(world)
    assert refused.value.code == "bulletin-order"
    january = months.drafted(world, month=Month(2026, 1))
    with pytest.raises(Refusal):
        months.drafted(world)
    services.publish_bulletin(january, by=PUBLISHER, now=world.now + WINDOW, key=world.key())
    months.drafted(world)


def test_another_person_publishes_after_the_objections(world):
    draft = months.drafted(world)
    for by, now, code in [
        (PREPARER, world.now + WINDOW, "bulletin-second-person"),
        (PUBLISHER, world.now + timedelta(days=5), "bulletin-objections"),
    ]:
        with pytest.raises(Refusal) as refused:
            services.publish_bulletin(draft, by=by, now=now, key=world.key())
        assert refused.value.code == code
        assert str(refused.value)
    assert not Leaf.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.update(publisher=PREPARER.ref)


def test_a_draft_taken_back_opens_the_month_again(world):
    draft = months.drafted(world)
    services.reopen_bulletin(draft, reason="漏记", by=PREPARER, now=world.now, key=world.key())
    assert deeds.entry(world).month == FEBRUARY.first
    published = months.published(world)
    for verb in (
        lambda: services.reopen_bulletin(published, reason="x", by=PREPARER, now=world.now, key=world.key()),
        lambda: services.publish_bulletin(published, by=PUBLISHER, now=world.now + WINDOW, key=world.key()),
    ):
        with pytest.raises(Refusal) as refused:
            verb()
        assert refused.value.code == "bulletin-frozen"


def test_what_is_published_is_frozen_by_number_and_sealed_with_its_lines(world):
    first, second = deeds.entry(world), deeds.entry(world, world.members["BY1"][1], indicator="VOL", minutes=60 * 9)
    bulletin = months.published(world)
    assert [row["member"] for row in bulletin.frozen] == [f"BY1-{n}" for n in range(1, 6)]
    assert [(row["month"], row["total"]) for row in bulletin.frozen[:3]] == [(10, 610), (40, 640), (0, 600)]
    assert bulletin.frozen[1]["lines"][0] | {"tenths": 45, "counts": 40} == bulletin.frozen[1]["lines"][0]
    assert "小" not in str([row["member"] for row in bulletin.frozen])
    assert list(Leaf.objects.order_by("index").values_list("ref", flat=True)) == [first.ref, second.ref, bulletin.ref]
    assert bulletin.checkpoint_size == 3 == Checkpoint.objects.get().size


def test_names_follow_the_consent_of_today(world):
    rows = queries.bulletin_rows(world.bodies["BY1"], FEBRUARY)
    masked = [row.name for row in queries.shown_rows(rows)]
    assert masked[:2] == ["王某某", "李某某"]
    agreed = {"purpose": Purpose.NAME_BULLETIN, "by": world.by, "now": world.now}
    members.set_consent(world.member, given=True, key=world.key(), **agreed)
    assert queries.shown_rows(rows)[0].name == "王小一"
    members.set_consent(world.member, given=False, key=world.key(), **agreed)
    assert queries.shown_rows(rows)[0].name == "王某某"
    assert queries.shown_rows(rows, full_names=True)[0].name == "王小一"


def test_a_class_that_takes_no_part_is_listed_without_figures(world):
    exempt = members.ensure_class(
        code="retired", name="离退休", duties="", scored=False, by=world.by, now=world.now, key=world.key()
    )
    Member.objects.filter(pk=world.member.pk).update(member_class=exempt)
    row = queries.bulletin_rows(world.bodies["BY1"], FEBRUARY)[0]
    assert (row["scored"], row["month"], row["total"]) == (False, 0, 0)


def test_who_moved_keeps_the_lines_of_the_old_branch_and_counts_what_was_published(world):
    member = world.members["BY1"][2]
    deeds.award(world, member, indicator="PLEDGE", quantity=2)
    Membership.objects.filter(member=member).update(valid_to=date(2026, 3, 1))
    Membership.objects.create(member=member, body=world.bodies["BY2"], valid_from=date(2026, 3, 1))
    deeds.award(world, member, deed_on=date(2026, 3, 2))
    assert Entry.objects.filter(member=member).values_list("body__code", "month").order_by("pk").last() == (
        "BY2",
        date(2026, 3, 1),
    )
    later = world.now + timedelta(days=20)
    march = Month(2026, 3)
    before = row_of(queries.bulletin_rows(world.bodies["BY2"], march), member)
    assert (before["month"], before["total"]) == (10, 610), "February of the old branch is not published yet"
    months.published(world)
    new = months.drafted(world, "BY2", march, now=later)
    services.publish_bulletin(new, by=PUBLISHER, now=later + WINDOW, key=world.key())
    new.refresh_from_db()
    assert row_of(new.frozen, member)["total"] == 650
    assert queries.recount(new) == new.frozen


def test_a_bulletin_published_later_elsewhere_does_not_break_the_recount(world):
    member = world.members["BY1"][2]
    deeds.award(world, member, indicator="PLEDGE")
    Membership.objects.filter(member=member).update(valid_to=date(2026, 2, 1))
    Membership.objects.create(member=member, body=world.bodies["BY2"], valid_from=date(2026, 2, 1))
    deeds.award(world, member)
    first = months.published(world, "BY2")
    months.published(world, "BY1")
    first.refresh_from_db()
    assert queries.recount(first) == first.frozen


def row_of(rows, member):
    return next(row for row in rows if row["member"] == member.number)


def test_a_line_opens_to_a_proof_that_one_changed_byte_breaks(world):
    entry = deeds.entry(world)
    assert queries.proof_of(entry) is None
    months.published(world)
    deeds.award(world, world.members["BY2"][0])
    months.published(world, "BY2")
    content = dump(queries.proof_of(entry))
    assert judge(content)[0] == ACCEPTED
    for place in range(0, len(content) - 1, 7):
        changed = bytearray(content)
        changed[place] ^= 1
        assert judge(bytes(changed))[0] != ACCEPTED
    assert judge(content.replace(b'"tenths":10', b'"tenths":90'))[0] == REFUSED


def test_a_record_is_sealed_once_and_checkpoints_agree(world):
    point = seal([("entry:1", {"a": 1}), ("entry:2", {"a": 2})], now=world.now)
    assert checkpoint(now=world.now + WINDOW) == point
    with pytest.raises(IntegrityError), transaction.atomic():
        seal([("entry:1", {"a": 9})], now=world.now)
    assert audit.leaf("entry:2") == 1
    assert audit.leaf("entry:3") is None
    assert audit.latest() == point
    assert audit.proof("entry:2", {"a": 2}, size=7) is None
    assert seal([("entry:3", {"a": 3})], now=world.now).size == 3


def test_the_public_page_takes_two_queries_and_follows_the_consent_of_today(world, django_assert_num_queries):
    deeds.award(world, *world.members["BY1"][:3])
    with pytest.raises(Http404):
        queries.notice(months.drafted(world).pk)
    Bulletin.objects.all().delete()
    bulletin = months.published(world)
    with django_assert_num_queries(2):
        shown = queries.notice(bulletin.pk)
    bulletin.refresh_from_db()
    assert shown.rows == queries.shown_rows(bulletin.frozen)
    assert (shown.body, shown.month, shown.checkpoint_size) == (bulletin.body.name, FEBRUARY, bulletin.checkpoint_size)
    assert shown.published_at == bulletin.published_at
    assert shown.rows[0].name == "王某某"
    members.set_consent(
        world.member, purpose=Purpose.NAME_BULLETIN, given=True, by=world.by, now=world.now, key=world.key()
    )
    assert queries.notice(bulletin.pk).rows[0].name == "王小一"
    with pytest.raises(Http404):
        queries.notice(bulletin.pk + 1)


@pytest.mark.parametrize("members_count", [1, 5])
def test_a_bulletin_takes_the_same_queries_for_any_number_of_lines(world, members_count, django_assert_num_queries):
    for _ in range(3):
        deeds.award(world, *world.members["BY1"][:members_count])
    with django_assert_num_queries(4):
        queries.bulletin_rows(world.bodies["BY1"], FEBRUARY)


def test_the_last_month_of_a_merged_branch_is_listed_until_it_is_sealed(world, as_user):
    deeds.award(world, *world.members["BY1"])
    members.merge(
        world.bodies["BY1"],
        into=world.bodies["BY2"],
        document="〔2026〕5号",
        by=world.by,
        now=world.now,
        key=world.key(),
    )
    office, other = world.user(Role.COMMUNITY_STAFF, "G1"), world.user(Role.COMMUNITY_STAFF, "G1")
    reader = world.actor_of(office)
    assert standing(world, reader)["BY1"] == (None, True, True)
    due = {line.address: line.count for line in overview.due(reader, world.now)}
    assert due[reverse("desk-points")] == 3
    assert as_user(office).get(reverse("desk-points")).text.count("组织BY1") == 1
    draft = months.drafted(world, by=reader)
    assert standing(world, reader)["BY1"] == (draft, False, False)
    later = world.now + WINDOW
    services.publish_bulletin(draft, by=world.actor_of(other), now=later, key=world.key())
    assert set(Leaf.objects.values_list("ref", flat=True)) == {
        *(line.ref for line in Entry.objects.all()),
        draft.ref,
    }
    assert "BY1" not in standing(world, reader, Month(2026, 3)), "nothing of March is left there"


def test_a_draft_of_a_branch_that_is_empty_now_waits_for_its_publisher(world):
    draft = months.drafted(world)
    Membership.objects.filter(body=world.bodies["BY1"]).update(valid_to=local_date(world.now))
    later = world.now + WINDOW
    found = queries.months_of_branches(world.actor(Role.COMMUNITY_STAFF, "G1"), later, FEBRUARY, 10)
    assert [(row.bulletin, row.due) for row in found if row.body.code == "BY1"] == [(draft, True)]


def standing(world, reader, month=FEBRUARY):
    return {
        row.body.code: (row.bulletin, row.due, row.late)
        for row in queries.months_of_branches(reader, world.now, month, 10)
    }
