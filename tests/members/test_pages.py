"""Pages of members: what they show, and to whom."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.access.roles import Role
from linli.members import queries, services
from linli.members.models import Member, RosterUpload
from linli.members.policy.kinds import Title
from tests.catalogue.members import content, mark, uploaded, wrong

TODAY = date(2026, 3, 18)


@pytest.fixture
def secretary(world, as_user):
    return as_user(world.user(Role.SECRETARY, "BR1"))


def enrol(world, number, name="赵新", body="BY1", **facts):
    ordinary = world.member.member_class
    member = Member(number=number, name=name, member_class=ordinary, joined_on=date(2010, 1, 1), **facts)
    return services.enrol(member, body=world.bodies[body], by=world.by, now=world.now, key=world.key(), since=TODAY)


def listed(client, **asked):
    return [member.number for member, _unit, _phone in client.get(reverse("members"), asked).context["rows"]]


def test_the_list_holds_who_is_in_reach(world, secretary):
    assert {number.split("-")[0] for number in listed(secretary)} == {"BR1", "BY1", "BY2"}
    assert len(listed(secretary)) == 15


@pytest.mark.parametrize("asked", ["欧阳", "阳测", "oycs", "oyang", "OU YANG", "ou yang ce", "ce shi", "ZZ9", "zz98"])
def test_a_person_is_found_by_two_characters_pinyin_or_initials(world, secretary, asked):
    enrol(world, "ZZ98", "欧阳测试")
    found = listed(secretary, q=asked)
    assert found == ([] if asked == "oyang" else ["ZZ98"])


def test_the_list_is_narrowed(world, secretary):
    enrol(world, "N1", stage="probationary", education="college")
    assert listed(secretary, stage="probationary") == ["N1"]
    assert listed(secretary, education="college") == ["N1"]
    assert len(listed(secretary, education="none")) == 15
    assert len(listed(secretary, unit="BY1")) == 6
    assert len(listed(secretary, unit="BR1", own="on")) == 5
    assert len(listed(secretary, unit="BR1")) == 16
    assert len(listed(secretary, unit="BR2", member_class="nothing")) == 16
    services.appoint(
        world.member, body=world.bodies["G1"], title=Title.SECRETARY, by=world.by, now=world.now, key=world.key()
    )
    assert listed(secretary, committees="on") == ["BY1-1"]


def test_the_list_masks_phones(world, secretary):
    enrol(world, "N1", phone="13812345678")
    assert "138****5678" in secretary.get(reverse("members")).text
    assert "13812345678" not in secretary.get(reverse("members")).text


def test_a_page_of_fifty(world, secretary):
    for number in range(60):
        enrol(world, f"N{number}")
    page = secretary.get(reverse("members"), {"q": "zhao", "page": "2"})
    assert len(page.context["rows"]) == 10
    assert "?q=zhao&amp;page=1" in page.text


@pytest.mark.parametrize("name", ["members", "members-statistics", "members-annual", "members-export"])
def test_the_queries_do_not_grow(world, secretary, name):
    def asked():
        secretary.get(reverse(name))
        with CaptureQueriesContext(connection) as made:
            assert secretary.get(reverse(name)).status_code == 200
        return len(made)

    enrol(world, "N1")
    one = asked()
    for number in range(30):
        enrol(world, f"P{number}")
    assert asked() == one


def test_the_check_page_asks_as_much_for_many_rows(world, secretary):
    def asked(rows):
        made = uploaded(world, *([f"N{n}", "赵新", None, None, None, "组织BY1", "支部委员", None] for n in range(rows)))
        with CaptureQueriesContext(connection) as queried:
            assert secretary.get(reverse("members-import-check", kwargs=made)).status_code == 200
        return len(queried)

    asked(1)
    assert asked(1) == asked(30)


def test_due_members_are_those_of_the_body_and_below_on_that_day(world):
    enrol(world, "N1")
    assert queries.due_members(world.bodies["BR1"], TODAY).count() == 16
    assert queries.due_members(world.bodies["BR1"], date(2026, 3, 17)).count() == 15
    assert queries.due_members(world.bodies["BY1"], date(2020, 1, 1)).count() == 5
    assert queries.due_members(world.bodies["BY1"], date(2019, 12, 31)).count() == 0


def test_a_roster_is_sent_checked_and_saved(world, secretary):
    def sent(data, file="名册.xlsx"):
        upload = io.BytesIO(data)
        upload.name = file
        return secretary.post(
            reverse("members-import"), {"organisation": "BR1", "file": upload, "key": world.key() + "-" * 8}
        )

    check = sent(content())
    assert check.status_code == 302
    page = secretary.get(check.url)
    assert "赵新一" in page.text
    assert "王大一" in page.text
    done = secretary.post(check.url, mark(world) | {"key": world.key() + "-" * 8}, follow=True)
    assert [str(message) for message in done.context["messages"]] != []
    assert Member.objects.get(number="BY1-1").name == "王大一"
    assert not RosterUpload.objects.exists()
    assert secretary.get(check.url).status_code == 404
    refused = sent(b"PK junk", "a.xlsx")
    assert refused.status_code == 422
    assert "a.xlsx" in refused.text


def test_what_was_shown_is_what_is_saved(world, secretary):
    address = reverse("members-import-check", kwargs=uploaded(world))
    shown = mark(world)
    enrol(world, "N1", "钱新一")
    refused = secretary.post(address, shown | {"key": world.key() + "-" * 8})
    assert refused.status_code == 422
    assert Member.objects.get(number="N1").name == "钱新一"
    again = {"shown": refused.context["form"]["shown"].value(), "key": world.key() + "-" * 8}
    assert again["shown"] == mark(world)["shown"] != shown["shown"]
    assert secretary.post(address, again).status_code == 302


def test_a_file_with_problems_cannot_be_saved(world, secretary):
    made = wrong(world)
    address = reverse("members-import-check", kwargs=made)
    page = secretary.get(address)
    assert "名册!C3" in page.text
    assert "Save these changes" not in page.text
    assert secretary.post(address, mark(world) | {"key": world.key() + "-" * 8}).status_code == 422
    marked = secretary.get(reverse("members-import-problems", kwargs=made))
    assert "no-store" in marked["Cache-Control"]
    assert openpyxl.load_workbook(io.BytesIO(marked.content))["名册"]["C3"].comment is not None


def test_the_export_is_of_the_organisation_asked_for(world, secretary):
    def names(**asked):
        answer = secretary.get(reverse("members-export"), asked)
        return openpyxl.load_workbook(io.BytesIO(answer.content)).active.max_row - 2

    assert (names(), names(organisation="BY1"), names(organisation="BR2")) == (15, 5, 15)


def test_the_file_is_deleted_on_request(world, secretary):
    made = uploaded(world)
    forget = reverse("members-import-forget", kwargs=made)
    assert secretary.post(forget, {"key": ""}).url == reverse("members-import-check", kwargs=made)
    assert RosterUpload.objects.exists()
    assert secretary.post(forget, {"key": world.key() + "-" * 8}).url == reverse("members-import")
    assert not RosterUpload.objects.exists()


def test_too_large_a_file_is_refused_before_it_is_read(world, secretary, monkeypatch):
    monkeypatch.setattr("linli.members.forms.MAX_FILE", 10)
    upload = io.BytesIO(content())
    upload.name = "a.xlsx"
    payload = {"organisation": "BR1", "file": upload, "key": world.key() + "-" * 8}
    assert secretary.post(reverse("members-import"), payload).status_code == 422
