"""Mergers, splits, dissolutions: members and posts follow, and nothing is left without somebody who answers."""

from datetime import date, datetime, timedelta

import pytest

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.activities import services as activities
from linli.activities.models import Activity, Kind
from linli.lib.clock import CHINA
from linli.lib.errors import Refusal, Repeated
from linli.members import queries, services
from linli.members.models import Applicant, Election, Membership, Post, Transfer
from linli.members.policy.due import Occasion
from linli.members.policy.kinds import ApplicantStage, Title
from linli.members.queries import reorganise
from linli.organisations import queries as organisations
from linli.organisations import services as organisations_services
from linli.organisations.models import Body, BodyChange, BodyPlace, Duty
from linli.organisations.policy.institutions import Group
from linli.project.invariants import invariants
from linli.project.timetable import tick
from linli.walls import services as walls
from linli.walls.models import Issue, Wall
from tests.members.elections import planned
from tests.organisations.making import duty
from tests.walls.makers import fresh
from tests.world import SINCE

DAY = date(2026, 3, 18)
BEFORE = DAY - timedelta(days=1)


def merge(world, code="BY1", into="BY2", **given):
    given = {"into": world.bodies[into], "document": "〔2026〕5号", "by": world.by, "now": world.now} | given
    return services.merge(world.bodies[code], **({"key": world.key()} | given))


def split(world, chosen, **given):
    given = {"code": "BY3", "name": "新院", "members": chosen, "by": world.by, "now": world.now} | given
    return services.split(world.bodies["BY1"], **({"key": world.key()} | given))


def dissolve(world, code, **given):
    return services.dissolve(world.bodies[code], **({"by": world.by, "now": world.now, "key": world.key()} | given))


def numbers(body, day):
    return {member.number for member in queries.due_members(body, day, Occasion.COUNT)}


def broken():
    return {truth.code: lines for truth in invariants() if (lines := truth.find())}


def test_members_posts_bodies_and_places_follow_a_merger(world):
    post = services.appoint(
        world.members["BY1"][0],
        body=world.bodies["BY1"],
        title=Title.SECRETARY,
        by=world.by,
        now=world.now,
        key=world.key(),
        since=SINCE,
    )
    ended = merge(world)
    both = {member.number for code in ("BY1", "BY2") for member in world.members[code]}
    assert numbers(world.bodies["BY2"], DAY) == both
    assert numbers(world.bodies["BY1"], DAY) == set()
    assert len(numbers(world.bodies["BY1"], BEFORE)) == len(numbers(world.bodies["BY2"], BEFORE)) == 5
    post.refresh_from_db()
    assert (ended.valid_to, post.valid_to) == (DAY, DAY)
    assert Body.objects.get(code="BG1").path.startswith(world.bodies["BY2"].path)
    assert BodyPlace.objects.on(DAY).filter(body=world.bodies["BY2"], place__code="Y1").exists()
    change = BodyChange.objects.get(body=ended, kind="merge")
    assert (change.other.code, change.document) == ("BY2", "〔2026〕5号")
    assert broken() == {}


def test_a_merger_keeps_the_dates_that_memberships_have(world):
    gone, coming = world.members["BY1"][:2]
    Membership.objects.filter(member=gone).update(valid_to=DAY + timedelta(days=9), ended="transferred")
    Membership.objects.filter(member=coming).update(valid_from=DAY + timedelta(days=3))
    merge(world)
    rows = Membership.objects.filter(member__in=[gone, coming]).order_by("member__number", "valid_from")
    assert [(r.member.number, r.body.code, r.valid_from, r.valid_to, r.ended) for r in rows] == [
        ("BY1-1", "BY1", SINCE, DAY, ""),
        ("BY1-1", "BY2", DAY, DAY + timedelta(days=9), "transferred"),
        ("BY1-2", "BY2", DAY + timedelta(days=3), None, ""),
    ]


def test_a_merger_entered_ahead_begins_on_its_day(world):
    ahead = DAY + timedelta(days=20)
    merge(world, on=ahead)
    assert len(numbers(world.bodies["BY1"], ahead - timedelta(days=1))) == 5
    assert len(numbers(world.bodies["BY2"], ahead)) == 10
    assert Body.objects.get(code="BG1").path.startswith(world.bodies["BY1"].path)


