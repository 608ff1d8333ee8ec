"""Minutes: agenda, votes, corrections by those present, final with a digest; Word and PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdfium2 import PdfDocument

from linli.access.roles import Role
from linli.activities import services as activities
from linli.activities.models import AgendaItem, Minutes
from linli.activities.policy.minutes import Answer, State
from linli.activities.policy.motions import Item, Outcome
from linli.activities.queries import desk
from linli.activities.queries import minutes as queries
from linli.activities.services import minutes as services
from linli.activities.verify import invariants
from linli.lib import clock
from linli.lib.errors import Refusal
from linli.members import services as members
from linli.members.models import Member, Membership
from linli.members.policy.kinds import Title
from tests.activities.making import CONFIRMER, RECORDER, cancelled, confirmed, hosted, planned, recorded
from tests.activities.minuting import PARKING, circulated, corrected, drafted, final


def given(world, by=RECORDER, now=None):
    return {"by": by, "now": now or clock.now(), "key": world.key()}


def refused(call):
    with pytest.raises(Refusal) as found:
        call()
    return found.value.code


def broken():
    return {invariant.code for invariant in invariants() if invariant.find()}


def read(content, form):
    if form == "docx":
        return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    return "".join(page.get_textpage().get_text_range() for page in PdfDocument(content)).replace("\r\n", "")


def minutes_of(activity):
    return Minutes.objects.get(activity=activity)


def test_the_agenda_comes_before_the_meeting(world):
    activity = planned(world, begun=-600)
    services.put_item(activity, Item("学习文件"), **given(world))
    services.put_item(activity, Item("讨论停车"), **given(world))
    assert queries.agenda(activity) == ["学习文件", "讨论停车"]
    assert refused(lambda: services.put_item(activity, PARKING, **given(world))) == "minutes-roll"
    assert refused(lambda: services.circulate(activity, **given(world))) == "minutes-no-roll"


def test_what_the_vote_decided_is_worked_out_from_the_roll(world):
    activity = drafted(world, confirmed(world, planned(world, kind="general-meeting", begun=900)))
    [point] = queries.points(activity, minutes_of(activity))
    assert point.outcome is Outcome.PASSED
    row = AgendaItem.objects.get()
    services.put_item(activity, replace(PARKING, yes=2, no=3), row=row, seen=1, **given(world))
    [point] = queries.points(activity, minutes_of(activity))
    assert (point.outcome, [each.rule.code for each in point.findings]) == (Outcome.REJECTED, ["Q2"])


def test_who_has_no_vote_counts_neither_as_due_nor_as_present(world):
    """A probationary member came and is on the roll, and is not among those with voting right (Q5)."""
    Member.objects.filter(number="BY1-5").update(stage="probationary", full_on=None)
    activity = confirmed(world, planned(world, kind="general-meeting", begun=900))
    votes = queries.votes_of(activity)
    assert (votes.due, votes.present, activity.roll.count()) == (4, 4, 5)
    five = replace(PARKING, yes=5, no=0)
    assert refused(lambda: services.put_item(activity, five, **given(world))) == "minutes-votes"


def test_the_chair_is_on_the_roll_and_has_a_post_or_the_rule_says_so(world):
    activity = drafted(world, confirmed(world, planned(world, kind="general-meeting", begun=900)))
    head = {"delegated": False, "opening": "开会。"}
    stranger = Member.objects.get(number="BR2-1")
    assert refused(lambda: services.write_head(activity, chair=stranger, **head, **given(world))) == "minutes-chair"
    services.write_head(activity, chair=world.member, **head, **given(world))
    title, findings = queries.chair_of(activity, minutes_of(activity))
    assert (title, [each.rule.code for each in findings]) == (None, ["Q6"])
    day = activity.starts_at.date() - timedelta(days=9)
    members.appoint(world.member, body=activity.body, title=Title.SECRETARY, since=day, **given(world))
    assert queries.chair_of(activity, minutes_of(activity)) == (Title.SECRETARY, ())


def test_only_what_can_be_is_sent(world):
    assert refused(lambda: services.circulate(confirmed(world), **given(world))) == "minutes-none"
    activity = drafted(world)
    services.remove_item(activity, AgendaItem.objects.get(), **given(world))
    assert refused(lambda: services.circulate(activity, **given(world))) == "minutes-empty"
    assert refused(lambda: drafted(world, cancelled(world))) == "minutes-cancelled"


def test_sixty_points_are_enough(world):
    activity = drafted(world)
    minutes = minutes_of(activity)
    AgendaItem.objects.bulk_create(AgendaItem(minutes=minutes, order=2 + n, title="点") for n in range(59))
    assert refused(lambda: services.put_item(activity, Item("多"), **given(world))) == "minutes-long"


def test_corrections_have_their_days_and_every_one_an_answer(world):
    activity = circulated(world)
    minutes = minutes_of(activity)
    assert minutes.corrections_until == clock.local_date(clock.now()) + timedelta(days=3)
    row = corrected(world, activity)
    late = clock.now() + timedelta(days=4)
    again = given(world, now=late)
    assert refused(lambda: services.correct(minutes, member=world.member, text="x", **again)) == "minutes-late"
    seen = minutes.version

    def close(**more):
        return services.close(activity, seen=more.get("seen", seen), **given(world, CONFIRMER, more.get("now", late)))

    assert refused(lambda: close(now=clock.now())) == "minutes-open"
    assert refused(close) == "minutes-unanswered"
    say = {"answer": Answer.REFUSED, "words": " "}
    assert refused(lambda: services.answer(row, **say, **given(world))) == "minutes-words"
    services.answer(row, answer=Answer.TAKEN, words="", **given(world))
    assert refused(lambda: services.answer(row, answer=Answer.TAKEN, words="", **given(world))) == "minutes-answered"
    row = AgendaItem.objects.get()
    services.put_item(activity, replace(PARKING, yes=3, no=2), row=row, seen=1, **given(world, now=late))
    assert refused(lambda: close(seen=seen + 2)) == "minutes-open", (
        "what changed can be corrected for as many days again"
    )
    later = late + timedelta(days=4)
    assert refused(lambda: close(now=later)) == "minutes-changed"
    assert refused(lambda: services.close(activity, seen=seen + 2, **given(world, RECORDER, later))) == "minutes-own"
    close(seen=seen + 2, now=later)
    assert minutes_of(activity).state == State.FINAL


def test_a_roll_that_is_open_holds_the_end_up(world):
    activity = circulated(world, recorded(world), ago=30)
    assert refused(lambda: services.close(activity, seen=1, **given(world, CONFIRMER))) == "minutes-roll-open"


def test_final_minutes_change_no_more_and_verify_would_see_it(world):
    activity = final(world)
    minutes = minutes_of(activity)
    assert len(minutes.digest) == 64
    assert minutes.content["roll"]["present"] == [f"BY1-{n}" for n in range(1, 6)]
    assert broken() == set()
    assert refused(lambda: services.put_item(activity, Item("补"), **given(world))) == "minutes-state"
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(opening="改了")
    for change in ({"no": 0}, {"way": ""}, {"weighty": True}, {"decision": "不同意"}):
        with transaction.atomic():
            AgendaItem.objects.update(**change)
            assert broken() == {"activities.minutes_digest"}, change
            transaction.set_rollback(True)


def test_the_pages_from_agenda_to_final(world, as_user):
    activity = confirmed(world, planned(world, kind="general-meeting", begun=900))
    writer, other = as_user(world.user(Role.SECRETARY, "BY1")), as_user(world.user(Role.COMMUNITY_STAFF, "G1"))
    address = reverse("minutes", args=[activity.pk])
    assert "会议记录" in writer.get(address).content.decode()

    def post(client, name, *args, **data):
        return client.post(reverse(name, args=[activity.pk, *args]), data | {"key": world.key()})

    vote = {"title": "讨论停车", "said": "说明", "decision": "同意", "way": "hands", "yes": "4", "no": "1"}
    wrong = post(writer, "minutes-item-new", **vote | {"yes": "9"})
    assert (wrong.status_code, "说明" in wrong.content.decode()) == (422, True)
    assert post(writer, "minutes-item-new", **vote).status_code == 302
    assert post(writer, "minutes-head", chair="BY1-1", delegated="on", opening="开会").status_code == 302
    assert post(writer, "minutes-send").status_code == 302
    member = as_user(world.member.user)
    assert activity.title in member.get(reverse("my-activities")).content.decode()
    assert post(member, "my-minutes", text="票数应为 3").status_code == 302
    row = minutes_of(activity).corrections.get()
    assert post(writer, "minutes-answer", row.pk, answer="refused", words="复核过，4 票").status_code == 302
    assert "复核过" in member.get(reverse("my-minutes", args=[activity.pk])).content.decode()
    Minutes.objects.update(corrections_until=clock.local_date(clock.now()) - timedelta(days=1))
    version = minutes_of(activity).version
    assert "讨论停车" in other.get(reverse("minutes-final", args=[activity.pk])).content.decode(), "read before the end"
    assert post(other, "minutes-final", seen=version).status_code == 302
    assert minutes_of(activity).digest in other.get(address).content.decode()


def test_only_who_was_there_reads_and_only_what_was_sent(world, as_user):
    draft, sent = drafted(world), drafted(world, confirmed(world, absent=["BY1-1"]), Item("学习文件"))
    services.circulate(sent, **given(world))
    client = as_user(world.member.user)
    for activity in (draft, sent):
        assert client.get(reverse("my-minutes", args=[activity.pk])).status_code == 404
    assert client.get(reverse("my-minutes", args=[circulated(world).pk])).status_code == 200


def test_the_agenda_stands_on_the_page_of_the_activity_for_whom_it_concerns(world, as_user):
    activity = planned(world, begun=-600)
    services.put_item(activity, Item("学习文件"), **given(world))
    address = reverse("occasion", args=[activity.pk])
    assert "学习文件" in as_user(world.member.user).get(address).content.decode()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("made", [drafted, final])
def test_word_and_pdf_say_the_same(world, as_user, made):
    activity = made(world)
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    files = {form: client.get(reverse("minutes-file", args=[activity.pk, form])).content for form in ("docx", "pdf")}
    word, sheet = read(files["docx"], "docx"), read(files["pdf"], "pdf")
    for text in ("讨论院内停车", "李小二建议先公示。", "同意公示五天后划线。", "王小一", "赞成 4"):
        assert text in word, text
        assert text.replace(" ", "") in sheet.replace(" ", ""), text
    assert (minutes_of(activity).digest or "草稿") in word
    assert client.get(reverse("minutes-file", args=[activity.pk, "odt"])).status_code == 404


def test_nobody_who_wrote_or_answered_makes_them_final(world):
    """Saving a point unchanged, or answering alone, does not make somebody else the author."""
    activity = circulated(world, ago=30)
    row = AgendaItem.objects.get()
    earlier = clock.now() - timedelta(days=20)
    services.put_item(activity, PARKING, row=row, seen=1, **given(world, CONFIRMER, earlier))
    version = minutes_of(activity).version
    for by in (RECORDER, CONFIRMER):
        assert refused(lambda by=by: services.close(activity, seen=version, **given(world, by))) == "minutes-own"
    asked = corrected(world)
    services.answer(asked, answer=Answer.TAKEN, words="", **given(world, CONFIRMER))
    late = given(world, CONFIRMER, clock.now() + timedelta(days=30))
    again = asked.minutes.activity
    assert refused(lambda: services.close(again, seen=minutes_of(again).version, **late)) == "minutes-own"


def test_nobody_writes_over_another(world):
    activity = drafted(world)
    row = AgendaItem.objects.get()
    services.put_item(activity, replace(PARKING, said="一个小时写的"), row=row, seen=1, **given(world))
    write = {"row": row, "seen": 1}
    assert refused(lambda: services.put_item(activity, PARKING, **write, **given(world))) == "minutes-overwritten"
    services.remove_item(activity, row, **given(world))
    write["seen"] = 2
    assert refused(lambda: services.put_item(activity, PARKING, **write, **given(world))) == "minutes-overwritten"
    assert not AgendaItem.objects.exists()


def test_a_roll_that_is_given_back_decides_nothing(world):
    activity = drafted(world, recorded(world), replace(PARKING, yes=1, no=4))
    assert queries.points(activity, minutes_of(activity))[0].outcome is Outcome.REJECTED
    back = activities.return_roll(activity, reason="少一页", **given(world, CONFIRMER))
    assert queries.points(back, minutes_of(back))[0].outcome is None


def test_final_minutes_stay_as_they_were_judged(world):
    activity = drafted(world, confirmed(world, planned(world, kind="general-meeting", begun=900)))
    services.circulate(activity, **given(world, now=clock.now() - timedelta(days=9)))
    services.close(activity, seen=1, **given(world, CONFIRMER))
    Member.objects.filter(number__in=["BY1-1", "BY1-2"]).update(stage="probationary", full_on=None)
    minutes = minutes_of(activity)
    assert (queries.votes_of(activity).due, queries.votes_then(activity, minutes).due) == (3, 5)
    assert queries.points(activity, minutes)[0].outcome is Outcome.PASSED


@pytest.mark.parametrize("kind", ["general-meeting", "life-meeting", "review", "theme-day"])
def test_who_has_no_vote_has_none_at_any_organisational_life(world, kind):
    Member.objects.filter(number="BY1-5").update(stage="probationary", full_on=None)
    votes = queries.votes_of(confirmed(world, planned(world, kind=kind, begun=900)))
    assert (votes.due, votes.present) == (4, 4)


def test_a_second_number_votes_as_the_person(world):
    """As joining two records leaves them: the membership is that of the lasting one, the roll keeps the number."""
    activity = confirmed(world, planned(world, kind="general-meeting", begun=900))
    lasting, second = (Member.objects.get(number=number) for number in ("BY2-1", "BY1-2"))
    Membership.objects.filter(member=lasting).delete()
    Membership.objects.filter(member=second).update(member=lasting)
    Member.objects.filter(pk=second.pk).update(same_as=lasting)
    votes = queries.votes_of(activity)
    assert (votes.due, votes.present) == (5, 5)


def test_no_visitor_reads_an_agenda_and_nobody_one_that_is_written_afterwards(world, as_user):
    public = planned(world, kind="market", begun=-600)
    services.put_item(public, Item("王五 13800138000 的事"), **given(world))
    assert "13800138000" not in Client().get(reverse("occasion", args=[public.pk])).content.decode()
    activity = drafted(world, item=Item("会后写的题目"))
    text = as_user(world.member.user).get(reverse("occasion", args=[activity.pk])).content.decode()
    assert "会后写的题目" not in text


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_paper_names_no_guest_beyond_the_reach_and_no_reason(world, as_user, form):
    Member.objects.filter(number="BY2-1").update(name="欧阳晓晨")
    activity = drafted(world, hosted(world, leave=["BY1-2"]), Item("学习文件"))
    content = as_user(world.user(Role.SECRETARY, "BY1")).get(reverse("minutes-file", args=[activity.pk, form])).content
    text = read(content, form)
    assert "欧阳某某" in text
    assert "晓晨" not in text
    assert "住院" not in text


def test_cancelled_minutes_wait_for_nobody(world):
    activity = circulated(world, recorded(world), ago=30)
    actor = world.actor(Role.SECRETARY, "BY1")
    assert desk.waiting(actor, clock.now())["minutes"] == 1
    activities.return_roll(activity, reason="没有开成", **given(world, CONFIRMER))
    activities.cancel(activity, reason="没有开成", **given(world))
    assert desk.waiting(actor, clock.now())["minutes"] == 0


def test_a_guest_who_chairs_is_masked_on_every_page(world, as_user):
    Member.objects.filter(number="BY2-1").update(name="欧阳晓晨")
    guest = Member.objects.get(number="BY2-1")
    activity = drafted(world, hosted(world), Item("学习文件"))
    services.write_head(activity, chair=guest, delegated=True, opening="", **given(world))
    services.circulate(activity, **given(world))
    for user, name in ((world.user(Role.SECRETARY, "BY1"), "minutes"), (world.member.user, "my-minutes")):
        text = as_user(user).get(reverse(name, args=[activity.pk])).content.decode()
        assert "欧阳某某" in text
        assert "晓晨" not in text
