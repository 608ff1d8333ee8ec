"""Cells on the desk and in public: vacancies, the posted page, find my grid by address, code and position."""

import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from linli.access.roles import Role
from linli.audit.models import Event
from linli.grid.models import CellWorker, GridNotice
from linli.grid.policy.workers import PhoneUse
from tests.catalogue.walls import poster
from tests.grid.making import TODAY, a_grid, more_doors, posted_notice, worker
from tests.places.making import LAT, LON, STEP, box


@pytest.fixture
def staff(world, as_user):
    a_grid(world)
    return as_user(world.user(Role.COMMUNITY_STAFF, "G1"))


def send(client, world, address, **data):
    return client.post(address, data | {"key": world.key() + "-" * 8}, follow=True)


def add(client, world, code="G00", **more):
    data = {"name": "赵小六", "kind": "staff", "since": TODAY.isoformat(), "phone_use": ""} | more
    return send(client, world, reverse("worker-add", args=["E1", code]), **data)


def test_a_worker_is_entered_changed_and_ended_at_the_desk(world, staff):
    assert staff.get(reverse("desk")).context["due"][0].count == 4
    done = add(staff, world, phone="0731-88880001", phone_use="work")
    assert done.status_code == 200 and "赵小六" in done.text
    row = CellWorker.objects.get()
    send(staff, world, reverse("worker", args=[row.pk]), kind="property", full_name="on", phone="", phone_use="")
    row.refresh_from_db()
    assert (row.kind, row.full_name, row.phone, row.phone_use) == ("property", True, "", "")
    send(staff, world, reverse("worker-end", args=[row.pk]), day=TODAY.isoformat())
    assert not CellWorker.objects.exists()


def test_the_vacant_are_on_a_list_of_their_own(world, staff):
    add(staff, world)
    found = staff.get(reverse("doors-cells"), {"show": "vacant"})
    assert [line.cell.code for line in found.context["page"]] == ["G01", "G10", "G11"]
    assert "空缺" in found.text


def test_what_was_typed_stays_and_says_what_is_wrong(world, staff):
    for wrong in (
        {"phone": "12", "phone_use": "work"},
        {"phone": "0731-88880001"},
        {"phone_use": "work"},
        {"member": "XX-1"},
        {"since": "2030-01-01"},
        {"name": ""},
    ):
        refused = add(staff, world, **{"name": "赵小六"} | wrong)
        assert refused.status_code == 422, wrong
        assert ("赵小六" in refused.text) is (wrong.get("name") is None)
    assert not CellWorker.objects.exists()
    assert add(staff, world, member="by1-2", name="随便").status_code == 200
    assert CellWorker.objects.get().called == "李小二"


def notice(staff, world, **more):
    data = {
        "supervision": "0731-88880000",
        "items": "独居老人｜每周看望\n噪音｜劝导",
        "since": TODAY.isoformat(),
    } | more
    return send(staff, world, reverse("grid-notice", args=["C1"]), **data)


def test_a_notice_is_published_and_a_wrong_line_named(world, staff):
    assert notice(staff, world).status_code == 200
    refused = notice(staff, world, items="独居老人｜每周看望\n只有一段")
    assert refused.status_code == 422
    assert "第 2 行" in refused.text and "只有一段" in refused.text
    assert notice(staff, world, supervision="电话").status_code == 422
    assert len(GridNotice.objects.get().items) == 2
    again = staff.get(reverse("grid-notice", args=["C1"]))
    assert "噪音｜劝导" in again.text


def cell(code="G00"):
    return Client().get(reverse("cell", args=["E1", code]))


def test_the_page_of_a_cell_shows_what_is_posted(world, staff):
    posted_notice(world)
    worker(world, phone="0731-88880001", phone_use=PhoneUse.WORK)
    worker(world, name="钱小七", full_name=True, phone="0731-88880002", phone_use=PhoneUse.INSIDE)
    text = cell().text
    for words in (
        "赵某某",
        "0731-88880001",
        "钱小七",
        "0731-88880000",
        "独居老人",
        "每周上门看望一次",
        "地Y1",
        "组织BY1",
    ):
        assert words in text, words
    for hidden in ("赵小六", "0731-88880002"):
        assert hidden not in text
    assert "空缺" not in text
    assert "空缺" in cell("G01").text
    assert cell("XX").status_code == 404


