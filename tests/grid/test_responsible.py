"""Who was responsible for a door on a day: any past day, over new maps, reorganisations and merged persons; one answer
on the page, in the interface and on paper."""

import html
import io
import json
import re
from datetime import date, timedelta

import pypdfium2
import pytest
from django.urls import reverse

from linli.access.roles import Role
from linli.grid import services
from linli.grid.policy.responsible import Part
from linli.grid.queries.responsible import responsible
from linli.home import services as home
from linli.lib.clock import local_date
from linli.members import services as members
from linli.members.models import Member, MemberClass
from linli.members.policy.kinds import Title
from linli.members.queries import duplicates
from linli.organisations import services as organisations
from tests.grid.making import LAST_MONTH, TODAY, a_grid, cell_of, linked, worker
from tests.places.making import box, squares
from tests.world import SINCE

YESTERDAY = TODAY - timedelta(days=1)
EARLY = date(2021, 5, 1)


def writes(world):
    return {"by": world.by, "now": world.now, "key": world.key()}


def appoint(world, group, index, code, title, since=SINCE):
    members.appoint(world.members[group][index], body=world.bodies[code], title=title, since=since, **writes(world))


@pytest.fixture
def past(world):
    """G00 with 赵小六 until last month, 钱小七 since; a leader, a secretary, a director, a link."""
    a_grid(world)
    first = worker(world, since=EARLY)
    services.end(first, on=LAST_MONTH, **writes(world))
    worker(world, name="钱小七", since=LAST_MONTH)
    appoint(world, "BY1", 2, "BG1", Title.GROUP_LEADER)
    appoint(world, "BR1", 0, "G1", Title.SECRETARY)
    appoint(world, "BR1", 1, "RC1", Title.DIRECTOR)
    linked(world, "BY1-2")
    return world


def said(world, day, part):
    return [line.name for line in responsible(world.places["H1"], day).lines if line.part is part]


def test_the_answer_of_today_and_of_a_past_day(past):
    assert [(line.part.value, line.name, line.of) for line in responsible(past.places["H1"], TODAY).lines] == [
        ("cell", "G00", "地E1"),
        ("worker", "钱小七", "G00"),
        ("leader", "张小三", "组织BG1"),
        ("member", "李小二", ""),
        ("community", "王小一", "组织G1"),
        ("community", "李小二", "组织RC1"),
    ]
    before = LAST_MONTH - timedelta(days=1)
    assert said(past, before, Part.WORKER) == ["赵小六"]
    assert said(past, before, Part.MEMBER) == [""], "linked last month"


def test_before_anything_was_there_nobody_was(past):
    lines = responsible(past.places["H1"], SINCE - timedelta(days=1)).lines
    assert [(line.part, line.name) for line in lines] == [(part, "") for part in Part]


def test_a_vacant_cell_says_so(world):
    a_grid(world)
    found = responsible(world.places["H1"], TODAY).lines
    assert [(line.part, line.name, line.of) for line in found][:2] == [
        (Part.CELL, "G00", "地E1"),
        (Part.WORKER, "", "G00"),
    ]


def test_before_the_last_map_the_cell_of_then_answers(past):
    a_grid(past, since=YESTERDAY, shapes={"NEW": box(0, 0, 2, 2)}, places_of={"NEW": ("Y1", "Y2")})
    worker(past, cell_of(code="NEW"), name="孙小八", since=YESTERDAY)
    assert [said(past, day, part) for day in (TODAY, YESTERDAY - timedelta(days=1)) for part in (Part.CELL, Part.WORKER)] == [
        ["NEW"], ["孙小八"], ["G00"], ["钱小七"],
    ]  # fmt: skip


def test_a_map_whose_list_moves_the_building_answers_by_day(past):
    a_grid(past, since=YESTERDAY, shapes=squares(), places_of={"G00": ("Y2",), "G11": ("Y1",)})
    assert (said(past, TODAY, Part.CELL), said(past, YESTERDAY - timedelta(days=1), Part.CELL)) == (["G11"], ["G00"])
    assert said(past, TODAY, Part.WORKER) == [""]


def test_the_smallest_cell_answers_where_grids_stand_over_each_other(past):
    a_grid(past, place="C1", shapes={"C1-WG": box(0, 0, 2, 2)}, places_of={"C1-WG": ("E1",)})
    worker(past, cell_of("C1", "C1-WG"), name="孙小八", since=EARLY)
    assert said(past, TODAY, Part.WORKER) == ["钱小七"]


def test_after_a_reorganisation_the_bodies_of_then_answer(past):
    organisations.dissolve_body(past.bodies["BG1"], on=YESTERDAY, **writes(past))
    organisations.rename_body(past.bodies["G1"], name="新名党总支", on=YESTERDAY, **writes(past))
    assert said(past, TODAY, Part.LEADER) == [""]
    before = responsible(past.places["H1"], YESTERDAY - timedelta(days=1)).lines
    assert [(line.name, line.of) for line in before if line.part is Part.LEADER] == [("张小三", "组织BG1")]
    names = [
        [line.of for line in responsible(past.places["H1"], day).lines if line.part is Part.COMMUNITY]
        for day in (YESTERDAY, LAST_MONTH)
    ]
    assert names == [["新名党总支", "组织RC1"], ["组织G1", "组织RC1"]]


