"""Elections step by step: what is refused at each, and what follows from the count."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from linli.access.roles import Role
from linli.audit.models import Event
from linli.lib.errors import Refusal
from linli.members import services as members
from linli.members.models import Election, MemberStanding, Post, Tally
from linli.members.policy.election_counts import Votes
from linli.members.policy.election_states import Action, State
from linli.members.policy.elections import Assembly, Elects
from linli.members.policy.kinds import Ending, Standing, Title
from linli.members.queries import elections as queries
from linli.members.services import election_counts as counts
from linli.members.services import election_results as results
from linli.members.services import elections as services
from linli.members.services.election_results import Office
from linli.members.verify import invariants
from tests.members.elections import FIRST, NAMED, OFFICES, SECOND, UPPER, at, count, elected, planned, tomorrow, usual
from tests.members.test_due import standing
from tests.world import SINCE

DAY = date(2026, 3, 18)


def refused(code, carry):
    """The refusal, after which nothing is left."""
    before = [(one.state, one.due, one.present) for one in Election.objects.all()]
    with pytest.raises(Refusal) as caught:
        carry()
    assert caught.value.code == code
    assert str(caught.value)
    assert [(one.state, one.due, one.present) for one in Election.objects.all()] == before
    return caught.value


def test_from_the_plan_to_the_office(world):
    old = members.appoint(
        world.members["BY2"][0],
        body=world.bodies["BR1"],
        title=Title.SECRETARY,
        since=SINCE,
        term_until=DAY,
        **usual(world),
    )
    found = at(world, Action.APPROVE)
    assert found.state == State.REPORTED and Post.objects.get(pk=old.pk).valid_to is None
    found = results.approve(found, document="委〔2026〕9号", **usual(world, UPPER))
    assert found.state == State.APPROVED
    posts = Post.objects.on(DAY).filter(body__code="BR1")
    assert {(post.member.number, post.title, post.term_until, post.document) for post in posts} == {
        ("BY1-1", "secretary", date(2031, 3, 18), "委〔2026〕9号"),
        ("BY1-2", "deputy", date(2031, 3, 18), "委〔2026〕9号"),
        ("BY1-3", "publicity", date(2031, 3, 18), "委〔2026〕9号"),
    }
    assert Post.objects.get(pk=old.pk).valid_to == DAY
    with pytest.raises(DatabaseError), transaction.atomic():
        Election.objects.filter(pk=found.pk).update(present=1)


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("election-body", {"body": "RC1"}),
        ("election-seats", {"seats": 2}),
        ("election-past", {"planned_on": DAY - timedelta(days=1)}),
        ("rule-E8", {"assembly": Assembly.CONGRESS, "permit": "3号"}),
        ("rule-E8", {"assembly": Assembly.CONGRESS, "dispersed": True}),
    ],
)
def test_what_cannot_be_planned(world, code, more):
    refused(code, lambda: planned(world, **more))


def test_one_election_of_a_kind_at_a_time(world):
    first = planned(world)
    refused("election-open", lambda: planned(world))
    planned(world, elects=Elects.SECRETARY)
    services.cancel(first, reason="推迟", **usual(world))
    planned(world)


def test_a_late_election_needs_a_document_and_a_year_is_the_most(world):
    members.appoint(
        world.member, body=world.bodies["BR1"], title=Title.SECRETARY, since=SINCE, term_until=DAY, **usual(world)
    )
    refused("rule-E7", lambda: planned(world, planned_on=tomorrow(world)))
    refused("rule-E7", lambda: planned(world, planned_on=date(2027, 3, 19), permit="3号"))
    found = planned(world, planned_on=date(2027, 3, 18), permit="3号")
    refused("rule-E7", lambda: services.move(found, planned_on=date(2027, 3, 19), reason="场地", **usual(world)))


def test_the_roll_says_why_and_stays_as_it_was(world):
    standing(world, 0, Standing.SUSPENDED, SINCE)
    found = at(world, Action.NOMINATE)
    lines = {line.member.number: (line.due, line.reason) for line in queries.roll(found)}
    assert found.due == 14 and len(lines) == 15
    assert lines["BY1-1"] == (False, "suspended") and lines["BY1-2"] == (True, "full")
    MemberStanding.objects.all().delete()
    assert not queries.roll(found)[0].due or found.due == 14
    assert refused(
        "election-ineligible", lambda: services.name_candidates(found, numbers=NAMED, **usual(world))
    ).values["reason"]


def test_a_roll_of_nobody_cannot_be_closed(world):
    for index in range(5):
        standing(world, index, Standing.SUSPENDED, SINCE)
    found = services.give_notice(planned(world, body="BY1"), venue="院内", **usual(world))
    refused("election-no-voter", lambda: services.close_roll(found, **usual(world)))


def test_a_congress_votes_by_its_representatives(world):
    found = planned(world, assembly=Assembly.CONGRESS, dispersed=True, permit="3号")
    found = services.give_notice(found, venue="会议室", **usual(world))
    refused("election-nobody-sent", lambda: services.close_roll(found, **usual(world)))
    refused("election-not-sent", lambda: services.close_roll(found, representatives=["BR2-1"], **usual(world)))
    found = services.close_roll(found, representatives=["BR1-1", "BY1-1", "BY2-1"], **usual(world))
    assert found.due == 3
    assert {line.reason for line in queries.roll(found)} == {"representative", "not_sent"}
    assert services.name_candidates(found, numbers=NAMED, **usual(world)).state == State.NOMINATED


@pytest.mark.parametrize(
    ("code", "numbers"),
    [("rule-E2", NAMED[:3]), ("rule-E2", NAMED[:3] * 2), ("election-unknown", [*NAMED, "BR2-1"])],
)
def test_candidates_that_cannot_be_named(world, code, numbers):
    found = at(world, Action.NOMINATE)
    refused(code, lambda: services.name_candidates(found, numbers=numbers, **usual(world)))


def test_one_office_has_one_candidate_and_lasts_three_years(world):
    found = at(world, Action.NOMINATE, elects=Elects.SECRETARY)
    assert (found.seats, found.term_years) == (1, 3)
    refused("election-one-candidate", lambda: services.name_candidates(found, numbers=NAMED, **usual(world)))
    found = services.name_candidates(found, numbers=NAMED[:1], **usual(world))
    found = counts.hold(found, present=12, **usual(world))
    found = counts.enter_count(found, entered=count((9,), 12), **usual(world))
    found = counts.confirm_count(found, seen=1, **usual(world, SECOND))
    assert found.state == State.COMPLETE
    assert [(one.title, one.elected) for one in queries.candidates(found)] == [("secretary", True)]


@pytest.mark.parametrize(("code", "present"), [("election-present", 16), ("rule-E1", 11)])
def test_a_meeting_that_cannot_open(world, code, present):
    found = at(world, Action.HOLD)
    refused(code, lambda: counts.hold(found, present=present, **usual(world)))


def test_a_meeting_opens_with_four_fifths_and_on_its_day(world):
    assert counts.hold(at(world, Action.HOLD), present=12, **usual(world)).present == 12
    later = at(world, Action.HOLD, body="BY1", planned_on=tomorrow(world))
    refused("election-ahead", lambda: counts.hold(later, present=5, **usual(world)))


def test_another_day_opens_the_roll_again(world):
    found = services.move(at(world, Action.HOLD), planned_on=tomorrow(world), reason="场地", **usual(world))
    assert (found.state, found.due, found.roll.count(), found.candidates.count()) == (State.PLANNED, None, 0, 0)


@pytest.mark.parametrize(
    ("code", "entered"),
    [
        ("count-issued", count(issued=16)),
        ("count-returned", count(valid=14)),
        ("rule-E5", count(issued=14)),
        ("count-not-void", count(void=True)),
        ("count-votes", count(votes=(*count().votes[1:], Votes("BY1-1", "", 12, 4)))),
        ("count-missing", count((12, 11, 10))),
        ("count-marks", count((15, 15, 15, 1))),
        ("election-unknown", count(votes=(*count().votes, Votes("BR2-1", "", 1)))),
        ("count-twice", count(votes=(*count().votes, Votes("BR1-5", "", 2), Votes("BR1-5", "", 1)))),
        ("count-twice", count(votes=(*count().votes, Votes("BY1-4", "", 1, 14)))),
    ],
)
def test_a_count_that_cannot_be_saves_nothing(world, code, entered):
    found = at(world, Action.COUNT)
    refused(code, lambda: counts.enter_count(found, entered=entered, **usual(world)))
    assert not Tally.objects.exclude(yes=None).exists()


def test_another_person_confirms_the_count_that_was_read(world):
    found = at(world, Action.CONFIRM)
    refused("election-own-count", lambda: counts.confirm_count(found, seen=1, **usual(world, FIRST)))
    counts.return_count(found, reason="重新数", **usual(world, SECOND))
    counts.enter_count(found, entered=count((12, 11, 2, 10)), **usual(world))
    refused("election-count-changed", lambda: counts.confirm_count(found, seen=1, **usual(world, SECOND)))
    found = counts.confirm_count(found, seen=2, **usual(world, SECOND))
    assert found.state == State.ELECTED
    assert elected(found) == ["BY1-1", "BY1-2", "BY1-4"]


def test_more_ballots_than_issued_make_the_election_void(world):
    found = at(world, Action.CONFIRM, entered={"issued": 14, "void": True})
    found = counts.confirm_count(found, seen=1, **usual(world, SECOND))
    assert found.state == State.VOID and elected(found) == []
    planned(world)


def test_a_name_written_in_can_be_elected_and_a_second_entry_forgets_the_first(world):
    first = count((12, 11, 2, 2), votes=(*count((12, 11, 2, 2)).votes, Votes("BR1-5", "", 9)))
    found = counts.enter_count(at(world, Action.COUNT), entered=first, **usual(world))
    counts.return_count(found, reason="看错", **usual(world, SECOND))
    second = count((12, 11, 2, 2), votes=(*count((12, 11, 2, 2)).votes, Votes("BR1-4", "", 8)))
    counts.enter_count(found, entered=second, **usual(world))
    found = counts.confirm_count(found, seen=2, **usual(world, SECOND))
    assert elected(found) == ["BR1-4", "BY1-1", "BY1-2"]
    assert found.candidates.filter(written_in=True).count() == 1


def test_who_is_level_at_the_last_seat_stands_again(world):
    found = at(world, Action.CONFIRM, yes=(12, 11, 8, 8))
    found = counts.confirm_count(found, seen=1, **usual(world, SECOND))
    assert found.state == State.RUN_OFF and elected(found) == ["BY1-1", "BY1-2"]
    ballot = queries.last_ballot(found)
    assert (ballot.kind, ballot.seats) == ("tie", 1)
    assert [line.candidate.member.number for line in ballot.lines] == ["BY1-4", "BY1-3"]
    refused("election-must-vote", lambda: counts.leave_open(found, yes=15, **usual(world)))
    votes = (Votes("BY1-3", "", 7, 8), Votes("BY1-4", "", 6, 9))
    counts.enter_count(found, entered=count(votes=votes), **usual(world))
    found = counts.confirm_count(found, seen=1, **usual(world, SECOND))
    assert found.state == State.ELECTED and elected(found) == ["BY1-1", "BY1-2", "BY1-3"]


@pytest.mark.parametrize(
    ("code", "yes", "standing", "written"),
    [
        ("count-tie", (12, 11, 8, 8), ("BY1-3", "BY1-4"), "BR1-5"),
        ("count-elected", (12, 11, 8, 8), ("BY1-3", "BY1-4"), "BY1-1"),
        ("count-elected", (12, 11, 7, 6), ("BY1-3", "BY1-4"), "BY1-1"),
    ],
)
def test_who_cannot_be_written_in_at_a_further_ballot(world, code, yes, standing, written):
    found = counts.confirm_count(at(world, Action.CONFIRM, yes=yes), seen=1, **usual(world, SECOND))
    assert (found.state, elected(found)) == (State.RUN_OFF, ["BY1-1", "BY1-2"])
    votes = (*(Votes(number, "", 3, 12) for number in standing), Votes(written, "", 6))
    told = refused(code, lambda: counts.enter_count(found, entered=count(votes=votes), **usual(world)))
    assert (told.field, told.values["number"]) == ("written", written)
    assert not found.candidates.filter(written_in=True).exists()


def test_seats_that_stay_open_are_voted_on_again_or_left_by_consent(world):
    found = at(world, Action.CONFIRM, yes=(12, 11, 7, 7))
    found = counts.confirm_count(found, seen=1, **usual(world, SECOND))
    ballot = queries.last_ballot(found)
    assert (found.state, ballot.kind, ballot.seats) == (State.RUN_OFF, "rest", 1)
    refused("election-consent", lambda: counts.leave_open(found, yes=7, **usual(world)))
    refused("election-consent", lambda: counts.leave_open(found, yes=16, **usual(world)))
    found = counts.leave_open(found, yes=8, **usual(world))
    assert found.state == State.ELECTED and elected(found) == ["BY1-1", "BY1-2"]
    assert found.ballots.count() == 1


def offices(**given):
    return OFFICES | {number.replace("_", "-"): office for number, office in given.items()}


@pytest.mark.parametrize(
    ("code", "given", "present"),
    [
        ("election-offices", {"BY1-1": Office(Title.SECRETARY, 3)}, 3),
        ("election-offices", offices(BY1_4=Office(Title.PUBLICITY)), 3),
        ("election-committee-present", OFFICES, 4),
        ("rule-Q3", OFFICES, 1),
        ("rule-E3", offices(BY1_1=Office(Title.DISCIPLINE)), 3),
        ("rule-E3", offices(BY1_2=Office(Title.SECRETARY, 3)), 3),
        ("election-office-votes", offices(BY1_1=Office(Title.SECRETARY, 4)), 3),
        ("rule-E4", offices(BY1_1=Office(Title.SECRETARY, 1)), 3),
        ("election-office-twice", offices(BY1_1=Office(Title.PUBLICITY), BY1_2=Office(Title.SECRETARY, 3)), 3),
    ],
)
def test_offices_that_cannot_be_filled_so(world, code, given, present):
    found = at(world, Action.CHOOSE)
    refused(code, lambda: results.choose_officers(found, offices=given, present=present, **usual(world)))


def test_the_body_above_approves_or_sends_back(world):
    found = at(world, Action.APPROVE)
    own, upper = world.actor(Role.COMMUNITY_STAFF, "BR1"), world.actor(Role.COMMUNITY_STAFF, "G1")
    assert not queries.may_approve(own, found.body)
    assert queries.may_approve(upper, found.body)
    assert not queries.may_approve(world.actor(Role.SECRETARY, "G1"), found.body)
    refused("election-upper", lambda: results.approve(found, document="9号", **usual(world, own)))
    found = results.send_back(found, reason="书记人选再议", **usual(world, upper))
    other = offices(BY1_1=Office(Title.DEPUTY, 2), BY1_2=Office(Title.SECRETARY, 3))
    results.choose_officers(found, offices=other, present=3, **usual(world))
    results.report_result(found, document="6号", **usual(world))
    results.approve(found, document="9号", **usual(world, upper))
    assert Post.objects.on(DAY).get(body__code="BR1", title="secretary").member.number == "BY1-2"


def test_who_has_left_the_body_since_the_count_gets_no_post(world, as_user):
    found = at(world, Action.APPROVE)
    old = members.appoint(
        world.members["BY2"][0], body=world.bodies["BR1"], title=Title.SECRETARY, since=SINCE, **usual(world)
    )
    gone, moved = world.members["BY1"][:2]
    members.depart(gone, ending=Ending.DIED, on=DAY, **usual(world))
    members.assign(moved, member_class=moved.member_class, unit=world.bodies["BR2"], on=DAY, **usual(world))
    found = results.approve(found, document="9号", **usual(world, UPPER))
    assert [post.member.number for post in Post.objects.on(DAY).filter(body__code="BR1")] == ["BY1-3"]
    assert Post.objects.get(pk=old.pk).valid_to == DAY
    told = Event.objects.get(action="election.approve").data
    assert (told["posts"], told["left_out"]) == (1, ["BY1-2", "BY1-1"])
    page = as_user(world.user(Role.SECRETARY, "BR1")).get(reverse("election", args=[found.pk]))
    assert page.context["left_out"] == f"{moved.name}、{gone.name}"
    assert "当选但没有任职" in page.text
    assert all(not truth.find() for truth in invariants())


def test_terms_that_end_within_a_year(world):
    for body, until in (("BR1", date(2027, 3, 18)), ("BY1", date(2027, 3, 19)), ("BY2", date(2026, 3, 17))):
        members.appoint(
            world.member, body=world.bodies[body], title=Title.SECRETARY, since=SINCE, term_until=until, **usual(world)
        )
    found = queries.terms_ending(world.actor(Role.SECRETARY, "BR1"), DAY)
    assert [(one.body.code, one.late) for one in found] == [("BY2", True), ("BR1", False)]
    assert queries.waiting(world.actor(Role.SECRETARY, "BR1"), DAY) == {"late": 1, "ending": 1, "approve": 0}
    assert queries.terms_ending(world.actor(Role.SECRETARY, "BR2"), DAY) == []


def test_verify_finds_a_roll_that_was_touched(world):
    found = at(world, Action.HOLD)
    broken = {each.code: each.find for each in invariants()}["members.roll_of_voters"]
    assert broken() == []
    found.roll.filter(due=True).first().delete()
    assert broken() == [found.ref]


def test_a_confirmed_count_cannot_be_changed(world):
    found = at(world, Action.CHOOSE)
    with pytest.raises(DatabaseError), transaction.atomic():
        found.ballots.update(returned=1)


def appointed(world, index, title=Title.SECRETARY, **more):
    return members.appoint(world.members["BY1"][index], body=world.bodies["BY1"], title=title, **more, **usual(world))


def test_a_single_post_has_one_holder_and_a_term_ends_after_it_begins(world):
    first = appointed(world, 0, since=SINCE)
    assert refused("post-held", lambda: appointed(world, 1)).values["holder"] == "王小一"
    refused("post-held", lambda: appointed(world, 0))
    refused("post-term", lambda: appointed(world, 1, Title.DEPUTY, term_until=DAY))
    refused("post-day", lambda: members.end_post(first, on=SINCE, **usual(world)))
    members.end_post(first, on=DAY, **usual(world))
    refused("post-ended", lambda: members.end_post(first, on=DAY, **usual(world)))
    assert appointed(world, 1).valid_from == DAY
    appointed(world, 2, Title.DEPUTY)
    appointed(world, 3, Title.DEPUTY)
