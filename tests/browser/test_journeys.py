"""The main job, by hand, in a real browser; the journeys of residents with scripts switched off as well."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Person
from tests.places.making import LAT, LON, STEP, geojson, squares


def poster(town: Path) -> str:
    """The address that the QR code of the courtyard's poster opens."""
    import sqlite3

    with sqlite3.connect(town / "linli.sqlite3") as base:
        row = base.execute(
            "SELECT p.code FROM walls_poster p JOIN walls_wall w ON w.id = p.wall_id WHERE w.level = 'child'"
        ).fetchone()
    assert row, "no poster hangs in the courtyard"
    return f"/p/{row[0]}/"


def report(resident: Person, address: str, words: str) -> tuple[str, str]:
    """Report from the poster: one choice and one sentence; return number and receipt."""
    page = resident.open(address)
    page.locator("input[name=category]").first.check()
    page.locator("textarea[name=text]").fill(words)
    resident.send()
    number = re.search(r"/issues/([^/]+)/receipt/", page.url)[1]
    secret = page.locator("dd.figure").inner_text()
    resident.sees(words)
    return number, secret


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_poster_to_the_answer_and_back(scripts: bool, chromium, serve, people, town):
    server = serve()
    resident = Person(chromium, server, scripts=scripts)
    number, secret = report(resident, poster(town), "三单元门口路灯坏了两天")
    secretary = Person(chromium, server, people["secretary"], scripts=scripts)
    secretary.open(f"/desk/issues/{number}/")
    secretary.send(f"form[action$='/desk/issues/{number}/accept/']")
    page = secretary.page
    page.locator("form[action$='/reply/'] textarea[name=text]").fill("路灯今晚换好，请大家放心")
    page.locator("form[action$='/reply/'] input[name=outcome]").first.check()
    secretary.send("form[action$='/reply/']")
    neighbour = Person(chromium, server, scripts=scripts)
    neighbour.open(f"/issues/{number}/")
    neighbour.sees("路灯今晚换好")
    later = Person(chromium, server, scripts=scripts)
    later.open("/receipt/")
    later.page.locator("input[name=secret]").fill(secret)
    later.send()
    later.sees("路灯今晚换好", number)
    reason = later.page.locator("form[action$='/reopen/'] textarea, form[action$='/reopen/'] input[type=text]")
    if reason.count():
        reason.first.fill("灯还是不亮")
    later.send("form[action$='/reopen/']")
    neighbour.open(f"/issues/{number}/")
    neighbour.sees("灯还是不亮")
    secretary.open("/desk/issues/")
    secretary.sees(number)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_overdue_goes_to_the_mother_wall_and_the_reply_comes_back(scripts: bool, chromium, serve, people, town):
    server = serve()
    number, _secret = report(Person(chromium, server, scripts=scripts), poster(town), "电动车占了消防通道")
    assert "walls.escalate_overdue: 1" in server.linli("tick", "--now", "2026-04-10T10:00").stdout
    again = server.linli("tick", "--now", "2026-04-10T10:00").stdout
    assert "escalate" not in again, "escalated twice"
    neighbour = Person(chromium, server, scripts=scripts)
    walls = {}
    for level in ("child", "mother"):
        walls[level] = wall_code(town, level)
        neighbour.open(f"/walls/{walls[level]}/?show=all")
        neighbour.sees(number)
    staff = Person(chromium, server, people["staff"], scripts=scripts)
    staff.open(f"/desk/issues/{number}/")
    staff.page.locator("form[action$='/reply/'] textarea[name=text]").fill("社区已联合物业清理，并加装围栏")
    staff.page.locator("form[action$='/reply/'] input[name=outcome]").first.check()
    staff.send("form[action$='/reply/']")
    for wall in walls.values():
        neighbour.open(f"/walls/{wall}/?show=all")
        neighbour.sees(number, "社区已联合物业清理")


def wall_code(town: Path, level: str) -> str:
    import sqlite3

    with sqlite3.connect(town / "linli.sqlite3") as base:
        query = "SELECT w.code FROM walls_wall w JOIN places_place p ON p.id = w.place_id WHERE p.code = ?"
        return str(base.execute(query, [{"child": "Y1", "mother": "C1"}[level]]).fetchone()[0])


