"""Every page × state in a real browser: axe finds nothing, 320 px and large text fit, residents' pages are small.

It grows by itself: each example in `tests/catalogue/` that answers GET with a page is visited, in the ordinary and
in the elder view.
"""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from linli.web.access import Need
from tests.catalogue import visited

PAGES = visited()
VISITED = sorted((name, state) for name, (example, _page) in PAGES.items() for state in ["", *example.states])
PUBLIC = {name for name, (_example, page) in PAGES.items() if page is not None and page.need is Need.PUBLIC}
NARROW, BUDGET_BYTES, BUDGET_REQUESTS = 320, 30_000, 3
LARGE, LEADING, TARGET = 24, 1.3, 60
"""Of the elder view: 18 pt in pixels, the least line height, the least size of what is tapped."""
SMALL_IN_ELDER_VIEW = """([large, leading, target]) => {
  const seen = node => node.checkVisibility({visibilityProperty: true}) && node.getClientRects().length
    && !node.closest('svg, .skip, thead');
  const name = node => node.tagName + '.' + node.className + ' ' + (node.innerText || node.name || '').slice(0, 20);
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || !seen(node) || ['STYLE', 'SCRIPT', 'OPTION'].includes(node.tagName)) continue;
    const style = getComputedStyle(node), size = parseFloat(style.fontSize);
    if (size < large - 0.01) found.push(`${size} px: ${name(node)}`);
    if (parseFloat(style.lineHeight) < leading * size - 0.01) found.push(`line ${style.lineHeight}: ${name(node)}`);
  }
  for (const node of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    const ticked = ['checkbox', 'radio'].includes(node.type);
    const tapped = ticked ? [...node.labels].at(-1) : node;
    if (!tapped || !seen(tapped)) continue;
    const {width, height} = tapped.getBoundingClientRect();
    if (Math.min(width, height) < target - 0.5) found.push(`${width} × ${height}: ${name(tapped)}`);
  }
  return found;
}"""


def open_page(site: Any, chromium: Any, found: dict[str, str], *, elder: bool = False) -> tuple[Any, list[Any]]:
    context = chromium.new_context(viewport={"width": NARROW, "height": 700}, bypass_csp=True, locale="zh-CN")
    cookies = [{"name": "sessionid", "value": found["session"], "url": site.url}] if found["session"] else []
    cookies += [{"name": "elder", "value": "1", "url": site.url}] if elder else []
    context.add_cookies(cookies)
    page = context.new_page()
    responses: list[Any] = []
    page.on("response", lambda response: responses.append(response))
    answer = page.goto(site.url + found["address"], wait_until="load")
    assert answer.status == 200, f"{found['address']}: {answer.status}"
    assert page.url.split("?")[0] == (site.url + found["address"]).split("?")[0], f"sent on to {page.url}"
    return page, responses


def fits(page: Any) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW, f"{page.url} is {wide} px wide at {NARROW}"


def found_page(site: Any, name: str, state: str) -> dict[str, str]:
    return next(p for p in site.pages if p["name"] == name and p["state"] == state)


@pytest.mark.parametrize(("name", "state"), VISITED)
def test_page(name: str, state: str, site: Any, chromium: Any):
    page, responses = open_page(site, chromium, found_page(site, name, state))
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    fits(page)
    hosts = {r.url.split("/")[2] for r in responses if r.url.startswith("http")}
    assert hosts == {site.url.split("/")[2]}, f"asks other hosts: {hosts}"
    if name in PUBLIC:
        sizes = [r.request.sizes() for r in responses if r.url.startswith("http")]
        photos = sum(r.request.resource_type == "image" for r in responses if r.url.startswith("http"))
        assert len(sizes) - photos <= BUDGET_REQUESTS
        assert sum(s["responseBodySize"] for s in sizes) <= BUDGET_BYTES or photos
    page.context.close()


@pytest.mark.parametrize(("name", "state"), VISITED)
def test_page_in_the_elder_view(name: str, state: str, site: Any, chromium: Any):
    page, _responses = open_page(site, chromium, found_page(site, name, state), elder=True)
    fits(page)
    assert page.evaluate(SMALL_IN_ELDER_VIEW, [LARGE, LEADING, TARGET]) == []
    contrast = Axe().run(page, options={"runOnly": ["color-contrast"]})
    assert contrast.violations_count == 0, contrast.generate_report()
    page.context.close()


def test_the_elder_view_is_one_tap_away_and_remembered(site: Any, chromium: Any):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site.url + "/walls/")
    page.locator("header button[name=elder]").click()
    page.wait_for_load_state()
    assert page.url == site.url + "/walls/"
    assert page.locator("html.elder").count() == 1
    page.goto(site.url + "/calendar/")
    assert page.locator("html.elder").count() == 1
    page.locator("header button[name=elder]").click()
    page.wait_for_load_state()
    assert page.locator("html.elder").count() == 0
    context.close()
