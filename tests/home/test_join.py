"""One person entered twice: what passes over, what stays with the number, what is refused."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.activities import queries as occasions
from linli.activities import services as activities
from linli.activities.models import Activity, Attendance
from linli.activities.policy.states import Presence, Way
from linli.activities.queries import feedback
from linli.audit.models import Event
from linli.grid import services as grid
from linli.grid.models import HouseholdLink
from linli.home import queries, services
from linli.lib.clock import CHINA, local_date, now
from linli.lib.errors import Refusal
from linli.lib.quarter import Quarter
from linli.members import services as members
from linli.members.models import (
    Applicant,
    Classification,
    Consent,
    Departure,
    Election,
    Member,
    MemberClass,
    Membership,
    Post,
    Transfer,
    Voter,
)
from linli.members.policy.kinds import Ending, Purpose, Standing, Title
from linli.members.policy.requests import RequestKind
from linli.members.policy.wording import say_problem
from linli.members.queries import duplicates, roster
from linli.members.queries.people import named
from linli.points import queries as points
from linli.points import services as ledger
from linli.points.models import Entry
from linli.points.policy.errors import same_person
from linli.points.verify import invariants as points_truths
from linli.project.invariants import invariants
from linli.walls.models import Issue
from tests.activities import making
from tests.catalogue.members import content
from tests.walls.makers import reported
from tests.world import SINCE

DAY = date(2026, 3, 18)


def writes(world):
    return {"by": world.by, "now": world.now, "key": world.key()}


@pytest.fixture
def other(world):
    """王小一 of BY1 once more, in BY2, entered a while ago."""
    twice = Member(number="X9", name="王小一", born_on=world.member.born_on, sex="male", education="college")
    twice.phone, twice.member_class = "13800000009", MemberClass.objects.order_by("code").last()
    return members.enrol(twice, body=world.bodies["BY2"], since=date(2019, 5, 1), **writes(world))


def join(world, other, into=None):
    into = into or world.member
    mark = duplicates.joining(into, other, local_date(world.now)).mark
    return services.join(other, into=into, shown=mark, **writes(world))


def units(member):
    return list(member.memberships.order_by("valid_from").values_list("body__code", "valid_from", "valid_to"))


def test_the_lasting_record_says_where_and_the_other_fills_what_it_leaves_open(world, other):
    Member.objects.filter(pk=world.member.pk).update(sex="", education="bachelor", phone="")
    kept = join(world, other)
    assert units(kept) == [("BY2", date(2019, 5, 1), SINCE), ("BY1", SINCE, None)]
    kept.refresh_from_db()
    assert (kept.sex, kept.education, kept.phone) == ("male", "bachelor", "13800000009")
    assert not Membership.objects.filter(member=other).exists()
    assert not Classification.objects.filter(member=other).exists()


def test_of_the_other_only_its_number_is_left(world, other):
    join(world, other)
    other.refresh_from_db()
    assert (other.same_as, other.number, other.name) == (world.member, "X9", "王小一")
    assert (other.sex, other.born_on, other.education, other.phone, other.joined_on) == ("", None, "", "", None)


def test_everything_that_must_hold_of_the_register_holds(world, other):
    join(world, other)
    assert {each.code: found for each in invariants() if (found := each.find())} == {}


def test_posts_of_a_unit_that_is_not_the_persons_end_today_others_pass(world, other):
    for code, title in (("BY2", Title.DEPUTY), ("G1", Title.DEPUTY)):
        members.appoint(other, body=world.bodies[code], title=title, since=SINCE, **writes(world))
    kept = join(world, other)
    held = dict(kept.posts.values_list("body__code", "valid_to"))
    assert held == {"BY2": DAY, "G1": None}


def test_a_post_that_both_have_is_said_once(world, other):
    for member, since in ((other, date(2020, 2, 1)), (world.member, date(2022, 2, 1))):
        Post.objects.create(member=member, body=world.bodies["G1"], title=Title.DEPUTY, valid_from=since)
    kept = join(world, other)
    assert list(kept.posts.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (date(2020, 2, 1), date(2022, 2, 1)),
        (date(2022, 2, 1), None),
    ]


def test_standings_contacts_and_transfers_pass(world, other):
    members.begin_standing(other, kind=Standing.MOBILE, since=date(2026, 1, 5), **writes(world))
    members.note_contact(other, on=date(2026, 3, 1), words="电话", **writes(world))
    kept = join(world, other)
    assert kept.standings.get().valid_from == date(2026, 1, 5)
    assert kept.contacts.get().words == "电话"


def test_consents_given_for_the_other_record_end(world, other):
    members.set_consent(other, purpose=Purpose.NAME_BULLETIN, given=True, **writes(world))
    join(world, other)
    assert Consent.objects.get().member == world.member
    assert Consent.objects.get().withdrawn_at == world.now
    assert named(["X9"], Purpose.NAME_BULLETIN) == {"X9": ("王小一", False)}
    members.set_consent(world.member, purpose=Purpose.NAME_BULLETIN, given=True, **writes(world))
    assert named(["X9"], Purpose.NAME_BULLETIN) == {"X9": ("王小一", True)}


def test_the_log_in_passes_where_the_lasting_record_has_none(world, other):
    user = world.user(Role.CENTRE_HOUSEHOLD, "BY2")
    members.link_account(other, user=user, **writes(world))
    Member.objects.filter(pk=world.member.pk).update(user=None)
    join(world, other)
    assert world.actor_of(user).member_id == world.member.pk


def test_doors_pass_with_their_history(world, other):
    door = world.places["H1"]
    grid.link([door], member=other, since=date(2026, 2, 1), **writes(world))
    join(world, other)
    assert grid.end_departed(now=world.now, key=world.key()) == 0
    assert HouseholdLink.objects.get().member == world.member


def test_a_line_on_a_roll_still_open_passes_and_the_same_line_twice_is_one(world, other):
    alone, both = (making.planned(world, body=code, begun=begun) for code, begun in (("BR1", 15), ("BY1", 1440)))
    for activity, members_ in ((alone, [other]), (both, [other, world.member])):
        for member in members_:
            Attendance.objects.create(
                activity=activity, member=member, presence=Presence.PRESENT, way=Way.CODE, at=world.now
            )
    join(world, other)
    assert not Attendance.objects.filter(member=other).exists()
    assert Attendance.objects.filter(member=world.member).count() == 2


def test_a_roll_that_waits_for_a_second_person_stops_it_a_confirmed_one_keeps_the_number(world, other, as_user):
    roll = making.recorded(world, making.planned(world, body="BY2", begun=24 * 60))
    assert roll.roll.filter(member=other).exists()
    with pytest.raises(Refusal) as refused:
        join(world, other)
    assert refused.value.code == "join-roll"
    activities.confirm_roll(roll, seen=roll.roll_version, by=making.CONFIRMER, now=now(), key=world.key())
    join(world, other)
    assert roll.roll.filter(member=other).exists()
    assert roll.title in as_user(world.member.user).get(reverse("my-activities")).content.decode()


def award(world, member, source="activity:1"):
    ledger.ensure_default_sheet(since=SINCE, **writes(world))
    lines = [ledger.Award(member, "PLEDGE", 1, 0)]
    return ledger.award(
        lines=lines, deed_on=DAY, source=source, recorder="user:901", confirmer="user:902", **writes(world)
    )


def test_the_ledger_keeps_the_number_and_the_member_sees_both(world, other, as_user):
    award(world, other)
    award(world, world.member, "activity:2")
    join(world, other)
    assert Entry.objects.get(member=other).body == world.bodies["BY2"]
    assert points.own_entries(world.member.pk).count() == 2
    assert len(queries.everything(world.member)["points.Entry"]) == 2
    page = as_user(world.member.user).get(reverse("my-points")).content.decode()
    assert "X9" in page


def test_nobody_confirms_the_own_deeds_under_the_second_number(world, other):
    award(world, other)
    user = world.user(Role.DEPUTY, "BY2")
    Member.objects.filter(pk=world.member.pk).update(user=user)
    join(world, other)
    entry = Entry.objects.get(member=other)
    deed = ledger.reverse(entry, reason="误记", recorder="user:0", **writes(world))
    own = world.actor_of(user)
    assert not points.confirmable_deeds(own, DAY).exists()
    with pytest.raises(Refusal) as refused:
        ledger.confirm_deed(deed, by=own, now=world.now, key=world.key())
    assert refused.value.code == same_person().code
    assert "points.second_person" not in truths()
    Entry.objects.create(
        **{
            field: getattr(entry, field)
            for field in ("member", "indicator", "body", "tenths", "deed_on", "month", "recorder", "booked_at")
        },
        source="activity:9",
        confirmer=own.ref,
    )
    assert "points.second_person" in truths()


def truths():
    return {each.code for each in points_truths() if each.find()}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda w, o: Member.objects.filter(pk=o.pk).update(stage="probationary"), "join-stages"),
        (lambda w, o: Member.objects.filter(pk=o.pk).update(born_on=date(1980, 5, 9)), "join-strangers"),
        (lambda w, o: on_a_roll_of_voters(w, o), "join-election"),
        (lambda w, o: members.depart(w.member, ending=Ending.DIED, on=date(2026, 3, 2), **writes(w)), "join-died"),
        (lambda w, o: Member.objects.filter(pk=o.pk).update(name="赵大"), "join-strangers"),
        (lambda w, o: slip(w, o), "join-slip"),
        (lambda w, o: deed(w, o), "join-deed"),
        (lambda w, o: Member.objects.filter(pk=o.pk).update(same_as=w.members["BY1"][1]), "join-done"),
    ],
)
def test_refused_and_nothing_saved(world, other, change, code):
    change(world, other)
    before = list(Member.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())
    with pytest.raises(Refusal) as refused:
        join(world, Member.objects.get(pk=other.pk))
    assert refused.value.code == code
    assert (list(Member.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())) == before


def on_a_roll_of_voters(world, member):
    found = Election.objects.create(
        body=world.bodies["BY2"], elects="committee", seats=3, planned_on=DAY, term_years=3, state="held"
    )
    Voter.objects.create(election=found, member=member, unit=world.bodies["BY2"], due=True, reason="full")


def slip(world, member):
    return members.issue(member, target=world.bodies["BR2"], on=DAY, **writes(world))


def deed(world, member):
    ledger.ensure_default_sheet(since=SINCE, **writes(world))
    ledger.record_deed(member=member, indicator="ISSUE", deed_on=DAY, note="", recorder="user:1", **writes(world))


def test_issues_requests_check_ins_and_the_application_pass(world, other):
    issue = reported(world).issue
    Issue.objects.filter(pk=issue.pk).update(reporter=other)
    members.ask(other, kind=RequestKind.CORRECT, text="学历", **writes(world))
    given = {"home_unit": "某厂", "contact": "", "slip": "1", "agreed": True}
    members.check_in(other, body=world.bodies["G1"], since=date(2026, 1, 5), **given, **writes(world))
    born = {"born_on": date(1980, 5, 1), "body": world.bodies["BY2"]}
    Applicant.objects.create(name="王小一", stage="admitted", member=other, **born)
    bears = {words for words, _count, _then in queries.bearing(other)}
    assert {"Reported issues", "Requests about data"} <= bears
    kept = join(world, other)
    issue.refresh_from_db()
    assert issue.reporter == kept
    assert kept.data_requests.get().text == "学历"
    assert kept.check_ins.get().home_unit == "某厂"
    assert kept.application.stage == "admitted"


def test_a_departure_goes_where_the_person_stayed_and_passes_where_the_person_left(world, other):
    members.depart(other, ending=Ending.LEFT, on=date(2026, 3, 10), **writes(world))
    kept = join(world, other)
    assert not Departure.objects.exists()
    assert not kept.memberships.exclude(ended="").exists()
    third = Member(number="X8", name="王小一", member_class=other.member_class)
    members.enrol(third, body=world.bodies["BR2"], since=date(2010, 5, 1), **writes(world))
    members.depart(third, ending=Ending.LEFT, on=date(2015, 3, 10), **writes(world))
    join(world, third)
    assert Departure.objects.get().member == world.member
    assert kept.memberships.exclude(ended="").get().valid_to == date(2015, 3, 10)


def test_a_log_in_passes_only_by_who_gives_roles_and_never_to_oneself(world, other):
    Member.objects.filter(pk=world.member.pk).update(user=None)
    user = world.user(Role.SECRETARY, "BR1")
    members.link_account(other, user=user, **writes(world))
    mark = duplicates.joining(Member.objects.get(pk=world.member.pk), other, DAY).mark
    for by, code in ((world.actor_of(user), "join-own"), (world.actor(Role.SECRETARY, "BR1"), "join-login")):
        with pytest.raises(Refusal) as refused:
            services.join(other, into=world.member, shown=mark, **writes(world) | {"by": by})
        assert refused.value.code == code
    staff = world.actor(Role.COMMUNITY_STAFF, "G1")
    services.join(other, into=world.member, shown=mark, **writes(world) | {"by": staff})
    assert world.actor_of(user).member_id == world.member.pk
    assert Event.objects.filter(action="member.link_account", ref=world.member.ref).latest("pk").data["passed"]


def test_of_two_log_ins_the_one_of_the_lasting_record_stays_and_the_page_says_so(world, other, as_user):
    user = world.user(Role.CENTRE_HOUSEHOLD, "BY2")
    members.link_account(other, user=user, **writes(world))
    own = Member.objects.get(pk=world.member.pk).user
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    page = client.get(reverse("member-join", args=["BY1-1"]), {"number": "X9"}).content.decode()
    assert f"{user.username} 不再" in page
    join(world, other)
    assert Member.objects.get(pk=world.member.pk).user == own
    assert world.actor_of(user).member_id is None


@pytest.mark.parametrize("mine", [Presence.ABSENT, Presence.LEAVE])
def test_who_was_there_under_either_number_was_there(world, other, mine):
    activity = making.planned(world)
    for member, presence in ((world.member, mine), (other, Presence.PRESENT)):
        Attendance.objects.create(activity=activity, member=member, presence=presence, way=Way.HAND, at=world.now)
    join(world, other)
    assert activity.roll.get().member == world.member
    assert activity.roll.get().presence == Presence.PRESENT


def test_nobody_is_at_two_places_at_one_time_after_it(world, other):
    starts = now() - timedelta(minutes=15)
    for code, member in (("BY1", world.member), ("BY2", other)):
        activity = making.planned(world, body=code, starts_at=starts)
        line = {"presence": Presence.PRESENT, "way": Way.CODE, "minutes": 60, "at": world.now}
        Attendance.objects.create(activity=activity, member=member, **line)
    with pytest.raises(Refusal) as refused:
        join(world, other)
    assert refused.value.code == "roll-overlap"
    assert Member.objects.get(pk=other.pk).same_as is None


def confirmed(world, activity, member, presence):
    line = {"presence": presence, "due": True, "way": Way.HAND, "at": world.now}
    Attendance.objects.create(activity=activity, member=member, **line)
    Activity.objects.filter(pk=activity.pk).update(state="confirmed")


def test_what_was_missed_under_one_number_and_not_under_the_other_was_not_missed(world, other):
    for days in (100, 70, 40):
        activity = making.planned(world, body="G1", begun=days * 24 * 60)
        confirmed(world, activity, world.member, Presence.ABSENT)
        confirmed(world, activity, other, Presence.PRESENT)
    staff = world.actor(Role.SUBDISTRICT_STAFF)
    join(world, other)
    assert not occasions.missed(world.member.pk, now()).exists()
    assert world.member not in [each.member for each in occasions.silent(staff, Permission.MEMBER_VIEW, now())]


def test_what_the_home_unit_hears_counts_both_numbers(world, other):
    given = {"home_unit": "某厂", "contact": "", "slip": "1", "agreed": True}
    members.check_in(other, body=world.bodies["G1"], since=date(2026, 1, 5), **given, **writes(world))
    starts = datetime(2026, 2, 10, 10, 0, tzinfo=CHINA)
    activity = making.planned(world, body="G1", starts_at=starts, now=world.now)
    confirmed(world, activity, other, Presence.PRESENT)
    join(world, other)
    (slip,) = feedback.slips(world.bodies["G1"], Quarter(2026, 1))
    assert [row.title for row in slip.rows] == [activity.title]


def test_a_guest_is_known_by_the_second_number(world, other):
    activity = making.planned(world, body="BR2")
    join(world, other)
    assert occasions.guests_by_number(activity, ["X9", "BY1-2"]) == {
        "X9": world.member.pk,
        "BY1-2": world.members["BY1"][1].pk,
    }


def test_a_post_in_the_unit_that_lasts_is_not_lost(world):
    twice = Member(number="X6", name="王小一", born_on=world.member.born_on, member_class=world.member.member_class)
    members.enrol(twice, body=world.bodies["BR1"], since=date(2021, 5, 1), **writes(world))
    members.appoint(twice, body=world.bodies["BY1"], title=Title.DEPUTY, since=date(2022, 1, 1), **writes(world))
    kept = join(world, twice)
    assert kept.posts.get().valid_to is None


def test_not_with_itself_and_not_what_was_not_shown(world, other):
    with pytest.raises(Refusal) as refused:
        services.join(world.member, into=world.member, shown="", **writes(world))
    assert refused.value.code == "join-same"
    with pytest.raises(Refusal) as refused:
        services.join(other, into=world.member, shown="0" * 16, **writes(world))
    assert refused.value.code == "plan-changed"


def test_a_second_number_of_the_other_follows(world, other):
    third = Member(number="X8", name="王小一", born_on=world.member.born_on, member_class=other.member_class)
    members.enrol(third, body=world.bodies["BY2"], since=date(2021, 5, 1), **writes(world))
    join(world, third, other)
    join(world, other)
    assert {each.number for each in world.member.others.all()} == {"X8", "X9"}


def send(client, world, **given):
    answer = client.post(reverse("member-join", args=["BY1-1"]), {"key": world.key() + "-" * 8} | given)
    return answer, answer.content.decode()


def test_shown_first_then_done(world, other, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    assert "核对 BY1-1 和 X9" in client.get(reverse("members-twice")).content.decode()
    page = client.get(reverse("member-join", args=["BY1-1"]), {"number": "X9"}).content.decode()
    for words in ("组织BY2", "138****0009", "2019年5月1日"):
        assert words in page, words
    assert Member.objects.get(number="X9").same_as is None
    mark = re.search(r'name="shown" value="(\w+)"', page).group(1)
    answer, _page = send(client, world, number_="", number="X9", step="save", shown=mark)
    assert answer.status_code == 302
    assert Member.objects.get(number="X9").same_as == world.member
    assert "X9" in client.get(reverse("member", args=["BY1-1"])).content.decode()
    assert "BY1-1" in client.get(reverse("members"), {"q": "X9"}).content.decode()
    assert Event.objects.filter(action="member.join").exists()


def test_sent_twice_it_is_done_once_and_said_so(world, other, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    page = client.get(reverse("member-join", args=["BY1-1"]), {"number": "X9"}).content.decode()
    given = {"number": "X9", "step": "save", "shown": re.search(r'name="shown" value="(\w+)"', page).group(1)}
    given["key"] = world.key() + "-" * 8
    for _ in range(2):
        answer = client.post(reverse("member-join", args=["BY1-1"]), given)
        assert answer.status_code == 302
    assert client.get(reverse("member", args=["X9"])).headers["Location"] == reverse("member", args=["BY1-1"])


@pytest.mark.parametrize("number", ["\0", "x" * 30, " "])
def test_what_is_no_number_finds_nobody(world, as_user, number):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    page = client.get(reverse("member-join", args=["BY1-1"]), {"number": number})
    assert page.status_code == 200
    assert 'value="save"' not in page.content.decode()
    assert client.post(reverse("member-join", args=["BY1-1"]), {"number": number}).status_code == 422


def test_what_is_refused_is_said_before_it_is_confirmed(world, other, as_user):
    slip(world, other)
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    answer, page = send(client, world, number="X9", step="show")
    assert answer.status_code == 422
    assert Transfer.objects.get().number in page
    assert 'value="save"' not in page


@pytest.mark.parametrize("number", ["BR2-1", "nobody"])
def test_a_number_out_of_reach_looks_like_none(world, as_user, number):
    client = as_user(world.user(Role.SECRETARY, "BR1"))
    answer, page = send(client, world, number=number, step="show")
    assert answer.status_code == 422
    assert "请在党员名单中查找" in page


def test_pairs_are_of_the_reach_and_the_sure_ones_come_first(world, other):
    Member.objects.filter(pk__in=[world.member.pk, other.pk]).update(name="王一平")
    blank = Member(number="X7", name="王一平", member_class=other.member_class)
    members.enrol(blank, body=world.bodies["BY2"], since=SINCE, **writes(world))
    every = duplicates.pairs(world.actor(Role.SUBDISTRICT_STAFF), Permission.MEMBER_EDIT, DAY)
    found = [pair for pair in every if pair.one.name == "王一平"]
    assert [pair.sure for pair in found] == [True, False, False]
    assert duplicates.pairs(world.actor(Role.SECRETARY, "BY1"), Permission.MEMBER_EDIT, DAY) == []


def test_a_roster_with_the_second_number_is_told_the_right_one(world, other):
    join(world, other)
    row = ["X9", "王小一", "男", world.member.born_on, date(2010, 7, 1), "组织BY2", "", ""]
    checked = roster.check(content(row), "名册.xlsx", scope=None, day=DAY)
    problem = next(each for each in checked.findings if each.code == "roster.number_elsewhere")
    assert problem.values["lasting"] == "BY1-1"
    assert "BY1-1" in say_problem(problem, gettext)
