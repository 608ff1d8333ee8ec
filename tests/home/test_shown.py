"""Shown identity: exactly what was agreed to, gone on the next request, printed with a code that reads."""

from datetime import timedelta
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse

from linli.access.roles import Role
from linli.files.documents import missing_packages
from linli.members import services
from linli.members.models import Consent, Member, Shown
from linli.members.policy.kinds import Ending, Purpose, Title
from linli.organisations import services as organisations
from linli.organisations.models import Body
from linli.organisations.policy.kinds import BodyKind
from tests.world import SINCE

PRINTING = pytest.mark.skipif(bool(missing_packages()), reason=f"PDF needs {missing_packages()}")


def show(world, member=None, **ticked):
    asked = {"full_name": False, "branch": False, "centre": False} | ticked
    return services.show_identity(member or world.member, **asked, by=world.by, now=world.now, key=world.key()).token


def centre(world, member=None):
    held = organisations.found_body(
        kind=BodyKind.CENTRE_HOUSEHOLD, code="Z1", name="一号中心户", parent=world.bodies["BG1"], by=world.by,
        now=world.now, key=world.key(), since=SINCE, serves=[world.places["B1"]],
    )  # fmt: skip
    services.appoint(
        member or world.member,
        body=held,
        title=Title.CENTRE_HOUSEHOLD,
        by=world.by,
        now=world.now,
        key=world.key(),
        since=SINCE,
    )


def text(token):
    return Client().get(reverse("shown", args=[token])).content.decode()


def test_nothing_is_shown_that_was_not_ticked(world):
    centre(world)
    bare = text(show(world))
    assert "王某某" in bare and "王小一" not in bare
    assert all(word not in bare for word in ("组织BY1", "中心户", "BY1-1", "地B1", "地Y1"))
    assert reverse("walls") in bare and reverse("complaint") in bare


def test_each_tick_shows_its_own(world):
    centre(world)
    assert "王小一" in text(show(world, full_name=True))
    branch = text(show(world, branch=True))
    assert "组织BY1" in branch and reverse("wall", args=[world.wall("BY1").code]) in branch
    found = text(show(world, centre=True))
    assert "一号中心户" in found and "组织BY1<" not in found
    assert "BY1-1" not in found, "the member number is for the card only"


def test_the_page_is_not_kept_and_not_indexed(world):
    answer = Client().get(reverse("shown", args=[show(world)]))
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")


def test_withdrawn_it_is_gone_on_the_next_request_and_a_new_consent_has_a_new_address(world, as_user):
    client, token = as_user(world.member.user), show(world)
    assert Client().get(reverse("shown", args=[token])).status_code == 200
    given = {"purpose": "identity_card", "given": "0", "key": world.key() + "-" * 8}
    assert client.post(reverse("me-consent"), given).status_code == 302
    assert Client().get(reverse("shown", args=[token])).status_code == 404
    given = {"full_name": "on", "key": world.key() + "-" * 8}
    assert client.post(reverse("my-identity"), given).status_code == 302
    fresh = Shown.objects.get(consent__withdrawn_at=None)
    assert fresh.token != token and len(fresh.token) == 32
    assert Client().get(reverse("shown", args=[token])).status_code == 404
    assert "王小一" in text(fresh.token)


def test_a_change_kills_the_old_code(world):
    first = show(world)
    second = show(world, branch=True)
    assert Client().get(reverse("shown", args=[first])).status_code == 404
    assert Client().get(reverse("shown", args=[second])).status_code == 200
    assert Consent.objects.filter(member=world.member, withdrawn_at=None).count() == 1


def test_the_switch_on_my_page_shows_no_more_than_that_one_is_a_member(world):
    services.set_consent(
        world.member, purpose=Purpose.IDENTITY_CARD, given=True, by=world.by, now=world.now, key=world.key()
    )
    found = Shown.objects.get()
    assert (found.full_name, found.branch, found.centre) == (False, False, False)
    assert "王某某" in text(found.token)