@pytest.mark.parametrize(
    ("code", "into", "given", "refusal"),
    [
        ("BY1", "G2", {}, "merge-kind"),
        ("BR1", "BY1", {}, "merge-below"),
        ("BY1", "BY1", {}, "merge-below"),
        ("BY1", "BY2", {"on": SINCE - timedelta(days=1)}, "body-other-day"),
        ("BY1", "BY2", {"on": SINCE}, "body-same-day"),
        ("BY1", "BY2", {"shown": "another mark"}, "plan-changed"),
    ],
)
def test_mergers_that_cannot_be(world, code, into, given, refusal):
    with pytest.raises(Refusal) as refused:
        merge(world, code, into, **given)
    assert refused.value.code == refusal
    assert str(refused.value)
    assert Membership.objects.filter(body=world.bodies["BY1"], valid_to=None).count() == 5


def test_a_merger_is_done_once(world):
    key = world.key()
    merge(world, key=key)
    with pytest.raises(Repeated):
        merge(world, key=key)


def test_who_is_chosen_goes_along_at_a_split(world):
    chosen = world.members["BY1"][:2]
    for index, member in enumerate(world.members["BY1"][1:3]):
        Post.objects.create(member=member, body=world.bodies["BY1"], title=list(Title)[index], valid_from=SINCE)
    made = split(world, chosen, document="〔2026〕6号")
    assert numbers(made, DAY) == {"BY1-1", "BY1-2"}
    assert numbers(world.bodies["BY1"], DAY) == {"BY1-3", "BY1-4", "BY1-5"}
    assert made.path == f"{world.bodies['BR1'].path}{made.pk}."
    assert list(Post.objects.on(DAY).filter(body=world.bodies["BY1"]).values_list("member__number", flat=True)) == [
        "BY1-3"
    ]
    change = BodyChange.objects.get(body=made)
    assert (change.kind, change.other.code, change.document) == ("split", "BY1", "〔2026〕6号")
    assert broken() == {}


@pytest.mark.parametrize(
    ("chosen", "given", "refusal"),
    [
        (slice(0, 0), {}, "split-everybody"),
        (slice(0, 5), {}, "split-everybody"),
        (slice(0, 2), {"on": SINCE - timedelta(days=1)}, "body-other-day"),
        (slice(0, 2), {"code": "BY2"}, "body-code"),
        (slice(0, 2), {"shown": "another mark"}, "plan-changed"),
    ],
)
def test_splits_that_cannot_be(world, chosen, given, refusal):
    with pytest.raises(Refusal) as refused:
        split(world, world.members["BY1"][chosen], **given)
    assert refused.value.code == refusal
    assert not Body.objects.filter(code="BY3").exists()


def test_a_stranger_is_not_split_off(world):
    with pytest.raises(Refusal) as refused:
        split(world, world.members["BY2"][:1])
    assert refused.value.code == "split-member"


def test_a_body_with_members_or_bodies_is_not_dissolved(world):
    for code, refusal in (("BY2", "body-has-members"), ("RC1", None), ("OF", "body-parents-others")):
        if refusal is None:
            dissolve(world, code)
            continue
        with pytest.raises(Refusal) as refused:
            dissolve(world, code)
        assert refused.value.code == refusal


def test_dissolving_ends_the_posts(world):
    post = Post.objects.create(
        member=world.member, body=world.bodies["BG1"], title=Title.GROUP_LEADER, valid_from=SINCE
    )
    late = Post.objects.create(
        member=world.members["BY1"][1], body=world.bodies["BG1"], title=Title.GROUP_LEADER, valid_from=DAY
    )
    dissolve(world, "BG1")
    post.refresh_from_db()
    assert post.valid_to == DAY
    assert not Post.objects.filter(pk=late.pk).exists()


def test_a_role_ends_with_its_body(world):
    staff, upper = world.user(Role.COMMUNITY_STAFF, "BY1"), world.user(Role.COMMUNITY_STAFF, "BR1")
    assert world.actor_of(staff).may(Permission.MEMBER_VIEW)
    merge(world)
    assert world.actor_of(staff).grants == ()
    assert organisations.bodies(world.actor_of(upper), Permission.MEMBER_VIEW).filter(code="BY1").exists()