def test_a_merged_person_answers_under_the_lasting_record(past):
    twice = Member(number="X9", name="王小一", born_on=past.member.born_on, member_class=MemberClass.objects.first())
    members.enrol(twice, body=past.bodies["BY2"], since=SINCE, **writes(past))
    worker(past, member=twice, since=EARLY)
    linked(past, "BY1-2")
    services.link([past.places["H1"]], member=twice, since=YESTERDAY, **writes(past))
    mark = duplicates.joining(past.member, twice, local_date(past.now)).mark
    home.join(twice, into=past.member, shown=mark, **writes(past))
    lines = responsible(past.places["H1"], TODAY).lines
    found = [(line.part, line.number) for line in lines if line.number == "BY1-1"]
    assert found == [(Part.WORKER, "BY1-1"), (Part.MEMBER, "BY1-1")]
    worker(past, cell_of(code="G01"), member=past.member, since=EARLY)


def test_two_duties_of_one_person_at_one_cell_are_one_answer(past):
    twice = Member(number="X9", name="王二一", born_on=past.member.born_on, member_class=MemberClass.objects.first())
    members.enrol(twice, body=past.bodies["BY2"], since=SINCE, **writes(past))
    worker(past, member=twice, since=EARLY)
    worker(past, member=past.member, since=EARLY)
    services.pass_on(twice, into=past.member, **writes(past))
    assert said(past, TODAY, Part.WORKER) == ["王小一", "钱小七"]


def shown(content: str) -> str:
    return re.sub(r"\s+", "", content)


DAYS = (TODAY, LAST_MONTH - timedelta(days=1), EARLY, SINCE - timedelta(days=1))


@pytest.mark.parametrize("day", DAYS)
def test_page_interface_and_paper_give_the_same_answer(past, as_user, day):
    client = as_user(past.user(Role.SECRETARY, "BY1"))
    answer = responsible(past.places["H1"], day)
    asked = {"on": day.isoformat()}
    page = client.get(reverse("door", args=["H1"]), asked)
    assert page.context["answer"] == answer
    data = client.get(reverse("api-door", args=["H1"]), asked)
    found = json.loads(data.content)["responsible"]
    assert [(row["part"], row["name"] or "", row["number"] or "", row["of"] or "") for row in found] == [
        (line.part.value, line.name, line.number, line.of) for line in answer.lines
    ]
    assert [(row["since"], row["until"]) for row in found] == [
        tuple(each.isoformat() if each else None for each in (line.since, line.until)) for line in answer.lines
    ]
    pdf = client.get(reverse("door-pdf", args=["H1"]), asked)
    paper = "".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(io.BytesIO(pdf.content)))
    table = re.search(r"<tbody>.*</tbody>", page.text, re.DOTALL)[0]
    cells = [shown(cell) for cell in re.sub(r"<[^>]+>", "\n", table).split("\n") if cell.strip()]
    for cell in cells:
        assert cell in shown(paper), f"{cell} is not on the paper"
    for row in found:
        assert not row["name"] or row["name"] in cells
    assert data["Cache-Control"] == pdf["Cache-Control"] == "no-store"


def test_only_who_sees_members_there_may_ask(past, as_user):
    for name in ("door", "api-door", "door-pdf"):
        address = reverse(name, args=["H1"])
        assert as_user(past.user(Role.SECRETARY, "BY2")).get(address).status_code == 404
        assert as_user(past.user(Role.GRID_WORKER, "BY1")).get(address).status_code == 403
        assert as_user(past.user(Role.GROUP_LEADER, "BG1")).get(address).status_code == 200


def test_what_is_wrong_is_said_as_problem_details(past, as_user):
    client = as_user(past.user(Role.SECRETARY, "BY1"))
    wrong = client.get(reverse("api-door", args=["H1"]), {"on": "gestern"})
    absent = client.get(reverse("api-door", args=["nowhere"]))
    assert [(each.status_code, each["Content-Type"]) for each in (wrong, absent)] == [
        (400, "application/problem+json"), (404, "application/problem+json"),
    ]  # fmt: skip
    assert json.loads(wrong.content)["status"] == 400
    barred = as_user(past.user(Role.GRID_WORKER, "BY1")).get(reverse("api-door", args=["H1"]))
    nowhere = client.get("/api/v1/nothing/")
    assert [(each.status_code, each["Content-Type"]) for each in (barred, nowhere)] == [
        (403, "application/problem+json"), (404, "application/problem+json"),
    ]  # fmt: skip
    assert client.get("/nothing/")["Content-Type"].startswith("text/html"), "people get a page"


@pytest.mark.parametrize("name", ["door", "door-pdf"])
@pytest.mark.parametrize("on", ["gestern", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_said_and_today_is_not_printed_for_it(past, as_user, name, on):
    client = as_user(past.user(Role.SECRETARY, "BY1"))
    answer = client.get(reverse(name, args=["H1"]), {"on": on})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")
    (words,) = answer.context["form"].errors["on"]
    assert words.endswith("。")
    assert words in html.unescape(answer.text)
    assert client.get(reverse(name, args=["H1"]), {"on": ""}).status_code == 200
