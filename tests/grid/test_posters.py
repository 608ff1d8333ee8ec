"""The poster of a cell on paper: one page whatever it is called and holds, a code that reads, nothing but what is posted."""

import re
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from PIL import ImageDraw

from linli.access.roles import Role
from linli.files.documents import missing_packages
from linli.grid import services
from linli.grid.models import CellWorker
from linli.grid.policy.items import Item
from linli.grid.policy.workers import PhoneUse, WorkerKind
from linli.places import services as places
from linli.places.models import Cell
from linli.places.policy.kinds import PlaceKind
from tests.grid.making import a_grid, cell_of, posted_notice, worker
from tests.places.making import box
from tests.world import NOW, SINCE

pytestmark = pytest.mark.skipif(bool(missing_packages()), reason=f"PDF needs {missing_packages()}")


def poster(code="G00", client=None):
    return (client or Client()).get(reverse("cell-poster", args=["E1", code]))


def words(page):
    return "".join(page.get_textpage().get_text_range().split())


def paper(response):
    assert response.status_code == 200 and response.headers["Content-Type"] == "application/pdf"
    return pypdfium2.PdfDocument(response.content)


def test_the_poster_says_what_the_page_of_the_cell_says(world):
    a_grid(world)
    posted_notice(world)
    worker(world, phone="0731-88880001", phone_use=PhoneUse.WORK)
    worker(world, name="钱小七", full_name=True, phone="0731-88880002", phone_use=PhoneUse.INSIDE)
    found = paper(poster())
    assert len(found) == 1
    text = words(found[0])
    for shown in ("赵某某", "0731-88880001", "钱小七", "0731-88880000", "地Y1", "独居老人", "楼道杂物", "G00", "地E1"):
        assert shown in text, shown
    assert "testserver/map/cells/E1/G00/" in text
    assert "2026年3月" in text and "空缺" not in text
    for hidden in ("赵小六", "0731-88880002"):
        assert hidden not in text
    assert poster("XX").status_code == 404
    assert reverse("cell-poster", args=["E1", "G00"]) in Client().get(reverse("cell", args=["E1", "G00"])).text


def test_an_agreement_taken_back_is_on_the_next_poster(world):
    a_grid(world)
    duty = worker(world, phone="13800000001", phone_use=PhoneUse.AGREED)
    assert "13800000001" in words(paper(poster())[0])
    CellWorker.objects.filter(pk=duty.pk).update(phone="", phone_use="")
    assert "13800000001" not in words(paper(poster())[0])


def test_a_vacant_cell_says_so_and_whom_to_call(world):
    a_grid(world)
    assert "请找社区居委会" in words(paper(poster())[0])
    posted_notice(world)
    text = words(paper(poster())[0])
    assert "空缺" in text and "请打监督电话" in text and "0731-88880000" in text


WORDS = {
    "zh-hans": {
        "head": "网格员", "vacant": "空缺", "call": "目前没有网格员，请打监督电话。", "ask": "目前没有网格员，请找社区居委会。",
        "phone": "监督电话", "hint": "事情没人办，打这个电话。", "places": "包括：", "items": "这些事可以找网格员：",
        "scan": "扫一扫，看本网格的最新信息；或在浏览器输入：", "border": "粗线框是本网格。", "kind": "社区工作者",
    },
    "en": {
        "head": "Grid worker", "vacant": "vacant", "call": "Nobody works for this cell at present; call the office.",
        "ask": "Nobody works for this cell at present; ask the office of the community.",
        "phone": "Supervision telephone", "hint": "Not done? Say it here.", "places": "To it belong:",
        "items": "The worker helps with:", "scan": "Scan: all about this cell, as it is today. Or type:",
        "border": "Thick line: this cell.", "kind": "Community worker",
    },
}  # fmt: skip
ALWAYS = {"head", "places", "scan", "border"}
SAID = {
    (True, True): {"phone", "hint", "items", "kind"},
    (True, False): {"kind"},
    (False, True): {"vacant", "call", "phone", "hint", "items"},
    (False, False): {"vacant", "ask"},
}
"""(somebody works there, a notice is posted) → what the poster says."""


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize(("held", "noticed"), sorted(SAID))
def test_every_sentence_stands_where_it_is_true_and_nowhere_else(world, held, noticed, language):
    a_grid(world)
    if noticed:
        posted_notice(world)
    if held:
        worker(world, phone="0731-88880001", phone_use=PhoneUse.WORK)
    with translation.override(language):
        said = re.sub(r"<style>.*</style>|<[^>]*>", "", html_of(), flags=re.DOTALL)
    found = {key for key, sentence in WORDS[language].items() if sentence in said}
    assert found == ALWAYS | SAID[held, noticed]


def test_the_telephone_of_a_vacant_cell_is_that_of_the_office_and_large(world):
    """And nothing is left of who worked there before."""
    a_grid(world)
    posted_notice(world, supervision="0731-88880077")
    duty = worker(world, phone="0731-88880001", phone_use=PhoneUse.WORK, full_name=True)
    services.end(duty, on=NOW.date(), by=world.by, now=NOW, key=world.key())
    html = html_of()
    assert re.findall(r'class="phone" style="font-size:([\d.]+)pt">([^<]*)<', html) == [("38", "0731-88880077")]
    assert "0731-88880001" not in html and "赵小六" not in html


