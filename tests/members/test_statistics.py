"""Figures about members: each is the length of the list that it opens, on any day; files hold what the page holds."""

import io
import re
from datetime import date, timedelta
from html import unescape

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from linli.access.decide import Actor
from linli.access.roles import Role
from linli.files.documents import missing_packages
from linli.members import services
from linli.members.models import Member
from linli.members.policy.dimensions import AGES, LONG, SENIORITIES, Dimension, bands
from linli.members.policy.kinds import Ending, Standing, Title
from linli.members.policy.statistics import full_years
from linli.members.queries import due
from linli.members.queries.cells import banded, cells_of, sorted_into
from linli.members.queries.statistics import public

TODAY = date(2026, 3, 18)
PRINTING = pytest.mark.skipif(bool(missing_packages()), reason=f"PDF needs {missing_packages()}")


@pytest.fixture
def secretary(world, as_user):
    return as_user(world.user(Role.SECRETARY, "BR1"))


@pytest.fixture
def people(world):
    """Give the small world people of every kind: on probation, out of touch, departed, with posts, without facts."""
    given = {"by": world.by, "now": world.now}
    more = [
        ("P1", "BY1", {"stage": "probationary", "education": "postgraduate", "born_on": date(1990, 3, 18)}),
        ("P2", "BY2", {"sex": "female", "full_on": date(2026, 3, 19), "joined_on": date(2025, 3, 18)}),
        ("P3", "BY2", {"sex": "male", "born_on": date(1956, 2, 29), "education": "college", "joined_on": None}),
        ("P4", "BR1", {"sex": "=1+1", "born_on": date(1955, 3, 19), "joined_on": date(1976, 3, 18)}),
    ]
    for number, body, facts in more:
        member = Member(number=number, name="赵新", member_class=world.member.member_class, **facts)
        member.sex = member.sex if member.sex in {"female", "male"} else ""
        services.enrol(member, body=world.bodies[body], key=world.key(), since=date(2026, 2, 1), **given)
    for number, title in (("P1", Title.DIRECTOR), ("BY1-1", Title.DEPUTY), ("BY1-2", Title.GROUP_LEADER)):
        services.appoint(
            Member.objects.get(number=number), body=world.bodies["RC1"], title=title, key=world.key(), **given
        )
    services.begin_standing(
        Member.objects.get(number="BY2-1"), kind=Standing.LOST, since=date(2026, 1, 1), where="", document="决1号",
        key=world.key(), **given,
    )  # fmt: skip
    services.depart(
        Member.objects.get(number="BY2-2"), ending=Ending.DIED, on=date(2026, 3, 1), document="", key=world.key(), **given
    )  # fmt: skip


def figures_of(page):
    """Yield each figure of a page that is a link to a list: the address, the number."""
    for address, number in re.findall(r'<a[^>]*href="([^"]*/desk/members/\?[^"]*)"[^>]*>(\d+)</a>', page.text):
        yield unescape(address), int(number)


def length(client, address):
    return client.get(address).context["shown"].paginator.count


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"rows": "education", "columns": "stage", "unit": "BY2"},
        {"rows": "seniority", "columns": "member_class", "on": "2026-01-15"},
        {"rows": "sex", "columns": "sex", "on": "2021-06-30", "unit": "BY1"},
    ],
)
def test_each_figure_is_the_length_of_its_list(world, secretary, people, asked):
    page = secretary.get(reverse("members-statistics"), asked)
    found = list(figures_of(page))
    assert len(found) > 30
    ages = page.context["figures"].committees.mean_age_shown
    for address, number in found:
        assert length(secretary, address) == number, address
    if not asked:
        assert (page.context["figures"].total, page.context["figures"].apart, ages) == (17, 1, "40.5")
        assert length(secretary, page.context["apart"]) == 1


@pytest.mark.parametrize("year", ["2026", "2025", "1999", "x"])
def test_each_figure_of_the_annual_sheet_is_the_length_of_its_list(world, secretary, people, year):
    page = secretary.get(reverse("members-annual"), {"year": year})
    for address, number in figures_of(page):
        assert length(secretary, address) == number, address
    if year == "2026":
        columns = {column.words: counts for column, counts in zip(page.context["columns"], cells(page), strict=True)}
        assert columns["合计"][0] == 17
        assert columns["当年离开"][0] == 1
        assert columns["当年新编入"][0] == 4
        assert columns["副书记"][0] == 1
        left = secretary.get(reverse("members"), {"change": "left", "unit": "BR1"})
        assert [member.number for member, _unit, _phone in left.context["rows"]] == ["BY2-2"]
        assert "/desk/members/BY2-2/" not in left.text


