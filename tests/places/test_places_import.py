from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from typer.testing import CliRunner

from linli.audit.models import Event
from linli.lib.errors import Refusal
from linli.places import services
from linli.places.commands import places
from linli.places.models import Place
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.kindwords import kind_of
from linli.places.policy.placelist import read_places
from linli.places.verify import invariants

HEAD = ("类别", "编码", "名称", "上级编码")
NEW = (
    ("院落", "Y3", "三号院", "E1"),
    ("户", "B9-101", "101", "B9-U1"),  # before its stairwell
    ("楼栋", "B9", "9栋", "Y3"),
    ("单元", "B9-U1", "1单元", "B9"),
)


def book(*rows, head=HEAD, above=(), merge=()) -> bytes:
    made = openpyxl.Workbook()
    for row in [*above, head, *rows]:
        made.active.append(row)
    for area in merge:
        made.active.merge_cells(area)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def run(tmp_path, world):
    def call(content: bytes, *more: str, name="places.xlsx"):
        file = tmp_path / name
        file.write_bytes(content)
        return CliRunner().invoke(places, ["import", str(file), *more])

    return call


def test_new_places_are_added_in_any_order_with_events(run, world):
    assert run(book(*NEW)).exit_code == 0
    door = Place.objects.get(code="B9-101")
    assert door.path.startswith(world.places["E1"].path)
    assert (door.kind, door.name) == (PlaceKind.HOUSEHOLD, "101")
    assert Event.objects.get(action="place.import").data == {"added": 4, "renamed": 0, "unchanged": 0}
    assert next(truth for truth in invariants() if truth.code == "places.path").find() == []


def test_a_second_run_changes_nothing_and_a_new_name_is_taken_over(run):
    run(book(*NEW))
    events = Event.objects.count()
    assert run(book(*NEW)).exit_code == 0
    assert Event.objects.count() == events
    assert run(book(("院落", "Y3", "三号大院", "E1"))).exit_code == 0
    assert Place.objects.get(code="Y3").name == "三号大院"
    assert Event.objects.get(action="place.rename").data == {"was": "三号院", "name": "三号大院"}


def test_a_messy_sheet_is_read(run):
    rows = [
        ("小 区", "Ｅ９", " 新 园 ", "C1"),
        (),
        ("building", 901.0, "９栋", "Ｅ９"),
        ("building", 902.0, "10栋", None),
        (None, None, None, None),
    ]
    head = ("序号", "地点 类型*", "编号：", "名称", "上级编码", "备注")
    content = book(
        *[(number, *row, "") for number, row in enumerate(rows)],
        head=head,
        above=[("梅溪湖街道地点表",), ()],
        merge=["A1:F1", "E6:E7"],
    )
    result = run(content)
    assert result.exit_code == 0, result.output
    assert Place.objects.get(code="901").name == "9栋"
    assert Place.objects.get(code="902").path.startswith(Place.objects.get(code="E9").path)


def test_dry_run_saves_nothing(run):
    before = Place.objects.count()
    assert run(book(*NEW), "--dry-run").exit_code == 0
    assert Place.objects.count() == before


BAD = {
    "kind": (("星球", "P1", "甲", "E1"), "A2"),
    "no kind": ((None, "P1", "甲", "E1"), "A2"),
    "code": (("楼栋", "P 1/2", "甲", "E1"), "B2"),
    "no code": (("楼栋", None, "甲", "E1"), "B2"),
    "no name": (("楼栋", "P1", None, "E1"), "C2"),
    "long name": (("楼栋", "P1", "甲" * 81, "E1"), "C2"),
    "no parent": (("楼栋", "P1", "甲", None), "D2"),
    "unknown parent": (("楼栋", "P1", "甲", "nowhere"), "D2"),
    "wrong parent": (("户", "P1", "甲", "C1"), "D2"),
    "itself": (("楼栋", "P1", "甲", "P1"), "D2"),
    "other kind": (("楼栋", "Y1", "地Y1", "E1"), "A2"),
    "other parent": (("院落", "Y1", "地Y1", "E3"), "D2"),
}


@pytest.mark.parametrize("case", BAD)
def test_each_problem_stands_at_its_cell_and_nothing_is_saved(run, tmp_path, case):
    row, cell = BAD[case]
    before, out = Place.objects.count(), tmp_path / "problems.xlsx"
    result = run(book(row, ("楼栋", "GOOD", "好", "E1")), "--problems", str(out))
    assert result.exit_code == 1, result.output
    assert f"Sheet!{cell}:" in result.output
    assert Place.objects.count() == before
    marked = openpyxl.load_workbook(out)
    assert marked["Sheet"][cell].comment is not None
    assert run(out.read_bytes()).exit_code == 1  # the mended copy can be imported as it is


def test_a_code_twice_and_a_circle(run):
    result = run(book(("楼栋", "P1", "甲", "E1"), ("楼栋", "P1", "乙", "E1")))
    assert result.exit_code == 1
    assert "Sheet!B3:" in result.output
    result = run(book(("楼栋", "P1", "甲", "P2"), ("楼栋", "P2", "乙", "P1")))
    assert result.exit_code == 1
    assert not Place.objects.filter(code__startswith="P").exists()


def test_a_faulty_row_does_not_make_its_places_faulty_too(run):
    result = run(book(("楼栋", "P1", "甲" * 81, "E1"), ("单元", "P1-1", "1单元", "P1")))
    assert result.output.count("Sheet!") == 1


@pytest.mark.parametrize(
    "content",
    [b"", book(*NEW)[:500], b"\x00junk" * 2_000_000, b"PK\x03\x04", book(*NEW, head=("甲", "乙", "丙", "丁")),
     book(*NEW, head=("类别", "编码", "名称", "名称"))],
    ids=["empty", "cut", "junk", "zip", "no header", "two columns"],
)  # fmt: skip
def test_bad_files_are_refused_in_one_sentence(content):
    with pytest.raises(Refusal) as refused:
        read_places(content, "places.xlsx")
    assert str(refused.value).endswith(".")


def test_a_csv_in_gb18030_is_read(run):
    text = "\n".join(",".join(row) for row in [HEAD, *NEW])
    assert run(text.encode("gb18030"), name="places.csv").exit_code == 0
    assert Place.objects.filter(code="B9").exists()


def test_the_service_refuses_problems_itself(world):
    listing = read_places(book(("楼栋", "P1", "甲", "nowhere")), "a.xlsx")
    with pytest.raises(Refusal):
        services.import_places(listing, by=world.by, now=world.now, key=world.key())
    services.import_places(
        read_places(book(*NEW), "a.xlsx"), by=world.by, now=world.now + timedelta(1), key=world.key()
    )
    assert Place.objects.filter(code="B9-101").exists()


def test_thousands_of_doors_take_few_queries(world, django_assert_max_num_queries):
    rows = [("户", f"B1-{number}", f"{number}", "U1") for number in range(3000)]
    listing = read_places(book(*rows), "a.xlsx")
    with django_assert_max_num_queries(60):
        services.import_places(listing, by=world.by, now=world.now, key=world.key())


@pytest.mark.parametrize(
    ("word", "kind"), [("栋", PlaceKind.BUILDING), ("Household", PlaceKind.HOUSEHOLD), ("洞", None)]
)
def test_words_of_kinds(word, kind):
    assert kind_of(word) is kind
