"""The public page of a wall with 20 issues, against a raw page and against the same view without its kept page.

    uv run python benchmarks/wall_page.py [--pages 2000] [--rounds 5] [--seconds 3]

All three are WSGI applications on the same SQLite file, called in turns in one process, without the cost of a
server, which all would share; then raw and product are asked behind the house's server (one worker). `raw` asks sqlite3 for the same rows and
formats them into the frame of the page; `uncached` is the product with its kept page switched off; `product`
is the whole stack: sessions, CSRF, access, languages. Before times are compared, raw, uncached and product must
show the same numbers and texts.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
PAGE, PORT, ISSUES, CONNECTIONS, CLIENTS = "/walls/Y1/", 9783, 20, 8, 2
RAW = """
SELECT i.number, i.state, i.public_text, i.posted_at, i.answer_due, c.code, w.code, w.name
FROM walls_posting p JOIN walls_issue i ON i.id = p.issue_id JOIN walls_category c ON c.id = i.category_id
JOIN walls_wall w ON w.id = i.wall_id JOIN walls_wall h ON h.id = p.wall_id
WHERE h.code = 'Y1' AND i.state IN ('open', 'accepted') ORDER BY i.answer_due, p.id LIMIT 20
"""
LINE = (
    '<li><p class="actions"><a class="code" href="/issues/{0}/">{0}</a> <span>{5}</span> {1}</p>'
    '<p>{2}</p><p class="soft">{3} {4} {6} {7}</p></li>'
)
type App = Callable[[dict[str, Any], Any], Any]


def build() -> None:
    """Build the small subdistrict with 20 waiting issues on one wall."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests import world
    from tests.walls import makers

    world.build()
    small = world.World()
    for number in range(ISSUES):
        makers.fresh(small, text=f"{number + 1}号单元的路灯坏了,晚上看不见台阶。")


def raw_application(frame: str, file: Path) -> App:
    """Return an application that formats the rows of one query into the frame of the page."""
    head, tail = frame.split('<ul class="list">', 1)
    tail = tail.split("</ul>", 1)[1]
    connection = sqlite3.connect(file)

    def application(_environ: dict[str, Any], start: Any) -> list[bytes]:
        rows = "".join(LINE.format(*row) for row in connection.execute(RAW))
        body = f'{head}<ul class="list">{rows}</ul>{tail}'.encode()
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return application


def call(application: App) -> str:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": PAGE,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    said: list[str] = []
    answer = application(environ, lambda status, _headers, *_more: said.append(status))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    assert said == ["200 OK"], said
    return body.decode()


def seen(page: str) -> tuple[list[str], list[str]]:
    """What the page says: numbers in order, and texts."""
    return re.findall(r'class="code" href="/issues/([^/]+)/"', page), re.findall(r"\d+号单元[^<]+", page)


def timed(application: App, pages: int) -> float:
    begun = time.perf_counter()
    for _ in range(pages):
        call(application)
    return pages / (time.perf_counter() - begun)


def ask(port: int, seconds: float, sink: Any) -> None:
    """Send over four kept connections at once, read the four answers, again; put the times into `sink`."""
    request = f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    links = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS // CLIENTS)]
    times: list[float] = []
    stop = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < stop:
        for link in links:
            link.sendall(request)
        for link in links:
            data = link.recv(65536)
            head, _, body = data.partition(b"\r\n\r\n")
            length = int(re.search(rb"content-length: (\d+)", head.lower())[1])
            while len(body) < length:
                body += link.recv(65536)
            times.append(time.perf_counter() - begun)
    sink.put(times)