def test_who_left_a_branch_that_ended_later_in_the_year_counts_under_its_heir(world, secretary, as_user, people):
    services.merge(world.bodies["BY2"], into=world.bodies["BY1"], by=world.by, now=world.now, key=world.key())
    page = secretary.get(reverse("members-annual"))
    for address, number in figures_of(page):
        assert length(secretary, address) == number, address
    place = [column.words for column in page.context["columns"]].index("当年离开")
    left = {node.body.code: line[place][1] for node, line in page.context["rows"]}
    assert left == {"BR1": 1, "BY1": 1}
    for unit, count in (("BY1", 1), ("BR1", 0)):
        assert length(secretary, reverse("members") + f"?change=left&unit={unit}&own=on") == count
    heir, stranger = (as_user(world.user(Role.SECRETARY, code)) for code in ("BY1", "BR2"))
    assert length(heir, reverse("members") + "?change=left") == 1
    assert length(stranger, reverse("members") + "?change=left") == 0


def cells(page):
    return list(zip(*[[count for _c, count, _a in line] for _node, line in page.context["rows"]], strict=True))


def book(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_the_table_as_excel_equals_the_page_and_its_sums_are_sums(world, secretary, people):
    asked = {"rows": "age", "columns": "education", "unit": "BR1"}
    page = secretary.get(reverse("members-statistics"), asked)
    whole, by_unit = book(secretary.get(reverse("members-pivot"), asked)).worksheets
    lines = [[cell.value for cell in row] for row in whole.iter_rows(min_row=3)][:-1]
    cross = page.context["cross"]
    assert lines == [
        *([name, *(count for _n, count, _a in counts), total] for name, counts, total, _a in cross["lines"]),
        ["合计", *(count for _n, count, _a in cross["foot"]), page.context["figures"].total],
    ]
    for line in lines:
        assert sum(line[1:-1]) == line[-1]
    units = {row[0].value for row in by_unit.iter_rows(min_row=3)}
    assert {"组织BR1", "组织BY1", "组织BY2"} <= units
    inert(whole, by_unit)


def test_the_annual_sheet_as_excel_equals_the_page(world, secretary, people):
    page = secretary.get(reverse("members-annual"))
    sheets = book(secretary.get(reverse("members-annual-file", args=["xlsx"]))).worksheets
    parts = [[[cell.value for cell in row][1:] for row in sheet.iter_rows(min_row=4)][:-1] for sheet in sheets]
    rows = [left + right for left, right in zip(*parts, strict=True)]
    shown = {column.words: [cells[place][1] for _node, cells in page.context["rows"]]
             for place, column in enumerate(page.context["columns"])}  # fmt: skip
    heads = [cell.value for sheet in sheets for cell in sheet[3][1:]]
    assert sorted(heads) == sorted(column.words for column in page.context["columns"])
    assert {words: list(counts) for words, counts in zip(heads, zip(*rows, strict=True), strict=True)} == shown
    inert(*sheets)
    assert secretary.get(reverse("members-annual-file", args=["doc"])).status_code == 404
    pdf = secretary.get(reverse("members-annual-file", args=["pdf"]))
    assert pdf.content[:5] == b"%PDF-"
    assert pdf["Cache-Control"] == "no-store"


def printed_points(sheet, size=10):
    """How large `size` prints: the columns fitted to the width of the paper between its margins."""
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and (sheet.page_setup.fitToWidth or 1) == 1
    across = {"9": 297, "8": 420}[str(sheet.page_setup.paperSize)] / 25.4
    between = across - sheet.page_margins.left - sheet.page_margins.right
    dimensions = sheet.column_dimensions
    widths = {n: each.width for each in dimensions.values() for n in range(each.min, each.max + 1)}
    pixels = sum(widths.get(column, 9.14) * 7 for column in range(1, sheet.max_column + 1))
    return size * min(1, between * 96 / pixels)


@pytest.mark.parametrize("name", ["members-annual-file", "members-pivot"])
def test_the_workbooks_print_at_a_size_that_can_be_read(world, secretary, people, name):
    for sheet in book(secretary.get(reverse(name, args=["xlsx"] if "file" in name else []))).worksheets:
        assert printed_points(sheet) >= 7, sheet.title
        assert "&P" in sheet.oddFooter.center.text and "&N" in sheet.oddFooter.center.text
        assert sheet.print_title_rows and sheet.print_title_cols
        assert sheet.page_setup.orientation == "landscape"


def test_what_stands_above_committees_and_branches_is_called_party_organisation(world, secretary, people):
    page = secretary.get(reverse("members-annual")).text
    sheets = book(secretary.get(reverse("members-annual-file", args=["xlsx"]))).worksheets
    by_unit = book(secretary.get(reverse("members-pivot"))).worksheets[1]
    assert [sheet["A3"].value for sheet in sheets] == ["党组织", "党组织"] and by_unit["A2"].value == "党组织"
    for text in (page, secretary.get(reverse("members-statistics")).text):
        assert "<th>党组织</th>" in text and "<th>党支部</th>" not in text


@PRINTING
def test_no_word_of_the_english_annual_sheet_is_broken(world, secretary, people):
    secretary.cookies["django_language"] = "en"
    content = secretary.get(reverse("members-annual-file", args=["pdf"])).content
    paper = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_range() for page in paper)
    lines = {word for line in text.splitlines() for word in line.split()}
    assert {"Members", "Party", "organisation", "Postgraduate", "Probationary"} <= lines
    for page in paper:
        words = page.get_textpage()
        boxes = [words.get_rect(place) for place in range(words.count_rects())]
        assert all(box[2] <= page.get_width() - 20 for box in boxes), "inside the paper"


