"""Feedback to home units: only what was confirmed, only of those who agreed, nothing typed."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from linli.access.roles import Role
from linli.activities import printing
from linli.activities.queries import feedback
from linli.files.documents import missing_packages
from linli.lib.clock import CHINA
from linli.lib.errors import Refusal
from linli.lib.quarter import Quarter
from linli.members import services as members
from linli.members.policy.kinds import Purpose
from linli.points.models import Entry
from tests.members.checkins import check_in
from tests.points.deeds import award

from . import making

QUARTER = Quarter(2026, 1)
PRINTING = pytest.mark.skipif(bool(missing_packages()), reason=f"PDF needs {missing_packages()}")


def at(month, day, hour=9):
    return datetime(2026, month, day, hour, tzinfo=CHINA)


def lesson(world, starts_at, body="BY1", title="党课", **marks):
    activity = making.planned(world, body=body, title=title, starts_at=starts_at)
    return making.confirmed(world, activity, **marks)


def served(world, on, source=""):
    award(world, world.member, indicator="SHUANG", deed_on=on, source=source)


def slip(world):
    (found,) = feedback.slips(world.bodies["G1"], QUARTER)
    return found


def told(world):
    return [(row.day.isoformat(), row.title, row.tenths) for row in slip(world).rows]


def test_a_slip_holds_confirmed_rolls_and_services_of_the_quarter_in_order(world):
    check_in(world, since=date(2025, 1, 1))
    lesson(world, at(2, 3))
    making.recorded(world, making.planned(world, starts_at=at(2, 4)))  # not confirmed yet
    lesson(world, at(2, 5), absent=["BY1-1"])
    served(world, date(2026, 1, 20))
    award(world, world.member, indicator="LIFE-DH", deed_on=date(2026, 1, 21))  # nothing of the home unit's
    assert told(world) == [("2026-01-20", "双报到服务", 20), ("2026-02-03", "党课", None)]
    assert slip(world).tenths == 20


def test_the_bounds_are_the_days_of_the_quarter_in_china(world):
    check_in(world, since=date(2025, 1, 1))
    for when in (datetime(2025, 12, 31, 22, tzinfo=CHINA), at(1, 1, 0), datetime(2026, 3, 17, 9, tzinfo=CHINA)):
        lesson(world, when)
    assert [row[0] for row in told(world)] == ["2026-01-01", "2026-03-17"]


def test_only_what_was_done_while_checked_in_and_in_the_community_counts(world):
    found = check_in(world, since=date(2026, 2, 1))
    for month, day in ((1, 31), (2, 1), (2, 10), (3, 1)):
        lesson(world, at(month, day))
    given = {"by": world.by, "now": world.now}
    members.check_out(found, on=date(2026, 3, 1), **given, key=world.key())
    assert [row[0] for row in told(world)] == ["2026-02-01", "2026-02-10"]
    check_in(world, body="G2", slip="2号", since=date(2026, 3, 1))
    (other,) = feedback.slips(world.bodies["G2"], QUARTER)
    assert other.rows == (), "what happens in another community is not told there"


def test_what_a_roll_earned_stands_on_the_roll_once_and_reversed_lines_are_gone(world):
    check_in(world, since=date(2025, 1, 1))
    activity = lesson(world, at(2, 3))
    served(world, date(2026, 2, 3), source=activity.ref)
    served(world, date(2026, 2, 9), source="record:gone")
    line = Entry.objects.get(source="record:gone")
    Entry.objects.create(
        member=line.member, indicator=line.indicator, body=line.body, tenths=-20, deed_on=line.deed_on, month=line.month,
        source="reversal:x", recorder="user:1", confirmer="user:2", reverses=line, booked_at=world.now,
    )  # fmt: skip
    assert told(world) == [("2026-02-03", "党课", 20)]


def test_the_half_year_is_counted_beside_what_the_rule_says(world):
    check_in(world, since=date(2025, 1, 1))
    lesson(world, at(1, 8))
    second = feedback.slips(world.bodies["G1"], Quarter(2026, 2))[0]
    assert (second.rows, second.half, second.least) == ((), 1, 1)


def test_many_check_ins_take_as_many_queries_as_one(world):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            feedback.slips(world.bodies["G1"], QUARTER)
        return len(captured)

    check_in(world)
    lesson(world, at(2, 3))
    one = asked()
    for place in range(2, 6):
        check_in(world, f"BY1-{place}", slip=f"{place}号")
    assert asked() == one


@pytest.fixture
def staff(world, as_user):
    return as_user(world.user(Role.COMMUNITY_STAFF, "G1"))


def test_who_did_not_agree_is_named_on_the_page_and_left_out_of_the_files(world, staff, monkeypatch):
    check_in(world)
    check_in(world, "BY1-2", slip="2号", agreed=False)
    printed = []
    monkeypatch.setattr(printing.documents, "pdf", lambda html: printed.append(html) or b"%PDF")
    page = staff.get(reverse("feedback", args=["G1", "2026-Q1"]))
    assert page.text.count("未同意反馈，不列入") == 1
    answer = staff.get(reverse("feedback-file", args=["G1", "2026-Q1", "pdf"]))
    assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
    assert "王小一" in printed[0] and "李小二" not in printed[0]
    members.set_consent(
        world.member, purpose=Purpose.HOME_UNIT, given=False, by=world.by, now=world.now, key=world.key()
    )
    assert staff.get(reverse("feedback-file", args=["G1", "2026-Q1", "pdf"])).status_code == 302


def test_one_click_gives_each_home_unit_its_own_file(world, staff, monkeypatch):
    first = check_in(world)
    check_in(world, "BY1-2", slip="2号")
    check_in(world, "BY1-3", home_unit="区医院/../党委", slip="3号")
    monkeypatch.setattr(printing.documents, "pdf", lambda html: html.encode())
    packed = staff.get(reverse("feedback-file", args=["G1", "2026-Q1", "zip"]))
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        names = archive.namelist()
        assert len(names) == 2 and not any("/" in name or ".." in name for name in names)
        both = next(archive.read(name).decode() for name in names if "教育局" in name)
    assert both.count("<section>") == 2 and "张小三" not in both
    alone = staff.get(reverse("feedback-file", args=["G1", "2026-Q1", "pdf"]), {"slip": first.pk})
    assert alone.content.decode().count("<section>") == 1


def test_a_missing_library_is_named(world, staff, monkeypatch):
    check_in(world)

    def missing(_html):
        raise Refusal(
            "pdf-library", "PDF cannot be made here: install the Debian packages %(packages)s.", packages="pango"
        )

    monkeypatch.setattr(printing.documents, "pdf", missing)
    answer = staff.get(reverse("feedback-file", args=["G1", "2026-Q1", "pdf"]))
    assert answer.status_code == 503 and "pango" in answer.text


@pytest.mark.parametrize("quarter", ["2026-Q5", "x", "9998-Q1"])
def test_what_is_no_quarter_or_still_to_come_is_not_found(world, staff, quarter):
    assert staff.get(reverse("feedback", args=["G1", quarter])).status_code == 404
    assert staff.get(reverse("feedback-file", args=["G1", "2026-Q1", "doc"])).status_code == 404


def test_the_running_quarter_says_so(world, staff):
    running = str(Quarter.of(world.now.date() + timedelta(days=0)))
    assert "还没有结束" in staff.get(reverse("feedback", args=["G1", running])).text


def printed(world, day, language="zh-hans"):
    """The words of the PDF as it is made on `day`, without spaces in Chinese."""
    body = world.bodies["G1"]
    with translation.override(language):
        content = printing.pdf(feedback.slips(body, QUARTER), body, QUARTER, day)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    return " ".join(text.split()) if language == "en" else "".join(text.split())


@PRINTING
def test_the_slip_of_a_running_quarter_says_until_when_it_counts(world):
    check_in(world)
    lesson(world, at(2, 3))
    running = printed(world, date(2026, 3, 18))
    assert "截至2026年3月18日" in running and "至季度末" not in running
    over = printed(world, date(2026, 4, 1))
    assert "本半年至季度末1次" in over and "截至" not in over
    assert "2026年2月3日" in over and "2026年4月1日" in over and "2026-0" not in over


@PRINTING
def test_the_slip_is_said_in_english_throughout(world):
    check_in(world)
    lesson(world, at(2, 3))
    text = printed(world, date(2026, 4, 1), language="en")
    assert "1 time in the quarter, " in text and "组织G1 (seal)" in text
    assert not set("；。（）") & set(text)