def test_a_role_lasts_until_the_day_of_a_merger_entered_ahead(world):
    staff = world.user(Role.COMMUNITY_STAFF, "BY1")
    merge(world, on=DAY + timedelta(days=1))
    assert world.actor_of(staff).may(Permission.MEMBER_VIEW)


def test_what_is_open_goes_to_the_heir(world):
    issue, open_duty = fresh(world), duty(world, "BY1")
    start = datetime(2026, 4, 2, 19, 0, tzinfo=CHINA)
    activity = activities.plan(
        kind=Kind.objects.first(),
        body=world.bodies["BY1"],
        title="晚上的会",
        spot="活动室",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        by=world.by,
        now=world.now,
        key=world.key(),
    )
    applicant = Applicant.objects.create(
        name="申", born_on=date(2000, 1, 1), body=world.bodies["BY1"], stage=ApplicantStage.ACTIVIST
    )
    election = planned(world, "BY1", planned_on=DAY + timedelta(days=20))
    text = organisations_services.adopt(
        body=world.bodies["BY1"],
        group=Group.OPERATION,
        title="一月一议",
        text="每月议一件事。",
        since=DAY - timedelta(days=30),
        public=True,
        by=world.by,
        now=world.now,
        key=world.key(),
    )
    merge(world)
    done = {each.name: each.count for each in tick(world.now)}
    assert (done["walls.hand_over"], done["activities.hand_over"], done["members.hand_over"]) == (1, 1, 2)
    assert done["organisations.hand_over"] == 2
    assert Election.objects.get(pk=election.pk).state == "cancelled"
    assert text.versions.get().valid_to == DAY
    heir = world.bodies["BY2"].pk
    assert Wall.objects.get(place__code="Y1").body_id == heir
    assert Issue.objects.get(pk=issue.pk).owner_id == heir
    assert Duty.objects.get(pk=open_duty.pk).body_id == heir
    assert (Activity.objects.get(pk=activity.pk).body_id, Applicant.objects.get(pk=applicant.pk).body_id) == (
        heir,
        heir,
    )
    assert broken() == {}
    again = {each.name: each.count for each in tick(world.now + timedelta(minutes=1))}
    assert {name: count for name, count in again.items() if "hand_over" in name and count} == {}


@pytest.mark.parametrize("ahead", [0, 20])
def test_open_slips_follow_their_members(world, ahead):
    for index, target in enumerate(("BR2", "BY2")):
        services.issue(
            world.members["BY1"][index],
            target=world.bodies[target],
            by=world.by,
            now=world.now,
            key=world.key(),
        )
    merge(world, on=DAY + timedelta(days=ahead))
    slips = Transfer.objects.order_by("member__number").values_list("source__code", "target__code", "state", "reason")
    assert list(slips) == [("BY2", "BR2", "issued", ""), ("BY1", "BY2", "withdrawn", "〔2026〕5号")]
    assert "members.slips" not in broken()


def test_without_a_merger_the_body_above_takes_over_and_chains_are_followed(world):
    dissolve(world, "RC1")
    assert walls.hand_over(world.now) == 1
    assert Wall.objects.get(place__code="C1").body == world.bodies["OF"]
    merge(world, "BY1", "BY2")
    later = world.now + timedelta(days=2)
    services.merge(
        world.bodies["BY2"], into=world.bodies["BR1"], by=world.by, now=later, key=world.key(), document="〔2026〕8号"
    )
    heirs = organisations.heirs(DAY + timedelta(days=2))
    assert heirs[world.bodies["BY1"].pk] == heirs[world.bodies["BY2"].pk] == world.bodies["BR1"]


def test_a_plan_differs_with_what_it_would_do(world):
    before = reorganise.end_plan(world.bodies["BY1"], DAY).mark
    Membership.objects.filter(member=world.member).update(body=world.bodies["BY2"])
    assert reorganise.end_plan(world.bodies["BY1"], DAY).mark != before