def inert(*sheets):
    for sheet in sheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"n", "s"}
                assert str(cell.value or "")[:1] not in set("=+-@\t") or isinstance(cell.value, int)


def test_the_figures_end_where_the_reach_ends(world, as_user, people):
    below = as_user(world.user(Role.SECRETARY, "BY1"))
    asked = {"unit": "BR1"}
    assert below.get(reverse("members-statistics"), asked).context["figures"].total == 6
    assert [node.body.code for node, _line in below.get(reverse("members-annual"), asked).context["rows"]] == ["BY1"]
    assert length(below, reverse("members") + "?unit=BR1&counted=yes") == 6
    assert length(below, reverse("members") + "?change=left") == 0


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    ("page", "args", "status"),
    [
        ("members", [], 200),
        ("members-statistics", [], 200),
        ("members-pivot", [], 200),
        ("organisations", [], 422),
        ("body-rules", [], 422),
        ("doors-building", ["B1"], 200),
    ],
)
def test_a_day_that_cannot_be_meant_is_said_and_today_shown(world, secretary, people, page, args, status, day):
    answer = secretary.get(reverse(page, args=args), {"on": day})
    assert answer.status_code == status
    if page != "members-pivot":
        assert f"{day}：年份不对" in answer.text and "1900-01-01" in answer.text


@pytest.mark.parametrize("day", [TODAY, date(2024, 2, 29), date(2025, 2, 28), date(2026, 12, 31)])
def test_a_band_of_years_in_the_database_is_that_of_completed_years(world, day):
    member = Member.objects.get(number="BY1-1")
    for found in (AGES, SENIORITIES):
        for years in {band.least for band in found} | {band.most for band in found if band.most}:
            for shift in (-1, 0, 1, 366):
                born = date(day.year - years, day.month, min(day.day, 28)) - timedelta(days=shift)
                if born > day:
                    continue
                Member.objects.filter(pk=member.pk).update(born_on=born)
                value = Member.objects.annotate(band=sorted_into(banded(found, "born_on", day))).get(pk=member.pk).band
                age = full_years(born, day)
                assert value == next(b.value for b in found if b.least <= age and (b.most is None or age <= b.most))


def test_every_member_is_in_exactly_one_cell_of_each_dimension(world, people):
    for day in (TODAY, date(2026, 2, 15), date(2021, 1, 1)):
        counted = Member.objects.filter(memberships__in=due.counted(day))
        for dimension in Dimension:
            assert sum(counted.filter(cell.within).count() for cell in cells_of(dimension, day)) == counted.count()


def test_bands_join_and_say_their_bounds():
    assert [(band.least, band.most, band.value) for band in bands(5, 10, words=LONG)] == [
        (0, 4, "0-4"), (5, 9, "5-9"), (10, None, "10-"),
    ]  # fmt: skip
    assert [band.words % band.values for band in bands(5, 10, words=LONG)] == [
        "up to 4 years",
        "5 to 9 years",
        "10 years and more",
    ]


def test_everybody_sees_no_small_number(world, people):
    page = Client().get(reverse("figures"))
    found = page.context["found"]
    assert found.day == date(2026, 3, 1)
    shown = [*found.table.cells, found.table.row_sums, found.table.column_sums, (found.table.total,)]
    assert all(count is None or count >= 5 for row in shown for count in row)
    assert found.table.total == due.counted(found.day).count()
    assert "—" in page.text
    assert "王小一" not in page.text


def test_there_are_no_public_figures_before_there_are_members(world):
    assert public(date(1990, 1, 1)) is None


def test_nobody_without_a_reach_gets_an_annual_sheet(world):
    from linli.access.catalogue import Permission
    from linli.members.queries.statistics import committee_statistics

    assert committee_statistics(Actor(name="nobody"), Permission.MEMBER_VIEW, TODAY).people == 0
