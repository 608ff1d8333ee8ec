"""Pages of the walls: what each shows, takes and refuses."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.access.roles import Role
from linli.members import services as members
from linli.members.policy.kinds import Purpose
from linli.walls import services
from linli.walls.models import Issue, Wall
from linli.walls.slips import TRIES
from tests.files.policy.test_photos import picture
from tests.walls.makers import accepted, answered, declined, escalated, fresh, overdue, reported

KEY = "a-request-key-of-a-form"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    for each in caches.all():
        each.clear()


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "zh"})


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def queries_of(client: Client, address: str) -> int:
    for each in caches.all():
        each.clear()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


# --- the wall --------------------------------------------------------------------------------------


def test_the_wall_shows_what_is_overdue_as_plainly_as_the_desk(world: Any, client: Client, as_user: Any):
    overdue(world)
    assert "起逾期" in text_of(client.get("/walls/Y1/"))
    desk = as_user(world.user(Role.SECRETARY, "BY1")).get("/desk/issues/")
    assert "逾期" in text_of(desk)


def test_nobody_accepting_in_time_is_shown(world: Any, client: Client):
    fresh(world, now=world.now - timedelta(hours=25))
    assert "超时无人受理" in text_of(client.get("/walls/Y1/"))


def test_the_wall_is_filtered_and_paged(world: Any, client: Client):
    answered(world)
    for _ in range(21):
        fresh(world)
    assert text_of(client.get("/walls/Y1/")).count("Y1-2026-") == 20 * 2
    assert text_of(client.get("/walls/Y1/?show=open&page=2")).count("Y1-2026-") == 2
    assert "Y1-2026-0001" in text_of(client.get("/walls/Y1/?show=answered"))
    assert "Y1-2026-0001" not in text_of(client.get("/walls/Y1/?show=open&page=2"))
    assert client.get("/walls/Y1/?show=nonsense&page=nonsense").status_code == 200


def test_both_walls_show_a_passed_up_issue_and_link_to_each_other(world: Any, client: Client):
    issue = escalated(world)
    assert "/walls/C1/" in text_of(client.get("/walls/Y1/"))
    assert issue.number in text_of(client.get("/walls/C1/"))
    record = text_of(client.get(f"/issues/{issue.number}/"))
    assert "/walls/Y1/" in record
    assert "/walls/C1/" in record


def test_the_reply_of_the_mother_wall_returns_to_the_child_wall(world: Any, client: Client):
    issue = escalated(world)
    assert "东门" not in text_of(client.get("/walls/Y1/?show=answered"))
    services.reply(issue, text="东门已修好。", outcome="solved", by=world.by, now=world.now, key=world.key())
    page = text_of(client.get("/walls/Y1/?show=answered"))
    assert "东门已修好。" in page
    assert "/walls/C1/" in page


@pytest.mark.parametrize("address", ["/walls/none/", "/walls/none/report/", "/p/none/", "/issues/none/"])
def test_what_does_not_exist_is_not_found(world: Any, client: Client, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/walls/Y1/", "/walls/", "/echo/", "/walls/Y1/?show=all"])
def test_the_same_queries_for_one_row_and_for_thirty(world: Any, client: Client, address: str):
    answered(world)
    fresh(world)
    one = queries_of(client, address)
    for _ in range(30):
        answered(world)
        fresh(world)
    assert queries_of(client, address) == one


def test_many_walls_take_the_same_queries(world: Any, client: Client):
    one = queries_of(client, "/walls/")
    street = world.wall("OF")
    for number in range(30):
        place = type(street.place).objects.create(
            kind="community", code=f"K{number}", name=f"社区{number}", path=f"9.{number}."
        )
        Wall.objects.create(code=f"K{number}", name="墙", level="mother", place=place, body=street.body, above=street)
    assert queries_of(client, "/walls/") == one


# --- the kept page ---------------------------------------------------------------------------------


def test_the_kept_page_costs_one_query_and_follows_every_change(world: Any, client: Client):
    issue = fresh(world)
    client.get("/walls/Y1/")
    with CaptureQueriesContext(connection) as caught:
        page = text_of(client.get("/walls/Y1/"))
    assert len(caught) == 1
    assert "等待受理" in page
    services.accept(issue, by=world.by, now=world.now, key=world.key())
    assert "正在办" in text_of(client.get("/walls/Y1/"))


def test_the_kept_page_ends_when_a_deadline_passes(world: Any, client: Client):
    import time_machine

    issue = accepted(world)
    with time_machine.travel(issue.answer_due - timedelta(seconds=60), tick=False):
        assert "起逾期" not in text_of(client.get("/walls/Y1/"))
    with time_machine.travel(issue.answer_due + timedelta(seconds=2), tick=False):
        assert "起逾期" in text_of(client.get("/walls/Y1/"))


def test_each_visitor_gets_a_token_of_its_own_that_works(world: Any):
    tokens = []
    for _ in range(2):
        visitor = Client(enforce_csrf_checks=True)
        page = text_of(visitor.get("/walls/Y1/"))
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        assert visitor.post("/view/elder/", {"elder": "1", "csrfmiddlewaretoken": token}).status_code == 302
        tokens.append(token)
    assert tokens[0] != tokens[1]


def test_language_and_elder_view_have_pages_of_their_own(world: Any, client: Client):
    assert "子墙" in text_of(client.get("/walls/Y1/"))
    client.cookies["django_language"] = "en"
    assert "Child wall" in text_of(client.get("/walls/Y1/"))
    client.cookies["elder"] = "1"
    assert 'class="elder"' in text_of(client.get("/walls/Y1/"))


def test_a_signed_in_reader_never_fills_the_kept_page(world: Any, client: Client, as_user: Any):
    staff = as_user(world.user(Role.SECRETARY, "BY1"))
    assert "退出" in text_of(staff.get("/walls/Y1/"))
    assert "退出" not in text_of(client.get("/walls/Y1/"))
    assert "退出" in text_of(staff.get("/walls/Y1/"))


def test_the_page_of_a_wall_is_small(world: Any, client: Client):
    import gzip

    for _ in range(20):
        fresh(world)
    assert len(gzip.compress(client.get("/walls/Y1/").content)) < 20_000


# --- reporting -------------------------------------------------------------------------------------


def send(client: Client, address: str = "/walls/Y1/report/", **more: Any) -> Any:
    return client.post(address, {"key": KEY, "category": "rubbish", "text": "灯坏了。"} | more)


def test_from_the_poster_the_place_is_known(world: Any, client: Client):
    poster = services.print_poster(
        world.wall("BY1"), place=world.places["B1"], by=world.by, now=world.now, key=world.key()
    )
    address = f"/p/{poster.code.lower()}/"
    assert world.places["B1"].name in text_of(client.get(address))
    response = send(client, address)
    issue = Issue.objects.get()
    assert issue.place == world.places["B1"]
    assert response.headers["Location"] == f"/issues/{issue.number}/receipt/"


def test_the_receipt_is_shown_and_a_report_sent_twice_shows_the_same(world: Any):
    seen = []
    for _ in range(2):
        visitor = Client()
        response = visitor.post("/walls/Y1/report/", {"key": KEY, "category": "rubbish", "text": "灯坏了。"})
        page = text_of(visitor.get(response.headers["Location"]))
        seen.append(re.search(r"(\d{4} ){4}\d{4}", page)[0])
    assert seen[0] == seen[1]
    assert Issue.objects.count() == 1


def test_the_key_of_another_action_opens_no_receipt(world: Any, client: Client):
    issue = fresh(world)
    services.accept(issue, by=world.by, now=world.now, key=KEY)
    assert send(client).headers["Location"] != f"/issues/{issue.number}/receipt/"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"text": ""}, "请写一句话"),
        ({"text": "   "}, "请写一句话"),
        ({"category": ""}, "请选一类"),
        ({"category": "nonsense"}, "请在列表里选一类"),
        ({"contact": "x" * 81}, "80"),
        ({"text": "长" * 2001}, "2000"),
    ],
)
def test_a_report_that_cannot_be_taken_keeps_what_was_typed(
    world: Any, client: Client, more: dict[str, str], words: str
):
    response = send(client, **({"text": "第三盏灯坏了"} | more))
    assert response.status_code == 422
    page = text_of(response)
    assert words in page
    assert "error-summary" in page
    assert more.get("text", "第三盏灯坏了").strip() in page
    assert not Issue.objects.exists()


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\nxx", b"\x00" * 10_000_000])
def test_a_photo_that_is_none_is_told_and_the_report_kept(world: Any, client: Client, data: bytes):
    response = send(client, photo=SimpleUploadedFile("a.png", data, "image/png"))
    assert "照片没有收下" in text_of(client.get(response.headers["Location"]))
    assert Issue.objects.get().photo is None
    for cookie in client.cookies.values():
        assert cookie.value.isascii()
        assert '"' not in cookie.value


def test_a_member_may_post_as_one_and_is_shown_by_surname(world: Any, as_user: Any, client: Client):
    member = as_user(world.member.user)
    send(member, as_member="on")
    issue = Issue.objects.get()
    assert issue.reporter == world.member
    page = text_of(client.get(f"/issues/{issue.number}/"))
    assert world.member.name not in page
    assert "王某某" in page
    members.set_consent(
        world.member, purpose=Purpose.NAME_WALL, given=True, by=world.by, now=world.now, key=world.key()
    )
    assert world.member.name in text_of(client.get(f"/issues/{issue.number}/"))


def test_a_member_may_post_as_a_resident_and_a_visitor_cannot_claim_membership(
    world: Any, as_user: Any, client: Client
):
    send(as_user(world.member.user))
    send(client, key=KEY + "2", as_member="on")
    assert [issue.reporter for issue in Issue.objects.all()] == [None, None]


# --- what is not public ----------------------------------------------------------------------------


def public_pages(client: Client, issue: Issue) -> str:
    addresses = ("/walls/Y1/?show=all", "/walls/Y1/", "/walls/C1/?show=all", f"/issues/{issue.number}/", "/echo/")
    return "".join(text_of(client.get(address)) for address in addresses)


def test_private_words_never_become_public(world: Any, client: Client):
    issue = escalated(world, text="家里老人的病情", code="private", contact="李阿姨", photo=picture())
    services.reply(issue, text="已上门看望王阿姨。", outcome="solved", by=world.by, now=world.now, key=world.key())
    shown = public_pages(client, issue)
    assert issue.number in shown
    for secret in ("病情", "李阿姨", "看望", "公共收益"):
        assert secret not in shown
    assert client.get(f"/issues/{issue.number}/photo/").status_code == 404


def test_a_declined_text_is_not_shown_but_its_reason_is(world: Any, client: Client):
    issue = declined(world, text="骂人的话")
    shown = public_pages(client, issue)
    assert "骂人的话" not in shown
    assert "法院" in shown


def test_what_was_said_about_a_declined_text_is_not_shown_either(world: Any, client: Client):
    given = {"by": world.by, "now": world.now}
    issue = answered(world, text="骂人的话")
    issue = services.reopen(issue, reason="再骂一遍", key=world.key(), **given)
    issue = services.escalate(issue, reason="他说了骂人的话，院里定不了。", key=world.key(), **given)
    assert "再骂一遍" in public_pages(client, issue)
    assert "院里定不了" in public_pages(client, issue)
    issue = services.decline(issue, reason="请好好说话。", key=world.key(), **given)
    shown = public_pages(client, issue)
    for hidden in ("骂人的话", "再骂一遍", "院里定不了"):
        assert hidden not in shown
    for said in ("请好好说话", "已经清走", "不满意"):
        assert said in shown, "the line itself stays, and what the bodies said to the reporter"


def test_the_typed_text_and_the_contact_stay_inside(world: Any, client: Client):
    issue = answered(world, text="找13812345678要钥匙", contact="李阿姨")
    shown = public_pages(client, issue)
    assert "13812345678" not in shown
    assert "李阿姨" not in shown
    assert "要钥匙" in shown


def test_markup_in_a_report_is_text(world: Any, client: Client):
    issue = fresh(world, text="<script>alert(1)</script>灯坏了")
    assert "<script>" not in public_pages(client, issue)


def test_a_photo_is_for_those_who_work_on_it_and_its_reporter_until_released(world: Any, client: Client, as_user: Any):
    done = reported(world, photo=picture())
    address = f"/issues/{done.issue.number}/photo/"
    near, far = (as_user(world.user(Role.SECRETARY, body)) for body in ("BY1", "BR2"))
    holder = Client()
    holder.post("/receipt/", {"secret": done.secret})
    assert [c.get(address).status_code for c in (client, far, near, holder)] == [404, 404, 200, 200]
    assert "no-store" in near.get(address).headers["Cache-Control"]
    services.accept(done.issue, photo_public=True, by=world.by, now=world.now, key=world.key())
    shown = client.get(address)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert "Content-Security-Policy" in shown.headers
    assert "img" in text_of(client.get(f"/issues/{done.issue.number}/"))


def test_a_photo_whose_file_is_gone_is_not_found(world: Any, client: Client):
    issue = fresh(world, photo=picture())
    services.accept(issue, photo_public=True, by=world.by, now=world.now, key=world.key())
    for file in Path(django_settings.MEDIA_ROOT).rglob("*.jpg"):
        file.unlink()
    assert client.get(f"/issues/{issue.number}/photo/").status_code == 404
    assert client.get(f"/issues/{fresh(world).number}/photo/").status_code == 404


# --- the receipt -----------------------------------------------------------------------------------


def holder_of(done: services.Reported) -> Client:
    client = Client()
    response = client.post("/receipt/", {"secret": done.secret.replace(" ", "-")})
    assert response.headers["Location"] == f"/issues/{done.issue.number}/receipt/"
    return client


def settled(world: Any) -> services.Reported:
    done = reported(world)
    services.reply(done.issue, text="修好了。", outcome="solved", by=world.by, now=world.now, key=world.key())
    return done


def test_the_receipt_shows_the_answer_and_takes_satisfaction(world: Any):
    done = settled(world)
    client = holder_of(done)
    assert "修好了。" in text_of(client.get(f"/issues/{done.issue.number}/receipt/"))
    response = client.post(f"/issues/{done.issue.number}/satisfied/", {"key": KEY, "secret": done.secret})
    assert response.status_code == 302
    done.issue.refresh_from_db()
    assert (done.issue.state, done.issue.satisfied) == ("closed", True)


def test_the_receipt_opens_the_issue_again(world: Any):
    done = settled(world)
    client = holder_of(done)
    payload = {"key": KEY, "secret": done.secret, "reason": ""}
    empty = client.post(f"/issues/{done.issue.number}/reopen/", payload)
    assert empty.status_code == 422
    assert client.post(f"/issues/{done.issue.number}/reopen/", payload | {"reason": "还坏着"}).status_code == 302
    done.issue.refresh_from_db()
    assert (done.issue.state, done.issue.reopened) == ("open", 1)
    assert "还坏着" in text_of(client.get(f"/issues/{done.issue.number}/"))


def test_a_receipt_opens_only_its_own_issue(world: Any, client: Client):
    mine, other = settled(world), settled(world)
    for verb in ("satisfied", "reopen"):
        payload = {"key": KEY, "secret": mine.secret, "reason": "x"}
        assert client.post(f"/issues/{other.issue.number}/{verb}/", payload).status_code == 404
        assert client.post(f"/issues/{other.issue.number}/{verb}/", {"key": KEY}).status_code == 404
    assert "修好了" not in text_of(holder_of(mine).get(f"/issues/{other.issue.number}/receipt/"))


def test_typing_errors_are_told_and_unknown_receipts_are_limited_by_address(world: Any, client: Client):
    done = reported(world)
    digits = done.secret.replace(" ", "")
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    for secret, words in (("123", "20"), (wrong, "")):
        response = client.post("/receipt/", {"secret": secret})
        assert response.status_code == 422
        assert words in text_of(response)
        assert secret in text_of(response)
    from linli.walls.queries.receipts import receipt_secret

    for number in range(TRIES):
        assert client.post("/receipt/", {"secret": receipt_secret(f"unknown-{number}")}).status_code == 422
    paused = client.post("/receipt/", {"secret": receipt_secret("one-more")})
    assert "一刻钟" in text_of(paused)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert "一刻钟" not in text_of(elsewhere.post("/receipt/", {"secret": receipt_secret("one-more")}))
    assert client.post("/receipt/", {"secret": done.secret}).status_code == 302  # neighbours share an address


def test_a_forged_or_foreign_cookie_opens_nothing(world: Any, client: Client):
    done = settled(world)
    client.cookies["receipt"] = f"{done.secret}:forged"
    assert "修好了" not in text_of(client.get(f"/issues/{done.issue.number}/receipt/"))


def test_the_receipt_can_be_taken_off_the_device(world: Any):
    done = settled(world)
    client = holder_of(done)
    client.post("/receipt/forget/")
    assert done.secret not in text_of(client.get(f"/issues/{done.issue.number}/receipt/"))


def test_after_the_days_for_it_reopening_is_not_offered(world: Any):
    import time_machine

    done = settled(world)
    client = holder_of(done)
    done.issue.refresh_from_db()
    with time_machine.travel(done.issue.settles_at + timedelta(seconds=1), tick=False):
        client.post("/receipt/", {"secret": done.secret})
        assert "重新办理</button>" not in text_of(client.get(f"/issues/{done.issue.number}/receipt/"))


def test_the_due_list_has_overdue_first_and_says_whose_turn_it_is(world: Any, as_user: Any):
    first, second, above = overdue(world), fresh(world), escalated(world)
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    page = text_of(client.get("/desk/issues/"))
    assert page.index(first.number) < page.index(second.number)
    mine = text_of(client.get("/desk/issues/?turn=mine"))
    assert second.number in mine
    assert above.number not in mine
    assert above.number in page
    for show in ("answered", "ended", "all", "nonsense"):
        assert client.get(f"/desk/issues/?show={show}").status_code == 200


def test_my_turn_is_that_of_my_own_wall_and_the_walls_below_are_counted_apart(world: Any, as_user: Any):
    below, own, top = fresh(world), escalated(world), fresh(world, "OF")
    client = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))
    mine, others = text_of(client.get("/desk/issues/?turn=mine")), text_of(client.get("/desk/issues/?turn=below"))
    assert own.number in mine
    assert below.number not in mine
    assert below.number in others
    assert own.number not in others
    assert top.number not in mine + others
    street = as_user(world.user(Role.SUBDISTRICT_STAFF, "W"))
    mine = text_of(street.get("/desk/issues/?turn=mine"))
    assert top.number in mine, "the wall at the place that the actor's body serves is its own"
    assert below.number not in mine


def test_the_due_list_takes_the_same_queries_for_one_and_thirty(world: Any, as_user: Any):
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    fresh(world)
    client.get("/desk/issues/")
    one = queries_of(client, "/desk/issues/?show=all")
    for _ in range(29):
        fresh(world)
    assert queries_of(client, "/desk/issues/?show=all") == one


def buttons(response: Any) -> list[str]:
    return re.findall(r'action="/desk/issues/[^/]+/(\w+)/"', response.content.decode())


@pytest.mark.parametrize(
    ("made", "body", "expected"),
    [
        (fresh, "BY1", ["hide", "accept", "reply", "escalate", "decline"]),
        (accepted, "BY1", ["hide", "reply", "escalate", "decline"]),
        (answered, "BY1", ["hide"]),
        (declined, "BY1", []),
        (escalated, "BY1", []),
        (escalated, "RC1", ["hide", "accept", "reply", "escalate", "decline"]),
    ],
)
def test_buttons_follow_from_state_and_reach(world: Any, as_user: Any, made: Any, body: str, expected: list[str]):
    client = as_user(world.user(Role.SECRETARY, body))
    assert buttons(client.get(f"/desk/issues/{made(world).number}/")) == expected


def test_the_highest_wall_has_nothing_to_pass_up_to(world: Any, as_user: Any):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF, "OF"))
    assert "escalate" not in buttons(client.get(f"/desk/issues/{fresh(world, 'OF').number}/"))


def test_a_reader_without_the_right_to_handle_has_no_buttons(world: Any, as_user: Any):
    issue = fresh(world)
    client = as_user(world.user(Role.PROPERTY_MANAGER, "BY1"))
    assert buttons(client.get(f"/desk/issues/{issue.number}/")) == []
    assert client.post(f"/desk/issues/{issue.number}/accept/", {"key": KEY}).status_code == 403


def test_the_child_wall_does_not_act_on_what_has_moved_up(world: Any, as_user: Any):
    issue = escalated(world)
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    assert client.post(f"/desk/issues/{issue.number}/accept/", {"key": KEY}).status_code == 404


def test_a_refused_reply_keeps_what_was_typed(world: Any, as_user: Any):
    issue = fresh(world)
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    response = client.post(f"/desk/issues/{issue.number}/reply/", {"key": KEY, "text": "写了很久的答复"})
    assert response.status_code == 422
    assert "写了很久的答复" in text_of(response)
    services.decline(issue, reason="理由", by=world.by, now=world.now, key=world.key())
    late = client.post(
        f"/desk/issues/{issue.number}/reply/", {"key": KEY, "text": "写了很久的答复", "outcome": "solved"}
    )
    assert late.status_code == 422
    assert "写了很久的答复" in text_of(late)


def test_a_wall_is_opened_and_its_poster_printed(world: Any, as_user: Any):
    client = as_user(world.user(Role.SECRETARY, "BR2"))
    assert "/desk/walls/open/E3/" in text_of(client.get("/desk/walls/"))
    assert client.post("/desk/walls/open/E3/", {"key": KEY, "body": "BY1"}).status_code == 422
    assert client.post("/desk/walls/open/E3/", {"key": KEY, "body": "BR2"}).status_code == 302
    wall = Wall.objects.get(place__code="E3")
    assert client.get("/desk/walls/open/E3/").status_code == 404
    assert client.post(f"/desk/walls/{wall.code}/", {"key": KEY + "2", "place": "Y1"}).status_code == 422
    pdf = client.get(f"/desk/walls/{wall.code}/poster.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["Cache-Control"] == "no-store"
    assert f"海报-{wall.place.name}-" in unquote(pdf.headers["Content-Disposition"])
    assert client.get(f"/desk/walls/{wall.code}/poster.pdf?poster=NONE").status_code == 404


def test_the_words_of_the_poster_are_set_as_chinese_is(world: Any, as_user: Any):
    import pypdfium2

    client = as_user(world.user(Role.SECRETARY, "BY1"))
    assert world.wall("BY1").above
    page = pypdfium2.PdfDocument(BytesIO(client.get("/desk/walls/Y1/poster.pdf").content))[0].get_textpage()
    words = page.get_text_range()
    assert "有人遇险请先拨打：110" in words
    assert not re.search(r"。 \S", words)
    at = words.index("有人遇险")
    _left, bottom, _right, top = page.get_charbox(at, loose=True)
    assert top - bottom >= 24
    assert bottom < 842 / 4, "in the last quarter of the page"


def test_the_qr_of_the_poster_reads_after_a_fifth_is_damaged(world: Any, as_user: Any):
    import pypdfium2
    import zxingcpp
    from PIL import ImageDraw

    poster = world.wall("BY1").posters.get()
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    data = client.get("/desk/walls/Y1/poster.pdf").content
    page = pypdfium2.PdfDocument(BytesIO(data))[0]
    assert len(pypdfium2.PdfDocument(BytesIO(data))) == 1
    scale = 200 / 72
    image = page.render(scale=scale).to_pil().convert("L")
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text == f"http://testserver/p/{poster.code}/"
    free, across = code.position.bottom_right, code.position.bottom_right.x - code.position.bottom_left.x
    assert across / 200 * 25.4 >= 30
    side = int(across * 0.2**0.5)  # a fifth of its area, torn off at the free corner
    ImageDraw.Draw(image).rectangle((free.x - side, free.y - side, free.x, free.y), fill=255)
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [code.text]
    sizes = [
        float(size)
        for size in re.findall(r"font-size:([\d.]+)pt", (Path("linli/walls/templates/walls/poster.html")).read_text())
    ]
    assert min(sizes) >= 16


def test_the_poster_says_which_package_is_missing(world: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch):
    import builtins

    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    response = as_user(world.user(Role.SECRETARY, "BY1")).get("/desk/walls/Y1/poster.pdf")
    assert response.status_code == 409
    assert "libpango-1.0-0" in text_of(response)


# --- echo ------------------------------------------------------------------------------------------


def test_the_echo_counts_beside_each_percentage(world: Any, client: Client):
    from linli.walls.queries import public

    answered(world)
    services.satisfied(answered(world), by=world.by, now=world.now, key=world.key())
    answered(world, outcome="explained")
    overdue(world)
    declined(world)
    escalated(world)
    services.escalate_due(world.now)
    found = public.measures(world.now)
    assert found.posted == 5
    assert (found.answered.part, found.answered.whole) == (3, 4)
    assert (found.solved.part, found.solved.whole) == (2, 3)
    assert (found.satisfied.part, found.satisfied.whole) == (1, 1)
    assert (found.moved_overdue, found.moved_by_hand) == (1, 1)
    page = text_of(client.get("/echo/"))
    assert "75 %" in page
    assert "4 件中的 3 件" in page
    assert page.count("还没解决") == 1