def served(target: str, port: int, seconds: float) -> tuple[float, float]:
    """Pages a second and the 99th percentile in milliseconds of one application behind the house's server."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws", target]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}").read()
                break
            except OSError:
                time.sleep(0.2)
        sink: Any = multiprocessing.Queue()
        clients = [multiprocessing.Process(target=ask, args=(port, seconds, sink)) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        times = [moment for _ in clients for moment in sink.get()]
        for client in clients:
            client.join()
    finally:
        server.terminate()
        server.wait()
    return len(times) / seconds, statistics.quantiles(times, n=100)[98] * 1000


def both_served(seconds: float, frame: str) -> dict[str, tuple[float, float]]:
    """Serve raw and product in turns; return the medians of three rounds."""
    (Path(os.environ["LINLI_DATA"]) / "frame.html").write_text(frame)
    os.environ["PYTHONPATH"] = str(ROOT / "benchmarks")
    targets = {"raw": "wall_page:raw", "product": "linli.project.wsgi:application"}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in targets}
    for turn in range(3):
        for index, (name, target) in enumerate(targets.items()):
            found[name].append(served(target, PORT + 2 * turn + index, seconds))
    return {
        name: (statistics.median(rate for rate, _ in rounds), statistics.median(p99 for _, p99 in rounds))
        for name, rounds in found.items()
    }


def raw(environ: dict[str, Any], start: Any) -> Any:
    """The raw page as an application for the server; one connection a thread."""
    if not hasattr(_own, "application"):
        folder = Path(os.environ["LINLI_DATA"])
        _own.application = raw_application((folder / "frame.html").read_text(), folder / "linli.sqlite3")
    return _own.application(environ, start)


_own = threading.local()


def main(
    pages: Annotated[int, typer.Option(help="Pages a round.")] = 2000,
    rounds: Annotated[int, typer.Option(help="Rounds; the median counts.")] = 5,
    seconds: Annotated[float, typer.Option(help="How long the server is asked; 0: not.")] = 3.0,
) -> None:
    """Compare the results, then the times."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "LINLI_DATA": folder,
            "LINLI_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "linli.project.settings",
        }
        sys.path.insert(0, str(ROOT))
        import django

        from linli.web.catalogue import compile_messages

        compile_messages()
        django.setup()
        build()
        from linli.project.wsgi import application as product
        from linli.walls import caching

        shared = caching.shared

        def uncached(environ: dict[str, Any], start: Any) -> Any:
            caching.shared = lambda _request: False
            try:
                return product(environ, start)
            finally:
                caching.shared = shared

        bare = raw_application(call(product), Path(folder) / "linli.sqlite3")
        apps: dict[str, App] = {"raw": bare, "uncached": uncached, "product": product}
        pages_seen = {name: seen(call(application)) for name, application in apps.items()}
        assert len(pages_seen["raw"][0]) == ISSUES
        assert pages_seen["raw"] == pages_seen["uncached"] == pages_seen["product"], pages_seen
        rates: dict[str, list[float]] = {name: [] for name in apps}
        for _ in range(rounds):
            for name, application in apps.items():
                rates[name].append(timed(application, pages if name != "uncached" else pages // 10))
        medians = {name: statistics.median(values) for name, values in rates.items()}
        table = Table("what", "pages/s", "goal", "reached")
        table.add_row("raw page (sqlite3 + formatting)", f"{medians['raw']:,.0f}", "", "")
        table.add_row("product, page not kept", f"{medians['uncached']:,.0f}", "", "")
        table.add_row("product", f"{medians['product']:,.0f}", "", "")
        table.add_row("product / raw, without a server", "", "", f"{medians['product'] / medians['raw']:.2f}")
        table.add_row("product / not kept", "", "≥ 2.4", f"{medians['product'] / medians['uncached']:.1f}")
        if seconds:
            served_rates = both_served(seconds, call(product))
            (raw_rate, _), (rate, p99) = served_rates["raw"], served_rates["product"]
            table.add_row("behind the server: raw", f"{raw_rate:,.0f}", "", "")
            table.add_row("behind the server: product", f"{rate:,.0f}", "≥ 0.25 of raw", f"{rate / raw_rate:.2f}")
            table.add_row(f"p99 at {CONNECTIONS} connections", "", "≤ 10 ms", f"{p99:.1f} ms")
        Console().print(table)


if __name__ == "__main__":
    typer.run(main)