def test_a_cell_that_others_divide_is_not_called_vacant(world, staff):
    a_grid(world, place="C1", shapes={"C1/1": box(0, 0, 2, 2)}, places_of={"C1/1": ("E1",)})
    assert "空缺" not in Client().get(reverse("cell", args=["C1", "C1/1"])).text
    assert "空缺" not in Client().get("/map/", {"place": "C1"}).text


def test_the_map_says_which_cells_are_vacant(world, staff):
    worker(world)
    text = Client().get("/map/").text
    assert len(re.findall(r"url\(#vacant\)", text)) == 3
    assert "3 个网格" in text and text.count('<span class="tag late">空缺</span>') == 3


@pytest.mark.parametrize(
    ("asked", "code"),
    [("地Y1", "G00"), ("地Y2", "G01"), ("地Y1地B1 地H1", "G00"), ("h1", "G00"), ("地Ｙ１", "G00"), ("E1 地Y2", "G01")],
)
def test_an_address_leads_to_the_cell(world, staff, asked, code):
    found = Client().get(reverse("find-cell"), {"q": asked})
    assert found.headers["Location"] == reverse("cell", args=["E1", code])


def test_where_several_are_meant_they_are_listed_and_where_none_is_it_is_said(world, staff):
    more_doors(world, 3)
    client = Client()
    estate = client.get(reverse("find-cell"), {"q": "地E1"})
    assert [each.code for each in estate.context["hits"][0].cells] == ["G00", "G01"]
    assert client.get(reverse("find-cell"), {"q": "没有的地方"}).context["hits"] == []
    assert client.get(reverse("find-cell"), {"q": "没有的地方"}).status_code == 200
    assert "还没有划入" in client.get(reverse("find-cell"), {"q": "地E3"}).text
    assert client.get(reverse("find-cell"), {"q": "%_'\"" * 30}).context["hits"] == []


def test_the_code_on_a_poster_leads_to_the_cell(world, staff):
    text = Client().get(reverse("poster", kwargs=poster(world))).text
    address = re.search(r'href="([^"]*map/find/[^"]*)"', text)[1]
    assert Client().get(address).headers["Location"] == reverse("cell", args=["E1", "G00"])


def test_a_position_leads_to_the_cell_and_is_kept_nowhere(world, staff, caplog):
    caplog.set_level(logging.DEBUG)
    client, spot = Client(), {"longitude": str(LON + STEP * 1.37), "latitude": str(LAT + STEP * 0.41)}
    events, sessions = Event.objects.count(), Session.objects.count()
    found = client.post(reverse("find-here"), spot)
    assert found.headers["Location"] == reverse("cell", args=["E1", "G01"])
    assert (Event.objects.count(), Session.objects.count()) == (events, sessions)
    assert not [one for one in caplog.messages if spot["longitude"][:8] in one and "SELECT" not in one]
    assert client.get(reverse("find-here"), spot).status_code == 405, "never in an address"
    assert client.post(reverse("find-here"), {"longitude": "1", "latitude": "1"}).context["outside"]
    for wrong in ({}, {"longitude": "x", "latitude": "1"}, {"longitude": "999", "latitude": "nan"}):
        assert client.post(reverse("find-here"), wrong).status_code == 422


def test_the_smallest_cell_of_a_position_comes_first(world, staff):
    a_grid(world, place="C1", shapes={"C1-WG": box(0, 0, 2, 2)}, places_of={"C1-WG": ("E1",)})
    spot = {"longitude": str(LON + STEP / 2), "latitude": str(LAT + STEP / 2)}
    assert Client().post(reverse("find-here"), spot).headers["Location"] == reverse("cell", args=["E1", "G00"])
