"""The desk pages of linked households, as the branch secretary uses them."""

import io
from datetime import datetime

import openpyxl
import pytest
from django.urls import reverse

from linli.access.roles import Role
from linli.grid.models import HouseholdLink
from linli.lib.clock import local_date
from linli.members.models import Member
from linli.places.models import Place
from tests.grid.making import TODAY, linked, more_doors


@pytest.fixture
def secretary(world, as_user):
    return as_user(world.user(Role.SECRETARY, "BY1"))


def send(client, world, doors, member="BY1-2", code="U1", **more):
    data = {"doors": doors, "member": member, "day": TODAY.isoformat(), "key": world.key() + "-" * 8} | more
    return client.post(reverse("doors-link", args=[code]), data, follow=True)


def codes(doors):
    return [door.code for door in doors]


def test_a_stairwell_is_linked_at_once_by_name(world, secretary):
    doors = codes(more_doors(world, 6))
    asked = secretary.get(reverse("doors-link", args=["U1"]))
    assert set(asked.context["form"].initial["doors"]) == {*doors, "H1"}
    done = send(secretary, world, doors, member="李小二")
    assert HouseholdLink.objects.filter(member__number="BY1-2").count() == 6
    assert "6 户已由 李小二" in done.content.decode()


def test_over_the_limit_warns_and_does_not_refuse(world, secretary):
    done = send(secretary, world, codes(more_doors(world, 21)))
    assert HouseholdLink.objects.count() == 21
    assert [str(one.tags) for one in done.context["messages"]] == ["success", "warning"]


def test_what_was_typed_stays(world, secretary):
    Member.objects.filter(number="BY1-3").update(name="李小二")
    refused = send(secretary, world, ["H1"], member="李小二")
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "BY1-2" in text and "BY1-3" in text
    assert 'value="李小二"' in text
    assert send(secretary, world, ["H1"], member="无此人").status_code == 422
    assert send(secretary, world, ["H1"], member="BR2-1").status_code == 422, "not in reach"
    assert send(secretary, world, ["XX"]).status_code == 422
    assert not HouseholdLink.objects.exists()


def test_the_lists(world, secretary):
    more_doors(world, 2)
    linked(world, "BY1-2")
    page = secretary.get(reverse("doors"))
    assert [(line.building.code, line.doors, line.free) for line in page.context["lines"]] == [("B1", 3, 2)]
    assert (page.context["doors"], page.context["free"]) == (3, 2)
    [(building, _address, lines)] = secretary.get(reverse("doors-free")).context["rows"]
    assert (building.code, codes(line.door for line in lines)) == ("B1", ["U1-001", "U1-002"])
    shown = secretary.get(reverse("doors-members"), {"show": "H2"}).context["page"].object_list
    assert "BY1-2" in {line.member.number for line in shown}
    assert secretary.get(reverse("desk")).context["due"][-1].count == 2


def test_a_past_day_is_shown(world, secretary):
    linked(world, "BY1-2")
    text = secretary.get(reverse("doors-building", args=["B1"]), {"on": "2026-01-01"}).content.decode()
    assert "李小二" not in text


def test_the_workbook_is_inert_and_names_no_resident(world, secretary):
    linked(world, "BY1-2")
    Member.objects.filter(number="BY1-2").update(name="=1+1")
    Place.objects.filter(code="H1").update(name="@101")
    content = secretary.get(reverse("doors-list")).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = list(sheet.values)
    assert rows[2][:4] == ("H1", "地E1 地Y1 地U1 @101", "BY1-2", "'=1+1")


def test_the_workbook_is_ready_to_print_and_its_days_are_days(world, secretary):
    linked(world, "BY1-2")
    sheet = openpyxl.load_workbook(io.BytesIO(secretary.get(reverse("doors-list")).content)).active
    rows = list(sheet.values)
    today = local_date(world.now)
    assert rows[0][0] == f"{today.year}年{today.month}月{today.day}日党员联户"
    assert [type(row[4]) for row in rows[2:] if row[2]] == [datetime] and sheet["E3"].number_format == "yyyy-mm-dd"
    assert str(sheet.page_setup.paperSize) == "9" and sheet.page_setup.orientation == "landscape"
    assert sheet.oddFooter.center.text.endswith("第 &P 页，共 &N 页") and sheet.print_title_rows == "$2:$2"
    assert sheet.auto_filter.ref == f"A2:E{sheet.max_row}"


def test_a_member_sees_the_own_doors(world, as_user):
    linked(world, "BY1-1")
    client = as_user(world.member.user)
    assert reverse("my-doors") in client.get(reverse("me")).content.decode()
    text = client.get(reverse("my-doors")).content.decode()
    assert "地E1 地Y1 地U1 地H1" in text