def test_from_the_roll_to_the_proof(chromium, serve, people, town, tmp_path):
    server = serve("2026-03-28T15:00:00+08:00")
    secretary = Person(chromium, server, people["secretary"])
    page = secretary.open("/desk/activities/new/")
    page.locator("select[name=kind]").select_option(
        label=page.locator("select[name=kind] option", has_text="主题党日").first.inner_text()
    )
    page.locator("select[name=body]").select_option("BY1")
    page.locator("input[name=title]").fill("三月主题党日")
    page.locator("input[name=day]").fill("2026-03-28")
    page.locator("input[name=since]").fill("14:00")
    page.locator("input[name=until]").fill("15:30")
    page.locator("input[name=spot]").fill("院落活动室")
    secretary.send()
    activity = re.search(r"/desk/activities/(\d+)/", page.url)[1]
    secretary.open(f"/desk/activities/{activity}/roll/")
    for box in page.locator("input[type=radio][value=present]").all():
        box.check()
    secretary.send()
    deputy = Person(chromium, server, people["deputy"])
    deputy.open(f"/desk/activities/{activity}/confirm/")
    deputy.send()
    server = serve("2026-04-02T09:00:00+08:00")
    secretary = Person(chromium, server, people["secretary"])
    secretary.open("/desk/points/BY1/2026-03/prepare/")
    secretary.send()
    server = serve("2026-04-08T09:00:00+08:00")
    deputy = Person(chromium, server, people["deputy"])
    deputy.open("/desk/points/BY1/2026-03/publish/")
    deputy.send()
    member = Person(chromium, server, people["member"])
    page = member.open("/me/points/")
    page.locator("main ul.list a").first.click()
    page.wait_for_load_state()
    member.sees("三月主题党日")
    source = page.locator("main dl a").first.get_attribute("href")
    entry = page.url.removeprefix(server.url)
    member.open(source)
    member.sees("三月主题党日")
    page = member.open(entry)
    with page.expect_download() as waiting:
        page.locator("a[href$='proof.json']").click()
    proof = tmp_path / "proof.json"
    waiting.value.save_as(proof)
    assert server.linli("verify-proof", str(proof)).returncode == 0
    check = [sys.executable, "-I", str(ROOT / "linli/audit/proof_check.py"), str(proof)]
    assert subprocess.run(check, capture_output=True).returncode == 0
    data = bytearray(proof.read_bytes())
    place = data.index(b"BY1-1") + 4
    data[place] = ord("2")
    proof.write_bytes(data)
    assert subprocess.run(check, capture_output=True).returncode == 1
    assert server.linli("verify-proof", str(proof)).returncode == 1
    visitor = Person(chromium, server)
    visitor.open("/bulletins/")
    visitor.page.locator("main ul.list a").first.click()
    visitor.sees("2026年3月", "王某某")


def test_from_the_vacant_cell_to_the_neighbour_who_finds_it(chromium, serve, people, town):
    """Staff enter a worker; a neighbour finds the cell by address without scripts, another by position."""
    server = serve()
    drawn = town / "grid.geojson"
    drawn.write_bytes(geojson(squares(), {"G00": "Y1", "G01": "Y2"}))
    assert server.linli("grid", "import", str(drawn), "--place", "E1").returncode == 0
    staff = Person(chromium, server, people["staff"])
    page = staff.open("/desk/doors/cells/?show=vacant")
    staff.sees("空缺", "G00")
    page.locator("a[href$='/cells/E1/G00/worker/']").click()
    page.locator("input[name=name]").fill("赵小六")
    page.locator("input[name=phone]").fill("0731-88880001")
    page.locator("input[name=phone_use][value=work]").check()
    staff.send()
    staff.sees("赵小六", "公示为赵某某")
    neighbour = Person(chromium, server, scripts=False)
    page = neighbour.open("/map/find/")
    assert not page.locator("#here").is_visible(), "without scripts there is no button that does nothing"
    page.locator("input[name=q]").fill("地Y1 地B1")
    page.locator("main form[role=search] button").click()
    neighbour.sees("赵某某", "0731-88880001")
    walking = Person(chromium, server)
    walking.page.context.grant_permissions(["geolocation"])
    walking.page.context.set_geolocation({"longitude": LON + STEP * 1.5, "latitude": LAT + STEP / 2})
    walking.open("/map/find/")
    walking.page.locator("#here button").click()
    walking.page.wait_for_url("**/map/cells/E1/G01/")
    walking.sees("空缺")
    walking.page.context.set_geolocation({"longitude": LON + STEP / 2, "latitude": LAT + STEP / 2})
    walking.page.go_back()
    walking.page.locator("#here button").click()
    walking.page.wait_for_url("**/map/cells/E1/G00/")
    walking.sees("赵某某")


def test_who_comes_back_in_the_history_says_anew_where_they_are(chromium, serve, town):
    """As the memory of the browser gives the page back: filled in, with the button that was pressed."""
    server = serve()
    walking = Person(chromium, server)
    page, sent = walking.page, []
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 112.5, "latitude": 28.5})
    page.route("**/map/here/", lambda route: (sent.append(route.request.post_data), route.fulfill(status=204)))
    walking.open("/map/find/")
    button = page.locator("#here button")
    button.click()
    expect(page.locator("#here [name=longitude]")).to_have_value("112.5")
    assert button.is_disabled()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert button.is_enabled()
    assert not page.locator("#here .wait").is_visible()
    assert page.input_value("#here [name=longitude]") == ""
    page.context.set_geolocation({"longitude": 113.5, "latitude": 29.5})
    button.click()
    expect(page.locator("#here [name=longitude]")).to_have_value("113.5")
    page.wait_for_timeout(300)
    assert ["longitude=112.5" in sent[0], "longitude=113.5" in sent[1], len(sent)] == [True, True, 2]
