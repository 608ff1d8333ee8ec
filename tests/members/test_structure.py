"""The facts on which the structure rules judge, asked of the register; and the pages that show what they say."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.members import services as members
from linli.members.models import Member, Membership, MemberStanding
from linli.members.policy.kinds import Standing, Title
from linli.members.queries import structure
from linli.organisations import services as organisations
from linli.organisations.policy.kinds import BodyKind
from linli.rules import services as rules
from tests.world import NOW, SINCE

DAY = date(2026, 3, 18)


def facts(world, code, day=DAY):
    return structure.facts_on(day)[world.bodies[code].pk]


def codes(world, actor, day=DAY):
    found = structure.judged(actor, Permission.ORGANISATION_VIEW, day)
    return {one.body.code: [finding.rule.code for finding in one.findings] for one in found}


def appoint(world, code, index, title, **more):
    return members.appoint(
        world.members[code][index],
        body=world.bodies[code],
        title=title,
        by=world.by,
        now=world.now,
        key=world.key(),
        since=SINCE,
        **more,
    )


def test_members_are_counted_as_the_due_table_says(world):
    Member.objects.filter(number="BY1-1").update(stage="probationary", full_on=None)
    Member.objects.filter(number="BY1-2").update(joined_on=DAY + timedelta(days=1))
    lost, mobile = world.members["BY1"][2], world.members["BY1"][3]
    MemberStanding.objects.create(member=lost, kind=Standing.LOST, valid_from=SINCE)
    MemberStanding.objects.create(member=mobile, kind=Standing.MOBILE, valid_from=SINCE)
    found = facts(world, "BY1")
    assert (found.members, found.full) == (3, 2)
    upper = facts(world, "BR1")
    assert (upper.members, upper.total, upper.branches) == (5, 13, 2)
    assert facts(world, "G1").total == 13


def test_posts_terms_units_and_age(world):
    appoint(world, "BY1", 0, Title.SECRETARY, term_until=DAY)
    appoint(world, "BY1", 0, Title.PUBLICITY, term_until=DAY + timedelta(days=1))
    appoint(world, "BY1", 1, Title.DEPUTY)
    found = facts(world, "BY1")
    assert (found.committee, found.terms_over, found.units) == (2, 1, 1)
    assert found.titles == {Title.SECRETARY: 1, Title.PUBLICITY: 1, Title.DEPUTY: 1}
    assert found.months == 74


def test_the_day_decides(world):
    unit = Membership.objects.get(member=world.members["BY1"][0])
    unit.valid_to = DAY
    unit.save()
    Membership.objects.create(member=unit.member, body=world.bodies["BY2"], valid_from=DAY)
    assert (facts(world, "BY1").members, facts(world, "BY2").members) == (4, 6)
    before = DAY - timedelta(days=1)
    assert (facts(world, "BY1", before).members, facts(world, "BY2", before).members) == (5, 5)


def test_only_what_is_in_reach_is_judged_from_the_root_down(world):
    office, branch = world.actor(Role.SUBDISTRICT_STAFF), world.actor(Role.SECRETARY, "BR1")
    assert list(codes(world, office)) == ["G1", "BR1", "BY1", "BY2", "G2", "BR2"]
    assert codes(world, branch) == {"BR1": [], "BY1": ["B6"], "BY2": ["B6"]}
    assert codes(world, office)["G1"] == ["B8"]


def test_a_number_of_the_place_is_the_one_that_counts(world):
    rules.set_value(
        "structure.branch_most",
        place_code="C1",
        value=10,
        since=DAY,
        source="街道规定",
        by=world.by,
        now=world.now,
        key=world.key(),
    )
    for index in range(8):
        member = Member(number=f"X{index}", name="新人", member_class=world.member.member_class)
        members.enrol(member, body=world.bodies["BY1"], by=world.by, now=NOW, key=world.key(), since=SINCE)
    assert "B2" in codes(world, world.actor(Role.SUBDISTRICT_STAFF))["BY1"]
    assert "B2" not in codes(world, world.actor(Role.SUBDISTRICT_STAFF), DAY - timedelta(days=1))["BY1"]


def test_the_number_of_queries_does_not_grow(world, django_assert_num_queries):
    office = world.actor(Role.SUBDISTRICT_STAFF)
    with CaptureQueriesContext(connection) as first:
        structure.judged(office, Permission.ORGANISATION_VIEW, DAY)
    for number in range(6):
        body = organisations.found_body(
            kind=BodyKind.BRANCH,
            code=f"NEW{number}",
            name=f"新支部{number}",
            parent=world.bodies["G1"],
            by=world.by,
            now=world.now,
            key=world.key(),
            since=SINCE,
            serves=[world.places["E1"]],
        )
        member = Member(number=f"X{number}", name="新人", member_class=world.member.member_class)
        members.enrol(member, body=body, by=world.by, now=NOW, key=world.key(), since=SINCE)
    with django_assert_num_queries(len(first)):
        structure.judged(office, Permission.ORGANISATION_VIEW, DAY)


def test_the_page_names_rule_source_and_mend(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    page = client.get(reverse("body-rules")).content.decode()
    assert "B6" in page and "应当正好设 1 名书记" in page and "《中国共产党支部工作条例（试行）》" in page
    tree = client.get(reverse("organisations")).content.decode()
    assert f'{reverse("body-rules")}#BY1">B6</a>' in tree
    desk = client.get(reverse("desk")).content.decode()
    assert "个组织设置有提醒" in desk


def test_a_body_shows_what_happened_with_the_documents(world, as_user):
    organisations.rename_body(
        world.bodies["BY1"], name="新名", by=world.by, now=world.now, key=world.key(), document="〔2026〕7号"
    )
    appoint(world, "BY1", 0, Title.SECRETARY)
    address = reverse("body", args=["BY1"])
    page = as_user(world.user(Role.SUBDISTRICT_STAFF)).get(address).content.decode()
    assert "〔2026〕7号" in page and "原名：组织BY1" in page and world.members["BY1"][0].name in page
    assert world.members["BY1"][0].name not in as_user(world.user(Role.AUDITOR)).get(address).content.decode()


def test_the_tree_of_a_past_day_is_shown_and_a_wrong_day_named(world, as_user):
    organisations.rename_body(world.bodies["BY1"], name="新名", by=world.by, now=world.now, key=world.key())
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    then = client.get(reverse("organisations"), {"on": "2026-03-17"}).content.decode()
    assert "组织BY1" in then
    assert "新名<" not in then and "不是今天的" in then
    wrong = client.get(reverse("organisations"), {"on": "2026-13-45"})
    assert wrong.status_code == 422 and 'value="2026-13-45"' in wrong.content.decode()
