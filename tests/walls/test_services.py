"""An issue from the poster to its end: what is written, what is refused."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from linli.access.roles import Role
from linli.audit.models import Event
from linli.lib.clock import CHINA
from linli.lib.errors import Refusal, Repeated
from linli.notify.models import Message
from linli.places.models import Place
from linli.points.models import Deed
from linli.walls import services
from linli.walls.models import Category, Issue, IssueEvent, Poster, Posting, Wall
from linli.walls.policy.kinds import Clock
from linli.walls.policy.numbers import poster_code
from linli.walls.queries import public
from linli.walls.queries.receipts import issue_of_receipt, receipt_secret
from tests.files.policy.test_photos import picture, with_gps
from tests.walls.makers import accepted, answered, category, declined, escalated, fresh, reported

KEY = "a-key-of-a-report-0001"


def china(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=CHINA)


# --- setting up ------------------------------------------------------------------------------------


def test_walls_stand_above_one_another(world: Any):
    child = world.wall("BY1")
    assert [child.level, child.above.level, child.above.above.level] == ["child", "mother", "street"]
    assert child.above.above.above is None
    assert child.posters.get().place == child.place


@pytest.mark.parametrize(
    ("place", "more", "code"),
    [
        ("B1", {}, "wall-place"),
        ("Y1", {}, "wall-exists"),
        ("E3", {"code": "墙"}, "wall-code"),
        ("E3", {"code": "E3\n"}, "wall-code"),
        ("E3", {"code": "a" * 41}, "wall-code"),
        ("E3", {"code": "Y1"}, "wall-code-taken"),
    ],
)
def test_walls_that_cannot_be_opened(world: Any, place: str, more: dict[str, str], code: str):
    with pytest.raises(Refusal) as refused:
        services.open_wall(
            place=world.places[place], body=world.bodies["BY1"], by=world.by, now=world.now, key=world.key(), **more
        )
    assert refused.value.code == code


@pytest.mark.parametrize("code", ["E3-" + "a" * 17, "E3_" + "a" * 37])
def test_whatever_code_a_place_may_have_fits_wherever_the_number_stands(world: Any, code: str):
    Place.objects.filter(code="E3").update(code=code)
    place = Place.objects.get(code=code)
    given = {"by": world.by, "now": world.now}
    services.open_wall(place=place, body=world.bodies["BR2"], key=world.key(), **given)
    issue = fresh(world, "BR2", reporter=world.member)
    assert issue.number == f"{code}-2026-0001"
    issue = services.escalate(issue, reason="院里定不了。", key=world.key(), **given)
    issue = services.reply(issue, text="已经修好。", outcome="solved", key=world.key(), **given)
    services.satisfied(issue, key=world.key(), **given)
    assert Deed.objects.get().note == issue.number
    for row in (*Issue.objects.all(), *Message.objects.all(), *Event.objects.all(), *Deed.objects.all()):
        for field in row._meta.concrete_fields:
            if field.max_length is not None:
                assert len(str(getattr(row, field.attname))) <= field.max_length, field


def test_a_wall_needs_the_right_wall_above(world: Any):
    with pytest.raises(Refusal) as refused:
        services.open_wall(
            place=world.places["E3"],
            body=world.bodies["BR2"],
            above=world.wall("RC1"),
            by=world.by,
            now=world.now,
            key=world.key(),
        )
    assert refused.value.code == "wall-above"
    made = services.open_wall(
        place=world.places["E3"],
        body=world.bodies["BR2"],
        above=world.wall("RC2"),
        name="三区墙",
        by=world.by,
        now=world.now,
        key=world.key(),
    )
    assert (made.above, made.name, made.level) == (world.wall("RC2"), "三区墙", "child")


def test_no_wall_without_its_mother_wall(world: Any):
    mother = Wall.objects.filter(place__code="C2")
    Poster.objects.filter(wall__in=mother).delete()
    mother.delete()
    with pytest.raises(Refusal) as refused:
        services.open_wall(
            place=world.places["E3"], body=world.bodies["BR2"], by=world.by, now=world.now, key=world.key()
        )
    assert refused.value.code == "wall-above"


def test_the_database_refuses_a_child_wall_that_hangs_alone(world: Any):
    with pytest.raises(IntegrityError), transaction.atomic():
        Wall.objects.filter(pk=world.wall("BY1").pk).update(above=None)


def test_a_poster_knows_its_place_and_is_made_once(world: Any):
    wall = world.wall("BY1")
    first, second = (
        services.print_poster(wall, place=world.places["B1"], by=world.by, now=world.now, key=world.key())
        for _ in range(2)
    )
    assert first == second
    assert first.place == world.places["B1"]
    with pytest.raises(Refusal) as refused:
        services.print_poster(wall, place=world.places["Y2"], by=world.by, now=world.now, key=world.key())
    assert refused.value.code == "poster-place"


def test_categories_are_added_where_missing_and_can_be_renamed(world: Any):
    Category.objects.filter(code="danger").delete()
    assert services.ensure_categories(by=world.by, now=world.now, key=world.key()) == 1
    services.set_category(
        code="rubbish", name="垃圾", guidance="", clock=Clock.URGENT, private=False, order=1,
        by=world.by, now=world.now, key=world.key(),
    )  # fmt: skip
    assert category().words == "垃圾"
    assert category().hint
    with pytest.raises(Refusal):
        services.set_category(
            code="new", name=" ", guidance="", clock=Clock.ORDINARY, private=False, order=1,
            by=world.by, now=world.now, key=world.key(),
        )  # fmt: skip


# --- reporting -------------------------------------------------------------------------------------


def test_a_report_gets_number_deadlines_record_and_receipt(world: Any):
    done = reported(world, place="B1", contact=" 13800000000 ")
    issue = Issue.objects.get()
    assert issue.number == "Y1-2026-0001"
    assert (issue.state, issue.owner, issue.place) == ("open", world.bodies["BY1"], world.places["B1"])
    assert issue.contact == "13800000000"
    assert issue.accept_due == world.now + timedelta(hours=24)
    assert issue.answer_due == china(2026, 3, 27, 23, 59, 59)  # 7 working days after a Wednesday
    assert issue.rings_at == issue.answer_due
    assert [e.kind for e in issue.events.all()] == ["posted"]
    assert [p.wall for p in issue.postings.all()] == [world.wall("BY1")]
    assert issue_of_receipt(done.secret) == issue
    assert Message.objects.get().audience == "body:BY1"
    assert issue.text not in Message.objects.get().body


@pytest.mark.parametrize(
    ("code", "at", "due"),
    [
        ("danger", "BY1", china(2026, 3, 18, 12)),
        ("utility", "BY1", china(2026, 3, 19, 10)),
        ("rubbish", "BY1", china(2026, 3, 27, 23, 59, 59)),
        ("works", "BY1", china(2026, 4, 8, 23, 59, 59)),
        ("rubbish", "RC1", china(2026, 4, 8, 23, 59, 59)),
    ],
)
def test_the_clock_follows_from_category_and_wall(world: Any, code: str, at: str, due: datetime):
    issue = fresh(world, at, code=code)
    assert issue.answer_due == due
    assert issue.accept_due <= min(due, world.now + timedelta(hours=24))


def test_numbers_count_by_wall_and_year(world: Any):
    numbers = [fresh(world).number, fresh(world).number, fresh(world, "BY2").number]
    numbers.append(fresh(world, now=world.now + timedelta(days=365)).number)
    assert numbers == ["Y1-2026-0001", "Y1-2026-0002", "Y2-2026-0001", "Y1-2027-0001"]


def test_a_report_sent_twice_is_one_issue_with_one_receipt(world: Any):
    first = reported(world, key=KEY)
    with pytest.raises(Repeated) as done:
        reported(world, key=KEY)
    assert done.value.ref == first.issue.ref
    assert receipt_secret(KEY) == first.secret
    assert Issue.objects.count() == 1


def test_the_request_key_of_a_report_is_not_kept(world: Any):
    reported(world, key=KEY)
    assert not [e for e in Event.objects.all() if KEY in e.request_key]


def test_receipts_differ_and_nothing_that_opens_one_is_stored(world: Any):
    first, second = reported(world), reported(world)
    assert first.secret != second.secret
    assert first.secret.replace(" ", "") not in repr(list(Issue.objects.values()))


SECRETS = "电话13812345678,身份证11010519491231002X,车牌湘A12345"


CARD = "6222020200112233446"


def test_public_text_is_masked_and_the_typed_text_is_kept_inside(world: Any):
    issue = fresh(world, text=SECRETS)
    assert issue.text == "电话13812345678,身份证●●●,车牌湘A12345"
    stored = Issue.objects.get()
    for secret in ("13812345678", "11010519491231002X", "A12345"):
        assert secret not in stored.public_text


@pytest.mark.parametrize("code", ["rubbish", "private", "complaint"])
def test_identity_and_card_numbers_are_not_kept_at_all(world: Any, code: str):
    issue = fresh(
        world, text=f"{SECRETS},卡{CARD}", contact=f"13812345678 身份证11010519491231002X 卡{CARD}", code=code
    )
    issue = services.decline(issue, reason="请看", by=world.by, now=world.now, key=world.key())
    services.reopen(issue, reason=f"卡{CARD}", by=world.by, now=world.now, key=world.key())
    kept = [repr(list(model.objects.values())) for model in (Issue, IssueEvent, Posting, Event, Message)]
    for secret in ("11010519491231002X", CARD):
        assert secret not in "".join(kept)
    stored = Issue.objects.get()
    assert stored.text == "电话13812345678,身份证●●●,车牌湘A12345,卡●●●"
    assert stored.contact == "13812345678 身份证●●● 卡●●●"


def test_what_older_versions_kept_is_masked(world: Any):
    migration = import_module("linli.walls.migrations.0006_numbers_not_kept")
    first, plain, last = fresh(world), fresh(world, contact="李阿姨"), fresh(world)
    raw = Issue.objects.filter(pk__in=[first.pk, last.pk])
    raw.update(text=f"{SECRETS},卡{CARD}", contact=f"卡{CARD}")
    before = Issue.objects.filter(pk=plain.pk).values().get()
    assert migration.mask(apps, None, batch=2) == 2
    assert set(raw.values_list("text", "contact")) == {("电话13812345678,身份证●●●,车牌湘A12345,卡●●●", "卡●●●")}
    assert Issue.objects.filter(pk=plain.pk).values().get() == before
    assert migration.mask(apps, None, batch=2) == 0


def test_no_path_writes_around_the_gate(world: Any):
    issue = fresh(world)
    Issue.objects.filter(pk=issue.pk).update(public_text=SECRETS)
    IssueEvent.objects.bulk_create(
        [IssueEvent(issue=issue, wall=issue.wall, kind="replied", text=SECRETS, at=world.now)]
    )
    Posting.objects.filter(issue=issue).update(reason=SECRETS)
    issue.refresh_from_db()
    shown = issue.public_text + issue.events.last().text + issue.postings.get().reason
    assert "13812345678" not in shown
    assert "11010519491231002X" not in shown


def test_every_public_text_of_staff_is_masked(world: Any):
    issue = services.reply(
        fresh(world), text=f"找小王 {SECRETS}", outcome="solved", by=world.by, now=world.now, key=world.key()
    )
    services.reopen(issue, reason=SECRETS, by=world.by, now=world.now, key=world.key())
    issue = services.escalate(issue, reason=SECRETS, by=world.by, now=world.now, key=world.key())
    services.decline(issue, reason=SECRETS, by=world.by, now=world.now, key=world.key())
    assert not [e for e in issue.events.all() if "138" in e.text or "A12345" in e.text]


def test_a_photo_is_kept_clean_but_not_shown(world: Any):
    issue = fresh(world, photo=with_gps())
    assert issue.photo is not None
    assert not issue.photo_public


@pytest.mark.parametrize("photo", [b"", b"not a photo", b"\x89PNG\r\n\x1a\nxx", bytes(10_000_000)])
def test_a_photo_that_fails_keeps_the_report(world: Any, photo: bytes):
    done = reported(world, photo=photo)
    assert done.issue.photo is None
    assert done.photo_refusal is not None
    assert Issue.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": " \n "}, "wall-text"),
        ({"text": "长" * 2001}, "wall-text-long"),
        ({"place": "Y2"}, "report-place"),
        ({"contact": "x" * 81}, "report-contact"),
    ],
)
def test_reports_that_are_refused_leave_nothing(world: Any, more: dict[str, str], code: str):
    before = Event.objects.count()
    with pytest.raises(Refusal) as refused:
        reported(world, photo=picture(), **more)
    assert refused.value.code == code
    assert not Issue.objects.exists()
    assert Event.objects.count() == before
    assert world.wall("BY1").number_last == 0


# --- handling --------------------------------------------------------------------------------------


def test_accepting_names_the_body_that_leads(world: Any):
    issue = accepted(world)
    assert (issue.state, issue.accepted_at) == ("accepted", world.now)
    assert issue.events.last().signed == world.bodies["BY1"].name


def test_the_public_reads_which_body_spoke_and_in_whose_place(world: Any):
    lower, upper = world.actor(Role.SECRETARY, "BY1"), world.actor(Role.COMMUNITY_STAFF, "G1")
    own = services.accept(fresh(world), by=lower, now=world.now, key=world.key())
    instead = services.reply(
        fresh(world), text="社区已经处理。", outcome="solved", by=upper, now=world.now, key=world.key()
    )
    assert [event.voice for event in own.events.filter(kind="accepted")] == ["组织BY1"]
    spoken = instead.events.get(kind="replied")
    assert (spoken.signed, spoken.instead_of) == ("组织G1", world.bodies["BY1"])
    page = public.issue_page(instead.number, world.now)
    assert page.line.signed == spoken.voice != "组织BY1"
    assert "组织G1" in spoken.voice
    assert "组织BY1" in spoken.voice


def test_a_photo_is_shown_only_after_somebody_looked_and_never_of_a_private_issue(world: Any):
    for code, shown in (("rubbish", True), ("private", False)):
        issue = fresh(world, code=code, photo=picture())
        issue = services.accept(issue, photo_public=True, by=world.by, now=world.now, key=world.key())
        assert issue.photo_public is shown


def test_a_reply_is_public_and_opens_the_time_for_reopening(world: Any):
    issue = answered(world)
    assert (issue.state, issue.outcome, issue.rings_at) == ("answered", "solved", None)
    assert issue.accepted_at == issue.answered_at == world.now
    assert issue.settles_at == china(2026, 3, 25, 23, 59, 59)
    assert issue.events.last().kind == "replied"


@pytest.mark.parametrize(("text", "outcome", "code"), [("", "solved", "wall-text"), ("好", "perhaps", "wall-choice")])
def test_replies_that_are_refused(world: Any, text: str, outcome: str, code: str):
    with pytest.raises(Refusal) as refused:
        services.reply(fresh(world), text=text, outcome=outcome, by=world.by, now=world.now, key=world.key())
    assert refused.value.code == code
    assert Issue.objects.get().state == "open"


def test_passing_up_moves_the_issue_with_its_history_and_links_the_records(world: Any):
    below, above = world.wall("BY1"), world.wall("RC1")
    issue = escalated(world)
    assert (issue.wall, issue.owner, issue.state) == (above, world.bodies["RC1"], "open")
    assert issue.number == "Y1-2026-0001"
    assert issue.answer_due == china(2026, 4, 8, 23, 59, 59)
    lower, upper = issue.postings.all()
    assert (lower.wall, upper.wall, upper.came_from, lower.went_to) == (below, above, lower, upper)
    assert (upper.cause, upper.reason) == ("by_hand", "要用到小区公共收益,院里定不了。")
    assert [(e.kind, e.wall) for e in issue.events.all()] == [("posted", below), ("escalated", below)]
    assert Message.objects.filter(audience="body:RC1").exists()


def test_the_reply_of_the_mother_wall_changes_the_page_of_the_child_wall(world: Any):
    issue = escalated(world)
    before = world.wall("BY1").version, world.wall("RC1").version
    services.reply(issue, text="已列入计划。", outcome="explained", by=world.by, now=world.now, key=world.key())
    assert (world.wall("BY1").version, world.wall("RC1").version) == (before[0] + 1, before[1] + 1)


def test_nothing_passes_above_the_street(world: Any):
    with pytest.raises(Refusal) as refused:
        escalated(world, "OF")
    assert refused.value.code == "issue-top"


def test_declining_says_why_and_hides_the_photo(world: Any):
    issue = declined(world)
    assert (issue.state, issue.closed_at, issue.rings_at) == ("declined", world.now, None)
    assert issue.events.last().text.startswith("法院")


@pytest.mark.parametrize("made", [answered, declined])
@pytest.mark.parametrize("verb", ["accept", "escalate", "decline"])
def test_what_is_settled_stays_settled(world: Any, made: Any, verb: str):
    issue = made(world)
    more = {} if verb == "accept" else {"reason": "理由"}
    with pytest.raises(Refusal) as refused:
        getattr(services, verb)(issue, by=world.by, now=world.now, key=world.key(), **more)
    assert refused.value.code == "issue-state"


# --- following up ----------------------------------------------------------------------------------


def test_a_satisfied_reporter_closes_the_issue(world: Any):
    issue = services.satisfied(answered(world), by=world.by, now=world.now, key=world.key())
    assert (issue.state, issue.satisfied, issue.closed_at) == ("closed", True, world.now)


@pytest.mark.parametrize("made", [answered, declined])
def test_an_unsatisfied_reporter_opens_it_again_with_new_deadlines(world: Any, made: Any):
    later = world.now + timedelta(days=2)
    issue = services.reopen(made(world), reason="还在漏。", by=world.by, now=later, key=world.key())
    assert (issue.state, issue.reopened, issue.satisfied, issue.outcome) == ("open", 1, False, "")
    assert issue.answered_at is None
    assert issue.rings_at == issue.answer_due > later
    assert issue.events.last().text == "还在漏。"


def test_reopening_ends_with_the_promised_day(world: Any):
    issue = answered(world)
    with pytest.raises(Refusal) as refused:
        services.reopen(
            issue, reason="还在漏。", by=world.by, now=issue.settles_at + timedelta(seconds=1), key=world.key()
        )
    assert refused.value.code == "issue-settled"
    services.reopen(issue, reason="还在漏。", by=world.by, now=issue.settles_at, key=world.key())


def test_a_code_that_a_poster_has_is_not_given_again(world):
    key = world.key()
    wall, place = world.wall("BY1"), world.places["B1"]
    digest = hashlib.sha256(f"{wall.code}/{place.code}/{key}".encode()).digest()
    taken = Poster.objects.create(code=poster_code(digest), wall=wall, place=world.places["U1"], made_at=world.now)
    made = services.print_poster(wall, place=place, by=world.by, now=world.now, key=key)
    assert made.code == poster_code(hashlib.sha256(digest).digest()) != taken.code


def test_a_declined_issue_opened_again_belongs_to_whose_wall_it_is_today(world: Any):
    issue = declined(world)
    Wall.objects.filter(pk=issue.wall_id).update(body=world.bodies["BY2"])
    issue = services.reopen(issue, reason="还没有解决。", by=world.by, now=world.now, key=world.key())
    assert issue.owner == world.bodies["BY2"]
