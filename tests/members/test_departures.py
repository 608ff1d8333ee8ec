"""Departures: what ends with them, what stays, and how they are taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.audit.models import Event
from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.members import queries, services
from linli.members.models import Classification, Departure, Member, Membership, MemberStanding, Post
from linli.members.policy.kinds import Ending, Standing, Title
from linli.members.queries import duplicates, transfers
from linli.members.services.departures import DATED
from linli.members.verify import invariants
from linli.organisations.models import Body
from linli.points.models import Bulletin, Entry
from linli.points.services import take_back_departure
from tests.world import SINCE

DAY = date(2026, 3, 18)


def writes(world):
    return {"by": world.by, "now": world.now, "key": world.key()}


def depart(world, ending=Ending.DIED, on=date(2026, 3, 2), member=None):
    return services.depart(member or world.member, ending=ending, on=on, **writes(world))


def settle(world):
    """Give the member a post and standings, before and after the day of the departure."""
    member = world.member
    services.appoint(member, body=world.bodies["BY1"], title=Title.DEPUTY, since=SINCE, **writes(world))
    services.appoint(member, body=world.bodies["BY1"], title=Title.PUBLICITY, since=date(2026, 3, 10), **writes(world))
    services.begin_standing(member, kind=Standing.MOBILE, since=date(2026, 1, 1), **writes(world))
    services.begin_standing(
        member, kind=Standing.SUSPENDED, since=date(2026, 2, 1), until=date(2026, 8, 1), **writes(world)
    )
    services.begin_standing(member, kind=Standing.EXCUSED, since=SINCE, until=date(2026, 2, 1), **writes(world))


def rows(member):
    return [list(table.objects.filter(member=member).order_by("pk").values()) for table in DATED]


@pytest.mark.parametrize("ending", [Ending.DIED, Ending.LEFT, Ending.EXPELLED])
def test_everything_ends_on_that_day_and_the_row_stays(world, ending):
    settle(world)
    depart(world, ending)
    member = Member.objects.get(pk=world.member.pk)
    assert member.memberships.get().ended == ending
    for table in DATED:
        assert not table.objects.filter(member=member, valid_to=None).exists()
        assert not table.objects.filter(member=member, valid_to__gt=date(2026, 3, 2)).exists()
    assert MemberStanding.objects.get(kind="excused").valid_to == date(2026, 2, 1)
    for day, due in ((date(2026, 3, 1), True), (date(2026, 3, 2), False)):
        here = Membership.objects.on(day).filter(body=world.bodies["BY1"], member=member)
        assert here.exists() is due
    assert all(not truth.find() for truth in invariants())


def test_taken_back_every_row_is_as_before(world):
    settle(world)
    before = rows(world.member)
    services.take_back(depart(world), **writes(world))
    assert rows(world.member) == before
    assert not Departure.objects.exists()


def test_the_ledger_does_not_change(world):
    before = list(Entry.objects.values_list("pk", "tenths"))
    depart(world)
    assert list(Entry.objects.values_list("pk", "tenths")) == before


def test_the_account_has_no_rights_of_a_member_with_the_next_request(world, as_user):
    client = as_user(world.member.user)
    assert client.get(reverse("my-points")).status_code == 200
    departure = depart(world)
    assert client.get(reverse("my-points")).status_code == 403
    assert client.get(reverse("me")).status_code == 200
    services.take_back(departure, **writes(world))
    assert client.get(reverse("my-points")).status_code == 200


@pytest.mark.parametrize(
    ("ending", "on", "code"),
    [
        (Ending.DIED, DAY + timedelta(days=1), "departure-ahead"),
        (Ending.DIED, SINCE, "departure-early"),
        (Ending.CANCELLED, DAY, "departure-full"),
        (Ending.TRANSFERRED, DAY, "departure-slip"),
    ],
)
def test_what_cannot_be_is_refused(world, ending, on, code):
    with pytest.raises(Refusal) as refusal:
        depart(world, ending, on)
    assert refusal.value.code == code
    assert Membership.objects.get(member=world.member).valid_to is None


def test_nobody_leaves_twice_or_with_a_slip_under_way(world):
    depart(world)
    with pytest.raises(Refusal, match="no unit"):
        depart(world)
    other = world.members["BY1"][1]
    services.issue(other, target=world.bodies["BY2"], **writes(world))
    with pytest.raises(Refusal, match="ZJ2026-0001"):
        depart(world, member=other)


def test_probation_can_be_cancelled(world):
    Member.objects.filter(pk=world.member.pk).update(stage="probationary", full_on=None)
    assert depart(world, Ending.CANCELLED).ending == "cancelled"


def published(world, month, state="published"):
    return Bulletin.objects.create(
        body=world.bodies["BY1"], month=month, state=state, preparer="a", publisher="b", prepared_at=world.now,
        objections_until=world.now, published_at=world.now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("month", "state", "stays"),
    [
        (date(2026, 2, 1), "published", False),
        (date(2026, 3, 1), "draft", False),
        (date(2026, 3, 1), "published", True),
        (date(2026, 4, 1), "published", True),
    ],
)
def test_once_a_bulletin_said_it_the_departure_stays(world, month, state, stays):
    departure = depart(world)
    published(world, month, state)
    if stays:
        with pytest.raises(Refusal, match=str(Month.of(month))):
            take_back_departure(departure, **writes(world))
        assert Departure.objects.exists()
    else:
        take_back_departure(departure, **writes(world))
        assert Membership.objects.get(member=world.member).valid_to is None


def test_a_transfer_out_taken_back_is_under_way_again(world):
    member = world.members["BY1"][1]
    slip = services.issue(member, target_name="外区", on=date(2026, 3, 1), **writes(world))
    services.receive(slip, on=date(2026, 3, 10), **writes(world))
    take_back_departure(Departure.objects.get(), **writes(world))
    slip.refresh_from_db()
    assert (slip.state, slip.ended_on) == ("issued", None)
    assert queries.due_members(world.bodies["BY1"], DAY).filter(pk=member.pk).exists()


def leave_and_come_back(world, member, on):
    """Transfer `member` out of BY1, and on `on` by a slip from outside into BR2."""
    slip = services.issue(member, target_name="外区", on=date(2026, 3, 1), **writes(world))
    services.receive(slip, on=date(2026, 3, 10), **writes(world))
    come = services.announce(
        number="外9", name=member.name, source_name="外区", target=world.bodies["BR2"], issued_on=date(2026, 3, 11),
        valid_until=DAY, **writes(world),
    )  # fmt: skip
    again = Member(number=member.number, name=member.name, member_class=member.member_class)
    services.receive(come, on=on, person=again, **writes(world))


def test_who_came_back_keeps_the_new_unit(world):
    member = world.members["BY1"][1]
    leave_and_come_back(world, member, on=DAY)
    with pytest.raises(Refusal, match="组织BR2"):
        services.take_back(Departure.objects.get(), **writes(world))
    assert Classification.objects.filter(member=member, valid_to=None).count() == 1
    assert not Post.objects.filter(member=member).exists()


def test_a_slip_withdrawn_on_the_same_day_stays_withdrawn(world):
    member = world.members["BY1"][1]
    wrong = services.issue(member, target_name="外市", on=date(2026, 3, 1), **writes(world))
    services.withdraw(wrong, reason="", **writes(world))
    slip = services.issue(member, target_name="外区", on=date(2026, 3, 1), **writes(world))
    services.receive(slip, on=DAY, **writes(world))
    take_back_departure(Departure.objects.get(), **writes(world))
    for each, state in ((wrong, "withdrawn"), (slip, "issued")):
        each.refresh_from_db()
        assert each.state == state


def test_a_unit_sees_the_departures_from_itself_only(world):
    member = world.members["BY1"][1]
    leave_and_come_back(world, member, on=date(2026, 3, 12))
    later = depart(world, Ending.EXPELLED, on=date(2026, 3, 15), member=member)
    first = Departure.objects.exclude(pk=later.pk).get()
    for body, seen in (("BY1", [first]), ("BR2", [later]), ("W", [later, first])):
        assert list(transfers.departures(world.actor(Role.SECRETARY, body), Permission.MEMBER_VIEW)) == seen


def appoint(world, member, title, since=SINCE, body="BY1"):
    return services.appoint(member, body=world.bodies[body], title=title, since=since, **writes(world))


def merge(world, on, code="BY1", into="BY2"):
    return services.merge(world.bodies[code], into=world.bodies[into], on=on, document="5号", **writes(world))


def units(member):
    return list(member.memberships.order_by("valid_from").values_list("body__code", "valid_to", "ended"))


def test_a_post_that_somebody_else_holds_by_now_is_not_taken_away(world):
    lost, kept = appoint(world, world.member, Title.SECRETARY), appoint(world, world.member, Title.DEPUTY)
    later = appoint(world, world.member, Title.PUBLICITY, since=date(2026, 3, 10))
    services.end_post(later, on=date(2026, 3, 12), **writes(world))
    departure = depart(world)
    appoint(world, world.members["BY1"][1], Title.SECRETARY, since=date(2026, 3, 5))
    appoint(world, world.members["BY1"][2], Title.PUBLICITY, since=date(2026, 3, 12))
    services.take_back(departure, **writes(world))
    ends = {post.pk: post.valid_to for post in Post.objects.filter(member=world.member)}
    assert ends == {lost.pk: date(2026, 3, 2), kept.pk: None, later.pk: date(2026, 3, 12)}
    assert Post.objects.on(DAY).get(title="secretary").member == world.members["BY1"][1]
    assert Event.objects.get(action="member.take_back").data["posts_ended"] == ["BY1 secretary"]


def test_from_a_unit_that_has_ended_since_the_member_goes_to_its_heir(world):
    member = world.members["BY1"][1]
    post, open_slip = appoint(world, member, Title.DEPUTY), {"target_name": "外区", "on": date(2026, 3, 1)}
    slip = services.issue(member, **open_slip, **writes(world))
    services.receive(slip, on=date(2026, 3, 2), **writes(world))
    merge(world, on=date(2026, 3, 10))
    services.take_back(Departure.objects.get(), **writes(world))
    assert units(member) == [("BY1", date(2026, 3, 10), ""), ("BY2", None, "")]
    post.refresh_from_db()
    slip.refresh_from_db()
    assert (post.valid_to, slip.state, slip.source.code) == (date(2026, 3, 10), "issued", "BY2")
    assert all(not truth.find() for truth in invariants())


def test_heirs_are_followed_one_after_the_other(world):
    departure = depart(world)
    merge(world, on=date(2026, 3, 10))
    merge(world, on=date(2026, 3, 15), code="BY2", into="BR1")
    services.take_back(departure, **writes(world))
    assert units(world.member) == [
        ("BY1", date(2026, 3, 10), ""),
        ("BY2", date(2026, 3, 15), ""),
        ("BR1", None, ""),
    ]
    assert all(not truth.find() for truth in invariants())


def test_a_departure_can_be_taken_back_after_a_merger_from_an_earlier_day(world):
    appoint(world, world.member, Title.DEPUTY)
    departure = depart(world)
    merge(world, on=date(2026, 2, 1))
    assert units(world.member) == [("BY1", date(2026, 2, 1), ""), ("BY2", date(2026, 3, 2), "died")]
    services.take_back(departure, **writes(world))
    assert units(world.member) == [("BY1", date(2026, 2, 1), ""), ("BY2", None, "")]
    assert Post.objects.get().valid_to == date(2026, 2, 1)
    assert all(not truth.find() for truth in invariants())


def test_of_somebody_entered_twice_the_lasting_record_goes_on(world):
    kept = world.member
    twin = Member(number="X9", name=kept.name, born_on=kept.born_on, member_class=kept.member_class)
    services.enrol(twin, body=world.bodies["BR2"], since=SINCE, **writes(world))
    appoint(world, twin, Title.DEPUTY, body="BR2")
    services.begin_standing(twin, kind=Standing.EXCUSED, since=date(2026, 3, 10), **writes(world))
    depart(world, Ending.LEFT, on=date(2026, 2, 1))
    departure = depart(world, member=twin)
    shown = duplicates.joining(kept, twin, DAY).mark
    services.join(twin, into=kept, shown=shown, **writes(world))
    services.take_back(Departure.objects.get(pk=departure.pk), **writes(world))
    assert units(kept) == [("BY1", date(2026, 2, 1), "left"), ("BR2", None, "")]
    assert [(post.member, post.valid_to) for post in Post.objects.all()] == [(kept, None)]
    assert MemberStanding.objects.get().member == kept
    assert not any(table.objects.filter(member=twin).exists() for table in DATED)
    assert all(not truth.find() for truth in invariants())


def test_without_an_heir_the_departure_stays(world):
    member = services.enrol(
        Member(name="钱一", member_class=world.member.member_class),
        body=world.bodies["W"],
        since=SINCE,
        **writes(world),
    )
    departure = depart(world, member=member)
    Body.objects.filter(code="W").update(valid_to=DAY)
    with pytest.raises(Refusal, match="组织W") as refusal:
        services.take_back(departure, **writes(world))
    assert refusal.value.code == "departure-unit"
    assert Departure.objects.exists()


def test_the_page_names_what_ends_and_what_follows_says_how_to_take_it_back(world, as_user):
    settle(world)
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    address = reverse("member-depart", args=["BY1-1"])
    before = client.get(address).text
    assert all(words in before for words in ("因何离开", "组织BY1", "副书记", "流动在外", "到这一天为止"))
    assert "沿革" not in before
    sent = {"ending": "died", "on": "2026-03-10", "key": world.key() + "-" * 8}
    assert "登记错了可在“离开名册的党员”里撤销" in client.post(address, sent, follow=True).text
