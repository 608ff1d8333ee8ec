"""One server and one headless Chromium a worker; skipped in plain words where Chromium is missing."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

MORNING = "2026-03-18T10:00:00+08:00"
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(str(item.fspath)).parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed (Debian package: chromium)"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The product on a data folder, in a process of its own."""

    def __init__(self, data: Path, as_of: str = "") -> None:
        self.data, self.port = data, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = os.environ | {"LINLI_DATA": str(data), "LINLI_DEMO": "1", "LINLI_DATABASE_URL": ""}
        self.env["LINLI_AS_OF"] = as_of
        self.log = (data / "server.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "linli", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=self.env,
            stdout=self.log,
            stderr=self.log,
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(1200):  # two minutes: a busy machine takes its time; a server that died says so at once
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=2)
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError((self.data / "server.log").read_text()[-2000:])

    def linli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product on the same data."""
        return subprocess.run(
            [sys.executable, "-m", "linli", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server with one page for each example: `.url`, `.pages`."""
    data = tmp_path_factory.mktemp("site")
    subprocess.run([sys.executable, "-m", "tests.browser.site", str(data)], cwd=ROOT, check=True)
    server = Server(data)
    server.pages = json.loads((data / "pages.json").read_text())  # type: ignore[attr-defined]
    yield server
    server.stop()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Path]:
    """A data folder with the small subdistrict alone, and `people.json` with sessions."""
    subprocess.run([sys.executable, "-m", "tests.browser.site", str(tmp_path), "--bare"], cwd=ROOT, check=True)
    yield tmp_path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Person:
    """Somebody with a phone."""

    def __init__(
        self, chromium: Any, server: Server, session: str = "", *, scripts: bool = True, touch: bool = False
    ) -> None:
        self.server = server
        context = chromium.new_context(
            viewport={"width": 390, "height": 800}, java_script_enabled=scripts, has_touch=touch
        )
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        self.page = context.new_page()

    def open(self, address: str) -> Any:
        answer = self.page.goto(self.server.url + address)
        assert answer.status == 200, f"{address}: {answer.status}"
        return self.page

    def send(self, form: str = "main form.form") -> None:
        """Press the button of a form."""
        self.page.locator(f"{form} button:not(.plain)").first.click()
        self.page.wait_for_load_state()

    def sees(self, *words: str) -> None:
        text = self.page.inner_text("main")
        for word in words:
            assert word in text, f"“{word}” is not on {self.page.url}:\n{text}"


@pytest.fixture
def people(town: Path) -> dict[str, str]:
    return json.loads((town / "people.json").read_text())


@pytest.fixture
def serve(town: Path) -> Iterator[Any]:
    running: list[Server] = []

    def at(moment: str = MORNING) -> Server:
        if running:
            running.pop().stop()
        running.append(Server(town, as_of=moment))
        return running[0]

    yield at
    for server in running:
        server.stop()
