"""Every page × state in a real browser: axe finds nothing, 320 px and large text fit, residents' pages are small.

It grows by itself: each example in `tests/catalogue/` that answers GET with a page is visited.
"""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from linli.web.access import Need
from tests.catalogue import examples
from tests.urlmap import addresses

VIEWS = addresses()
VISITED = sorted(
    (name, state)
    for name, example in examples().items()
    if example.html and VIEWS[name].page is not None and "GET" in VIEWS[name].page.methods
    for state in ["", *example.states]
)
PUBLIC = {name for name, at in VIEWS.items() if at.page is not None and at.page.need is Need.PUBLIC}
NARROW, BUDGET_BYTES, BUDGET_REQUESTS = 320, 30_000, 3


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


@pytest.mark.parametrize(("name", "state"), VISITED)
def test_page(name: str, state: str, site: Any, chromium: Any):
    found = next(p for p in site.pages if p["name"] == name and p["state"] == state)
    page, responses = open_page(site, chromium, found)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW, f"{found['address']} is {wide} px wide at {NARROW}"
    hosts = {r.url.split("/")[2] for r in responses if r.url.startswith("http")}
    assert hosts == {site.url.split("/")[2]}, f"asks other hosts: {hosts}"
    if name in PUBLIC:
        sizes = [r.request.sizes() for r in responses if r.url.startswith("http")]
        photos = sum(r.request.resource_type == "image" for r in responses if r.url.startswith("http"))
        assert len(sizes) - photos <= BUDGET_REQUESTS
        assert sum(s["responseBodySize"] for s in sizes) <= BUDGET_BYTES or photos
    page.context.close()
    page, _ = open_page(site, chromium, found, elder=True)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW, f"elder view of {found['address']} is {wide} px wide at {NARROW}"
    page.context.close()