def test_who_left_is_not_shown(world):
    token = show(world)
    day = world.now.date() - timedelta(days=1)
    services.depart(world.member, ending=Ending.LEFT, on=day, by=world.by, now=world.now, key=world.key())
    assert Client().get(reverse("shown", args=[token])).status_code == 404


def test_without_consent_there_is_nothing_to_print(world, as_user):
    client = as_user(world.member.user)
    for name in ("my-card", "my-plate"):
        assert client.get(reverse(name)).headers["Location"] == reverse("my-identity")
    assert as_user(world.user(Role.SECRETARY, "BY1")).get(reverse("my-card")).status_code == 403


@PRINTING
@pytest.mark.parametrize(("name", "wide", "high"), [("my-card", 85.6, 54), ("my-plate", 210, 148)])
def test_the_printed_code_opens_the_page(world, as_user, name, wide, high):
    centre(world)
    token = show(world, full_name=True, branch=True, centre=True)
    content = as_user(world.member.user).get(reverse(name)).content
    paper = pypdfium2.PdfDocument(content)
    assert len(paper) == 1
    assert [round(size / 72 * 25.4) for size in paper[0].get_size()] == [round(wide), high]
    (code,) = zxingcpp.read_barcodes(paper[0].render(scale=4).to_pil())
    assert code.text == f"http://testserver{reverse('shown', args=[token])}"
    side = (code.position.top_right.x - code.position.top_left.x) / 4 / 72 * 25.4
    assert side >= (20 if name == "my-card" else 30), "in millimetres"


LONG = {"name": "阿卜杜热合曼·买买提吐尔逊江尼亚", "body": "中" * 79 + "央", "number": "M" * 19 + "7"}
"""Names as long as a roster and the tree may have them."""


def inside(content, *wanted):
    """Each of `wanted` stands on the one page whole, inside its edges, and no line of words covers another."""
    paper = pypdfium2.PdfDocument(content)
    assert len(paper) == 1
    wide, high = paper[0].get_size()
    text = paper[0].get_textpage()
    boxes = [text.get_rect(place) for place in range(text.count_rects())]
    edge = 8 if high < 200 else 24  # nothing nearer to the lower edge than its margin, in points
    assert all(0 <= left and right <= wide and bottom >= edge * 0.5 for left, bottom, right, _top in boxes)
    left = sorted((box for box in boxes if box[0] < wide * 0.5), key=lambda box: -box[3])
    for upper, lower in pairwise(left):
        assert lower[3] <= upper[1] + 2 or abs(lower[3] - upper[3]) < 6, (upper, lower)
    qr = wide - (35 if high < 200 else 83) / 25.4 * 72
    assert all(box[2] <= qr + 1 for box in boxes if box[0] < wide * 0.45 and box[3] < high - 34)
    found = "".join(text.get_text_range().split())
    assert [each for each in wanted if "".join(each.split()) not in found] == []


@PRINTING
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("name", ["my-card", "my-plate"])
def test_every_word_is_on_the_paper_whole(world, as_user, language, long, name):
    centre(world)
    person, branch, held = "王小一", "组织BY1", "一号中心户"
    if long:
        person, branch, held = LONG["name"], LONG["body"], "户" * 79 + "长"
        Member.objects.filter(pk=world.member.pk).update(name=person, number=LONG["number"])
        Body.objects.filter(code="BY1").update(name=branch)
        Body.objects.filter(code="Z1").update(name=held)
    show(world, full_name=True, branch=True, centre=True)
    client = as_user(world.member.user)
    client.cookies["django_language"] = language
    head = "Party member centre household" if language == "en" else "党员中心户"
    number = [LONG["number"] if long else "BY1-1"] if name == "my-card" else []
    inside(client.get(reverse(name)).content, head, person, branch, held, *number)
