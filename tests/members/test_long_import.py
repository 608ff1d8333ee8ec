"""A long import from the page: it shows how far it is, all or nothing, and refuses before it begins."""

import re
from datetime import date

import pytest
from django.urls import reverse

from linli.access.roles import Role
from linli.members import services
from linli.members.models import Member, RosterUpload
from linli.members.queries import roster
from tests.catalogue.members import content, mark, uploaded

ROWS = [[f"L{number:05}", "赵新", "男", None, None, "组织BY1", "", ""] for number in range(1200)]


@pytest.fixture
def sent(world, as_user, monkeypatch):
    """Return what sends the import of many rows from the page."""
    monkeypatch.setattr(roster, "LONG", 1000)
    client = as_user(world.user(Role.SECRETARY, "BR1"))
    address = reverse("members-import-check", kwargs=uploaded(world, *ROWS))
    given = {"key": world.key() + "-" * 8, **mark(world)}
    return lambda **more: client.post(address, given | more)


def test_the_page_fills_while_the_rows_are_saved(sent):
    answer = sent()
    assert answer.streaming
    pieces = [piece.decode() for piece in answer.streaming_content]
    shares = [int(share) for piece in pieces for share in re.findall(r'value="(\d+)"', piece) if "step" in piece]
    assert shares == sorted(set(shares))
    assert len(shares) > 3
    assert shares[-1] == 100
    assert "新增1200" in "".join(pieces).replace(" ", "")
    assert pieces[0].startswith("<!doctype html>")
    assert pieces[-1].rstrip().endswith("</html>")
    assert Member.objects.filter(number__startswith="L").count() == 1200
    assert not RosterUpload.objects.exists()


def test_sent_again_it_says_that_it_was_saved(sent):
    list(sent().streaming_content)
    again = sent()
    assert again.status_code == 302
    assert Member.objects.filter(number__startswith="L").count() == 1200


def test_who_stops_half_way_has_saved_nothing(sent):
    answer = sent()
    pieces = iter(answer.streaming_content)
    for _ in range(3):
        next(pieces)
    assert Member.objects.filter(number__startswith="L").exists(), "it is under way"
    answer._iterator.close()  # as a server does, but the test client keeps the connection, whose transaction is ours
    assert not Member.objects.filter(number__startswith="L").exists()
    assert RosterUpload.objects.exists()


def test_what_breaks_on_the_way_is_said_and_nothing_is_saved(sent, monkeypatch):
    def broken(*_given):
        raise ValueError("a fault")

    monkeypatch.setattr("linli.members.services.roster.classify", broken)
    page = b"".join(sent().streaming_content).decode()
    assert "没有保存任何内容" in page
    assert not Member.objects.filter(number__startswith="L").exists()
    assert RosterUpload.objects.exists()


def test_what_is_refused_is_said_at_the_form_before_anything_streams(sent):
    answer = sent(shown="0" * 32)
    assert not answer.streaming
    assert answer.status_code == 422
    assert not Member.objects.filter(number__startswith="L").exists()


def test_changes_of_many_tell_their_share_too(world):
    services.import_roster(*both(world, ROWS), others=True, by=world.by, now=world.now, key=world.key())
    changed = [[*row[:2], "女", date(1980, 1, 1), date(2001, 1, 1), *row[5:]] for row in ROWS]
    shares = []
    services.import_roster(
        *both(world, changed), others=True, by=world.by, now=world.now, key=world.key(), told=shares.append
    )
    assert shares == sorted(shares)
    assert len({share for share in shares if 0.75 <= share < 0.9}) > 2
    assert Member.objects.filter(number__startswith="L", sex="female").count() == 1200


def both(world, rows):
    found = roster.check(content(*rows), "名册.xlsx", scope=None, day=world.now.date())
    return found.read, found.difference


def test_a_roster_of_a_branch_needs_no_such_page(world):
    assert not roster.is_long(uploaded(world)["token"])
    assert not roster.is_long("0" * 32)
    long = content(
        *([f"L{number:05}", f"赵{number}", "男", None, None, "组织BY1", "", number] for number in range(9000))
    )
    kept, _checked = services.keep_upload(
        long, name="名册.xlsx", scope=world.bodies["BR1"], by=world.by, now=world.now, key=world.key()
    )
    assert roster.is_long(kept.token)