def test_a_cell_that_others_divide_is_not_called_vacant(world):
    a_grid(world)
    a_grid(world, place="C1", shapes={"C1/1": box(0, 0, 2, 2)}, places_of={"C1/1": ("E1",)})
    text = words(paper(Client().get(reverse("cell-poster", args=["C1", "C1/1"])))[0])
    assert "空缺" not in text and "里面的小网格" in text


def test_an_address_that_asks_without_end_waits(world, settings):
    assert settings.ACCOUNT_RATE_LIMITS["poster"] == "60/10m/ip"
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"poster": "3/10m/ip"}
    a_grid(world)
    answers = [Client().get(reverse("cell-poster", args=["E1", "G00"]), REMOTE_ADDR="203.0.113.9") for _n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "请等" in answers[3].text
    assert poster().status_code == 200, "from another address"


def crowded(world):
    """The longest names that the house takes, five workers, sixty places, the longest list."""
    many = {
        f"Z{number:02d}": places.add_place(
            kind=PlaceKind.COURTYARD, code=f"Z{number:02d}", name=f"第{number}号院落", parent=world.places["E1"],
            by=world.by, now=NOW, key=world.key(), since=SINCE,
        )
        for number in range(60)
    }  # fmt: skip
    a_grid(world, places_of={"G00": ("Y1", *many), "G01": ("Y2",)})
    Cell.objects.filter(code="G00").update(name="中" * 79 + "央")
    for number in range(5):
        worker(
            world, name=f"阿卜杜热合曼·买买提吐尔逊江尼亚{number}", full_name=True, kind=WorkerKind.MEMBER,
            phone=f"0731-8888000{number}-123456", phone_use=PhoneUse.WORK,
        )  # fmt: skip
    posted_notice(
        world, supervision="0731-88880000-1234567890", items=[Item(f"第{n}件{'事' * 20}", "办") for n in range(200)]
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("workers", [5, 2, 1, 0])
def test_the_longest_of_everything_fits_on_one_page(world, language, workers):
    crowded(world)
    CellWorker.objects.filter(pk__in=[row.pk for row in CellWorker.objects.all()[workers:]]).delete()
    client = Client()
    client.cookies["django_language"] = language
    found = paper(poster(client=client))
    assert len(found) == 1
    text = words(found[0])
    assert "中" * 79 + "央" in text and "0731-88880000-1234567890" in text and "第0号院落" in text
    assert "第0件" in text or workers > 2
    assert all(f"0731-8888000{number}-123456" in text for number in range(min(workers, 3)))
    page = found[0].get_textpage()
    boxes = [page.get_rect(number) for number in range(page.count_rects())]
    assert all(33 <= left and right <= 562 and bottom >= 33 for left, bottom, right, _top in boxes), "in the margins"
    left = sorted((each for each in boxes if each[0] < 60), key=lambda each: -each[3])
    for upper, lower in pairwise(left):
        assert lower[3] <= upper[1] + 3 or abs(lower[3] - upper[3]) < 6, "no line of words covers another"


def test_the_code_reads_after_a_fifth_is_torn_off(world):
    crowded(world)
    image = paper(poster())[0].render(scale=200 / 72).to_pil().convert("L")
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text == "http://testserver/map/cells/E1/G00/"
    free, across = code.position.bottom_right, code.position.bottom_right.x - code.position.bottom_left.x
    assert across / 200 * 25.4 >= 30
    side = int(across * 0.2**0.5)
    ImageDraw.Draw(image).rectangle((free.x - side, free.y - side, free.x, free.y), fill=255)
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [code.text]


@pytest.mark.parametrize(("language", "least"), [("zh-hans", 16), ("en", 12)])
@pytest.mark.parametrize("kind", list(WorkerKind))
def test_words_are_large_enough_for_the_staircase(world, kind, language, least):
    a_grid(world)
    posted_notice(world)
    worker(world, kind=kind, phone="0731-88880001", phone_use=PhoneUse.WORK)
    with translation.override(language):
        html = re.sub(r"<svg.*?</svg>", "", html_of(), flags=re.DOTALL)
    assert min(float(size) for size in re.findall(r"font-size:([\d.]+)pt", html)) >= least
    assert float(re.search(r'class="phone" style="font-size:([\d.]+)pt"', html)[1]) >= 36


def html_of():
    from linli.grid.posters import posters_html
    from linli.grid.queries import posted

    found = posted.posted("E1", "G00", NOW.date())
    return posters_html([found], lambda one: f"https://linli.example/map/cells/E1/{one.cell.code}/", NOW.date())


def test_all_posters_of_a_place_in_one_file(world, as_user):
    a_grid(world)
    client = as_user(world.user(Role.COMMUNITY_STAFF, "G1"))
    address = reverse("cell-posters", args=["E1"])
    with CaptureQueriesContext(connection) as few:
        found = paper(client.get(address))
    assert len(found) == 4
    assert ["cells/E1/G00/" in words(page) for page in found] == [True, False, False, False]
    assert address in client.get(reverse("doors-cells")).text
    for code in ("G00", "G01", "G10", "G11"):
        worker(world, cell_of(code=code), name=f"赵{code}")
    posted_notice(world)
    with CaptureQueriesContext(connection) as many:
        assert len(paper(client.get(address))) == 4
    assert len(many) <= len(few) + 1
    assert client.get(reverse("cell-posters", args=["E3"])).status_code == 404
    assert as_user(world.user(Role.SECRETARY, "BR2")).get(address).status_code == 404
