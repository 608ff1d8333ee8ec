"""Classified management: exactly one class and one unit, who lacks it, reassignment by rule."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.audit.models import Event
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.members import jobs, services
from linli.members.models import ClassDuty, Classification, ClassRule, Member, MemberClass, Membership, Post, Unified
from linli.members.policy.classes import DEFAULT_CLASSES, Flaw
from linli.members.policy.kinds import Ending, Title
from linli.members.queries import classified
from linli.members.verify import invariants
from linli.organisations.models import Body

from .classes import another_class, rule, without_class, without_unit

TODAY = date(2026, 3, 18)


def done(world, rules, on=TODAY, shown=None):
    return services.reassign(rules, on=on, shown=shown, by=world.by, now=world.now, key=world.key())


def refused(code, action):
    with pytest.raises(Refusal) as found:
        action()
    assert found.value.code == code


def broken():
    return {truth.code for truth in invariants() if truth.find()}


def form_key(world):
    return world.key() + "-" * 8


# Classes and their duties.


def test_the_shipped_classes_are_made_once(world):
    given = {"by": world.by, "now": world.now}
    services.ensure_default_classes(**given, key=world.key())
    services.ensure_default_classes(**given, key=world.key())
    assert MemberClass.objects.count() == len(DEFAULT_CLASSES)
    assert Unified.objects.count() == 4
    assert MemberClass.objects.get(code="direct").duty_set.count() == 0, "a class that is there stays as it is"
    assert MemberClass.objects.get(code="frail").duty_set.count() == 2


def test_duties_are_rows_and_keep_their_order(world):
    made = another_class(world)
    kept = made.duty_set.get().pk
    services.ensure_class(
        code="retired", name="离退休", duties=" 就近参加 \n\n量力而行\n就近参加", scored=True,
        by=world.by, now=world.now, key=world.key(),
    )  # fmt: skip
    assert [duty.words for duty in made.duty_set.all()] == ["就近参加", "量力而行"]
    assert ClassDuty.objects.filter(pk=kept).exists()


def test_too_long_a_duty_is_refused_and_kept_in_the_form(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    long = "长" * 121
    answer = client.post(
        reverse("class-change", args=["direct"]), {"name": "直管", "duties": long, "key": form_key(world)}
    )
    assert answer.status_code == 422 and long in answer.text
    assert MemberClass.objects.get(code="direct").name == "社区直管"


def test_a_new_class_does_not_change_one_that_is_there(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    given = {"name": "别的", "code": "direct", "duties": "", "key": form_key(world)}
    assert client.post(reverse("class-new"), given).status_code == 422
    assert client.post(reverse("class-new"), given | {"code": "other"}).status_code == 302
    assert set(MemberClass.objects.values_list("name", flat=True)) == {"社区直管", "别的"}


# Who lacks a class or a unit.


def flaws():
    return {each.member.number: each.flaws for each in classified.astray(TODAY)}


def test_everybody_has_one_class_and_one_unit(world):
    assert flaws() == {} and broken() == set()


def test_who_lacks_something_is_named_with_the_reason(world):
    without_unit(world)
    without_class(world)
    other = another_class(world)
    Member.objects.filter(number="BY1-4").update(member_class=other)
    assert flaws() == {"BY1-2": (Flaw.NO_UNIT,), "BY1-3": (Flaw.NO_CLASS,), "BY1-4": (Flaw.CLASS_DIFFERS,)}
    assert broken() == {"members.one_unit", "members.one_class"}


def test_a_unit_that_has_ended_or_cannot_have_members_is_named(world):
    Membership.objects.filter(member__number="BY1-1").update(body=world.bodies["BG1"])
    Body.objects.filter(code="BY2").update(valid_to=TODAY)
    found = flaws()
    assert found["BY1-1"] == (Flaw.UNIT_KIND,) and found["BY2-1"] == (Flaw.UNIT_ENDED,) and len(found) == 6


def test_who_has_left_the_register_is_not_missed(world):
    services.depart(world.member, ending=Ending.DIED, on=TODAY, by=world.by, now=world.now, key=world.key())
    assert flaws() == {}


@pytest.mark.parametrize(("body", "count"), [("BY1", 1), ("BR1", 1), ("BY2", 0), ("W", 2)])
def test_the_list_reaches_as_far_as_the_role(world, body, count):
    """Who lost the unit stays in sight of the last one; who never had one, of the root alone."""
    without_unit(world)
    Member.objects.create(number="X1", name="无名", name_key="wm", member_class=world.member.member_class)
    actor = world.actor(Role.COMMUNITY_STAFF, body)
    assert len(classified.astray_in_reach(actor, Permission.MEMBER_EDIT, TODAY)) == count


def test_every_night_the_count_is_noted_once(world):
    without_unit(world)
    assert (jobs.check_classes(world.now), jobs.check_classes(world.now + timedelta(hours=1))) == (1, 0)
    noted = Event.objects.get(action="members.checked")
    assert noted.data == {"without_unit": 1, "without_class": 0, "ended_unit": 0}


def test_the_page_names_reason_and_mend_and_the_desk_counts(world, as_user):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "BR1"))
    assert "每名党员今天都" in client.get(reverse("members-astray")).text
    without_unit(world)
    page = client.get(reverse("members-astray")).text
    assert "李小二" in page and "不属于任何支部" in page and "由社区党支部兜底" in page
    assert reverse("members-astray") in client.get(reverse("desk")).text


def test_one_member_is_set_right(world, as_user):
    without_unit(world)
    client = as_user(world.user(Role.COMMUNITY_STAFF, "BR1"))
    address = reverse("member-assign", args=["BY1-2"])
    given = {"member_class": "direct", "unit": "BR1", "on": "2026-03-18"}
    assert client.post(address, given | {"key": form_key(world)}).status_code == 302
    assert flaws() == {}
    again = client.post(address, given | {"key": form_key(world)})
    assert again.status_code == 422 and "已经在" in again.text
    assert as_user(world.user(Role.COMMUNITY_STAFF, "BR2")).get(address).status_code == 404


# Reassignment by rule.


def test_the_backstop_takes_who_has_no_unit(world):
    without_unit(world)
    found = done(world, [rule(world)])
    assert [move.stand.member.number for move in found.moves] == ["BY1-2"]
    assert Membership.objects.on(TODAY).get(member__number="BY1-2").body == world.bodies["BR1"]
    assert flaws() == {} and broken() == set()
    event = Event.objects.get(action="member.reassign")
    assert event.ref == "member:BY1-2" and event.data["unit"] == "BR1" and "rule" in event.data


def test_a_rule_reaches_only_the_members_of_its_body(world):
    without_unit(world, "BR2-1")
    assert classified.reassignment([rule(world)], TODAY).moves == ()


def test_a_unit_that_has_ended_gives_its_members_to_who_took_over(world):
    body = world.bodies["BY2"]
    Body.objects.filter(pk=body.pk).update(valid_to=TODAY)
    found = done(world, [rule(world, "W", flaw=Flaw.UNIT_ENDED)])
    assert {move.to_unit.code for move in found.moves} == {"BR1"} and len(found.moves) == 5
    assert flaws() == {}


def test_a_class_is_given_where_it_is_missing(world):
    without_class(world)
    done(world, [rule(world, flaw=Flaw.NO_CLASS, to_class=MemberClass.objects.get(code="direct"))])
    assert flaws() == {}


def test_age_is_counted_on_the_day_itself(world):
    """All are born in May 1980: the 1st is 45 on 2025-05-01, the 2nd a day later."""
    retired = another_class(world)
    found = rule(world, age_from=45, to_class=retired, of_class=world.member.member_class)
    moves = classified.reassignment([found], date(2025, 5, 1)).moves
    assert {move.stand.member.number for move in moves} == {"BR1-1", "BY1-1", "BY2-1"}
    done(world, [found], on=date(2025, 5, 1))
    assert Member.objects.filter(member_class=retired).count() == 3
    assert Classification.objects.on(date(2025, 4, 30)).get(member=world.member).member_class.code == "direct"
    assert classified.reassignment([found], date(2025, 5, 1)).moves == (), "what is so already is not done again"
    assert broken() == set()


def test_who_left_since_the_day_is_not_reassigned(world):
    found = rule(world, age_from=45, to_class=another_class(world), of_class=world.member.member_class)
    services.depart(
        world.member, ending=Ending.LEFT, on=date(2025, 6, 1), by=world.by, now=world.now, key=world.key()
    )  # fmt: skip
    plan = done(world, [found], on=date(2025, 5, 1))
    assert world.member not in {move.stand.member for move in plan.moves}
    assert plan.left == (world.member,)


def test_the_page_names_who_is_left_out_of_a_reassignment(world, as_user):
    rule(world, body="BY1", age_from=45, to_class=another_class(world), of_class=world.member.member_class)
    client = as_user(world.user(Role.COMMUNITY_STAFF, "BR1"))
    asked = {"on": "2025-05-01", "step": "show"}
    assert "此后已经离开" not in client.post(reverse("reassign"), asked | {"key": form_key(world)}).text
    services.depart(
        world.member, ending=Ending.LEFT, on=date(2025, 6, 1), by=world.by, now=world.now, key=world.key()
    )  # fmt: skip
    page = client.post(reverse("reassign"), asked | {"key": form_key(world)})
    assert page.status_code == 200
    assert "1 名符合规则的党员此后已经离开" in page.text and world.member.name in page.text
    assert "没有人需要变动" not in page.text


def test_why_a_membership_ended_goes_along_with_a_move_from_an_earlier_day(world):
    """No rule takes hold of who has left since, but a departure may be entered while one member is set right."""
    member, left, on = world.member, date(2025, 6, 1), date(2025, 5, 1)
    given = {"by": world.by, "now": world.now}
    services.depart(member, ending=Ending.LEFT, on=left, **given, key=world.key())
    services.assign(
        member, member_class=member.member_class, unit=world.bodies["BY2"], on=on, **given, key=world.key()
    )  # fmt: skip
    rows = member.memberships.order_by("valid_from").values_list("body__code", "valid_to", "ended")
    assert list(rows) == [("BY1", on, ""), ("BY2", left, "left")]


def test_the_first_rule_that_changes_something_decides(world):
    first, second = another_class(world), another_class(world, "frail", "体弱")
    ordinary = world.member.member_class
    none = rule(world, of_class=ordinary, to_class=ordinary)
    rules = [none, rule(world, age_from=30, to_class=first), rule(world, age_from=30, to_class=second)]
    moves = classified.reassignment(rules, TODAY).moves
    assert {move.to_class for move in moves} == {first} and len(moves) == 15


def test_posts_in_the_unit_that_is_left_end(world):
    given = {"by": world.by, "now": world.now}
    for body in ("BY1", "BG1", "RC1"):
        services.appoint(
            world.member,
            body=world.bodies[body],
            title=Title.COMMITTEE,
            **given,
            key=world.key(),
            since=date(2025, 1, 1),
        )
    services.assign(
        world.member,
        member_class=world.member.member_class,
        unit=world.bodies["BY2"],
        on=TODAY,
        **given,
        key=world.key(),
    )
    assert set(Post.objects.on(TODAY).values_list("body__code", flat=True)) == {"RC1"}


@pytest.mark.parametrize(
    ("source", "target", "stay"),
    [("W", "BY1", {"BY1", "BG1"}), ("W", "BR1", {"BR1", "BY1", "BG1"}), ("BY1", "BR1", {"BR1", "W"})],
)
@pytest.mark.parametrize("by_slip", [True, False])
def test_posts_in_the_unit_that_is_entered_stay(world, source, target, stay, by_slip):
    given = {"by": world.by, "now": world.now}
    number, kind = world.member.number + "0", world.member.member_class
    member = services.enrol(
        Member(number=number, name="钱一", member_class=kind),
        body=world.bodies[source],
        since=date(2025, 1, 1),
        **given,
        key=world.key(),
    )
    for body in ("W", "BR1", "BY1", "BG1"):
        services.appoint(
            member,
            body=world.bodies[body],
            title=Title.COMMITTEE,
            **given,
            key=world.key(),
            since=date(2025, 1, 1),
        )
    if by_slip:
        slip = services.issue(member, target=world.bodies[target], **given, key=world.key())
        services.receive(slip, on=TODAY, **given, key=world.key())
    else:
        services.assign(member, member_class=kind, unit=world.bodies[target], on=TODAY, **given, key=world.key())
    assert set(Post.objects.on(TODAY).values_list("body__code", flat=True)) == stay


def test_an_open_slip_goes_along(world):
    given = {"by": world.by, "now": world.now}
    slips = [
        services.issue(world.members["BY1"][place], target=world.bodies["BY2"], **given, key=world.key())
        for place in (0, 1)
    ]
    for member, unit in zip(world.members["BY1"][:2], ("BR1", "BY2"), strict=True):
        services.assign(
            member, member_class=member.member_class, unit=world.bodies[unit], on=TODAY, **given, key=world.key()
        )
    for slip in slips:
        slip.refresh_from_db()
    assert [(slip.source.code, slip.state) for slip in slips] == [("BR1", "issued"), ("BY1", "withdrawn")]
    assert broken() == set()


@pytest.mark.parametrize(
    ("code", "given"),
    [("rule-asks", {"to_class": True}), ("rule-gives", {"flaw": Flaw.NO_UNIT}), ("member-unit", {"to_unit": "BG1"})],
)
def test_a_rule_without_sense_is_refused(world, code, given):
    given = dict(given)
    if "to_class" in given:
        given["to_class"] = world.member.member_class
    if "to_unit" in given:
        given |= {"flaw": Flaw.NO_UNIT, "to_unit": world.bodies["BG1"]}
    refused(code, lambda: rule(world, **given))
    assert not ClassRule.objects.exists()


def test_what_changed_since_it_was_shown_is_not_done(world):
    without_unit(world)
    found = rule(world)
    mark = classified.reassignment([found], TODAY).mark
    without_unit(world, "BY1-4")
    refused("reassign-changed", lambda: done(world, [found], shown=mark))
    assert Membership.objects.on(TODAY).count() == 18
    done(world, [found], shown=classified.reassignment([found], TODAY).mark)
    assert Membership.objects.on(TODAY).count() == 20


def test_a_day_to_come_a_later_class_and_an_ended_target_are_refused(world):
    retired = another_class(world)
    found = rule(world, of_class=world.member.member_class, to_class=retired)
    refused("reassign-ahead", lambda: done(world, [found], on=TODAY + timedelta(days=1)))
    done(world, [found])
    back = rule(world, age_from=30, to_class=retired)
    refused("reassign-later", lambda: done(world, [back], on=TODAY - timedelta(days=1)))
    without_unit(world, "BY1-5")
    target = rule(world)
    Body.objects.filter(code="BR1").update(valid_to=TODAY)
    refused("reassign-ended", lambda: done(world, [target]))
    assert local_date(world.now) == TODAY


def test_the_page_shows_first_and_saves_what_was_shown(world, as_user):
    without_unit(world)
    rule(world)
    client = as_user(world.user(Role.COMMUNITY_STAFF, "BR1"))
    shown = client.post(reverse("reassign"), {"on": "2026-03-18", "step": "show", "key": form_key(world)})
    assert shown.status_code == 200 and "李小二" in shown.text and "1 名党员" in shown.text
    assert flaws() != {}
    mark = shown.context["plan"].mark
    without_unit(world, "BY1-4")
    late = {"on": "2026-03-18", "step": "save", "shown": mark, "key": form_key(world)}
    answer = client.post(reverse("reassign"), late)
    assert answer.status_code == 422 and answer.context["plan"].mark != mark
    assert client.post(reverse("reassign"), late | {"shown": answer.context["plan"].mark}).status_code == 302
    assert flaws() == {}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_page_says_of_a_year_that_it_cannot_be_right(world, as_user, day):
    rule(world, age_from=45, to_class=another_class(world))
    client = as_user(world.user(Role.COMMUNITY_STAFF, "BR1"))
    answer = client.post(reverse("reassign"), {"on": day, "step": "show", "key": form_key(world)})
    assert answer.status_code == 422 and "年份不对" in answer.text


def test_the_page_says_what_cannot_be_before_anything_is_confirmed(world, as_user):
    without_unit(world)
    rule(world)
    client = as_user(world.user(Role.COMMUNITY_STAFF, "BR1"))
    answer = client.post(reverse("reassign"), {"on": "2026-03-19", "step": "show", "key": form_key(world)})
    assert answer.status_code == 422 and "还没有到" in answer.text and 'value="save"' not in answer.text


def test_a_rule_is_removed_by_who_reaches_it(world, as_user):
    found = rule(world)
    address = reverse("class-rule-remove", args=[found.pk])
    assert as_user(world.user(Role.COMMUNITY_STAFF, "BR2")).get(address).status_code == 404
    client = as_user(world.user(Role.COMMUNITY_STAFF, "BR1"))
    assert "组织BR1" in client.get(address).text
    assert client.post(address, {"key": form_key(world)}).status_code == 302
    assert not ClassRule.objects.exists()
