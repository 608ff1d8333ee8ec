"""A map is edited in a real browser: by mouse, by keys, and by the forms alone with scripts switched off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Person
from tests.places.making import LAT, LON, STEP, geojson, squares


def middle(staff: Person) -> str:
    """The number of the corner of G00 that all four cells have, as the list of corners says."""
    place = [f"{LON + STEP:.7f}", f"{LAT + STEP:.7f}"]
    rows = staff.page.locator("tr[id^=corner-]")
    return next(
        row.get_attribute("id").removeprefix("corner-")
        for row in rows.all()
        if [cell.text_content() for cell in row.locator("td").all()] == place
    )


@pytest.fixture
def opened(chromium: Any, serve: Any, people: dict[str, str], tmp_path: Any) -> Any:
    """Begin to edit the grid of a courtyard; return the page of a cell."""
    server = serve()
    file = tmp_path / "grid.geojson"
    file.write_bytes(geojson(squares(), {"G00": "B1"}))
    done = server.linli("grid", "import", str(file), "--place", "Y1", "--since", "2026-01-01", "--reason", "补录")
    assert done.returncode == 0, done.stderr

    def at(*, scripts: bool = True, touch: bool = False) -> Person:
        staff = Person(chromium, server, people["staff"], scripts=scripts, touch=touch)
        staff.open("/desk/grid/")
        staff.page.get_by_text("编辑").first.click()
        staff.send()
        staff.page.get_by_role("link", name="G00").last.click()
        staff.page.wait_for_load_state()
        return staff

    return at


def corner(staff: Person) -> Any:
    return staff.page.locator(f'[data-corner="{middle(staff)}"]')


def saved(staff: Person) -> None:
    """Save the map; every proof must hold, and the shared corner must have moved in all four cells."""
    staff.sees("撤销：移动了拐点（G00, G01, G10, G11）", "完好")
    staff.page.get_by_text("看整张图").click()
    staff.page.get_by_text("去保存").click()
    staff.page.locator("[name=since]").fill("2026-04-01")
    staff.send()
    staff.sees("网格图")
    assert "/proposals/" not in staff.page.url
    verified = staff.server.linli("verify")
    assert verified.returncode == 0, verified.stdout


def test_a_corner_is_dragged_with_the_mouse_and_the_fault_shows_meanwhile(opened: Any) -> None:
    staff = opened()
    number = next(number for number in "1234" if number != middle(staff))
    rim = staff.page.locator(f'[data-corner="{number}"]')
    box = rim.locator("circle").bounding_box()
    mouse = staff.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + 40, box["y"] - 30, steps=4)
    staff.page.locator("[data-said]:has-text('空白')").wait_for()
    assert staff.page.locator("[data-faults] path").count() == 1
    staff.page.keyboard.press("Escape")
    mouse.up()
    staff.page.wait_for_timeout(300)
    assert "/edit/cells/" in staff.page.url
    assert staff.page.locator("[data-faults] path").count() == 0
    assert "撤销" not in staff.page.inner_text("main")
    box = corner(staff).locator("circle").bounding_box()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + 25, box["y"] + 20, steps=4)
    staff.page.locator("[data-said]:has-text('没有空白')").wait_for()
    with staff.page.expect_navigation():
        mouse.up()
    saved(staff)


class Finger:
    """A finger on a screen, as the browser gets it from the glass: it scrolls where the page does not say otherwise."""

    def __init__(self, page: Any, x: float, y: float) -> None:
        self.glass, self.at = page.context.new_cdp_session(page), (x, y)
        self.tell("touchStart", [self.at])

    def tell(self, what: str, points: list[tuple[float, float]]) -> None:
        given = [{"x": x, "y": y} for x, y in points]
        self.glass.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": given})

    def move(self, east: float, south: float) -> None:
        for step in range(1, 9):
            self.tell("touchMove", [(self.at[0] + east * step / 8, self.at[1] + south * step / 8)])

    def up(self) -> None:
        self.tell("touchEnd", [])

    def cancel(self) -> None:
        """The system takes the finger away: a call, a gesture from the edge."""
        self.tell("touchCancel", [])


def test_a_corner_is_dragged_with_a_finger_and_the_page_does_not_scroll(opened: Any) -> None:
    staff = opened(touch=True)
    page = staff.page
    corner(staff).scroll_into_view_if_needed()
    box, before = corner(staff).locator("circle").bounding_box(), page.evaluate("scrollY")
    finger = Finger(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    finger.move(10, -60)
    page.locator("[data-said]:has-text('没有空白')").wait_for()
    assert page.evaluate("scrollY") == before
    with page.expect_navigation():
        finger.up()
    saved(staff)


def test_a_finger_that_is_taken_away_leaves_the_corner_where_it_was(opened: Any) -> None:
    staff = opened(touch=True)
    page = staff.page
    corner(staff).scroll_into_view_if_needed()
    box = corner(staff).locator("circle").bounding_box()
    finger = Finger(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    finger.move(10, -60)
    page.locator("[data-said]:has-text('没有空白')").wait_for()
    finger.cancel()
    expect(page.locator("[data-corner-form] [name=north]")).to_have_value("0")
    page.wait_for_timeout(300)
    assert corner(staff).get_attribute("transform") is None
    assert page.inner_text("[data-said]") == ""
    assert "撤销" not in page.inner_text("main")


def test_a_corner_is_moved_with_the_keys_alone(opened: Any) -> None:
    staff = opened()
    page, wanted = staff.page, middle(staff)
    for _tab in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.corner") == wanted:
            break
    else:
        pytest.fail("the corner cannot be reached with Tab")
    for press in ("ArrowRight", "ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(press)
    page.locator("[data-said]:has-text('没有空白')").wait_for()
    assert [page.input_value(f"[data-corner-form] [name={name}]") for name in ("corner", "east", "north")] == [
        wanted,
        "2.00",
        "10.00",
    ]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    saved(staff)


def test_the_forms_do_the_same_without_a_script(opened: Any) -> None:
    staff = opened(scripts=False)
    form = "[data-corner-form]"
    for name, value in (("corner", middle(staff)), ("east", "2"), ("north", "10")):
        staff.page.fill(f"{form} [name={name}]", value)
    staff.send(form)
    saved(staff)


def test_a_cell_is_divided_and_one_is_drawn_with_the_mouse(opened: Any) -> None:
    staff = opened()
    page = staff.page
    page.locator("[name=first]").focus()
    for number in ("1", "3"):
        page.locator(f'[data-corner="{number}"] circle').click()
    assert [page.input_value("[name=first]"), page.input_value("[name=last]")] == ["1", "3"]
    page.fill("#split_new", "G02")
    page.get_by_role("button", name="划分").click()
    page.wait_for_load_state()
    staff.sees("撤销：划分了网格（G00, G02）", "完好")
    page.get_by_text("看整张图").click()
    page.wait_for_load_state()
    page.locator("[name=ring]").focus()
    drawing = page.locator("svg[data-ground]")
    box = drawing.bounding_box()
    for x, y in ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)):
        drawing.click(position={"x": x * box["width"], "y": y * box["height"]})
    assert len(page.input_value("[name=ring]").split()) == 8
    page.locator("main [name=new]").fill("MID")
    page.get_by_role("button", name="画上").click()
    page.wait_for_load_state()
    staff.sees("撤销：画了新网格", "完好", "MID")
