"""Reporting an issue, against a bare Django POST with one insert: the same process, file and settings of SQLite.

    uv run python benchmarks/report_issue.py [--posts 300] [--rounds 5]

`bare` is Django without middleware: a view that saves one row of the posted text. `product` is the whole stack:
CSRF, form, masking, number, deadlines by the working calendar, receipt, public record, outbox, audit event,
redirect. `stack` is in between: middleware, CSRF, wall and form of the product around one insert compiled once.
What it loses of the processor, no report can win back without another stack.

All commit durably (synchronous=FULL). Before times are compared, each must have saved every text once and in
order, and the product must have written its other rows. Times are of the clock, and of the processor alone: the
first holds the waiting for the disk.
"""

from __future__ import annotations

import io
import os
import re
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import typer
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
PAGE = "/walls/Y1/report/"
type App = Callable[[dict[str, Any], Any], Any]
urlpatterns: list[Any] = []
"""Addresses of the bare application; this module is its URL map."""


def message(key: str, text: str, audience: str) -> Any:
    """Return the one row, unsaved."""
    from django.utils import timezone

    from linli.notify.models import Message

    now = timezone.now()
    return Message(cause=key, audience=audience, subject="", body=text, next_try=now, made_at=now)


def bare_view(request: Any) -> Any:
    """Save one row of what was posted."""
    from django.http import HttpResponseRedirect

    message(request.POST["key"], request.POST["text"], "bare").save(force_insert=True)
    return HttpResponseRedirect("/")


def stack_view(request: Any, code: str) -> Any:
    """Save one row of what the form of the product found in order."""
    from django.http import HttpResponseRedirect

    from linli.store.statements import insert
    from linli.walls.forms import ReportForm
    from linli.walls.queries.public import wall_or_404

    wall_or_404(code)
    form = ReportForm(request.POST, request.FILES)
    assert form.is_valid(), form.errors
    insert(message(form.cleaned_data["key"], form.cleaned_data["text"], "stack"))
    return HttpResponseRedirect("/")


def send(application: App, payload: dict[str, str], cookie: str = "") -> None:
    body = urlencode(payload).encode()
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": PAGE,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    answer = application(environ, lambda status, _headers, *_more: said.append(status))
    b"".join(answer)
    answer.close()
    assert said[0].startswith("302"), said


def bare_application() -> App:
    """Return Django with one view and no middleware."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.urls import path

    urlpatterns[:] = [path(PAGE.lstrip("/"), bare_view)]
    kept, settings.MIDDLEWARE = settings.MIDDLEWARE, []
    handler = WSGIHandler()
    settings.MIDDLEWARE = kept

    def application(environ: dict[str, Any], start: Any) -> Any:
        settings.ROOT_URLCONF = __name__
        try:
            return handler(environ, start)
        finally:
            settings.ROOT_URLCONF = "linli.project.urls"

    return application


def stack_application(product: App) -> App:
    """Return the product with `stack_view` in the place of its own."""
    from linli.walls.urls import urlpatterns as addresses
    from linli.web.access import Need, page

    address: Any = next(each for each in addresses if each.name == "report")
    own, other = address.callback, page(Need.PUBLIC, "POST")(stack_view)

    def application(environ: dict[str, Any], start: Any) -> Any:
        address.callback = other
        try:
            return product(environ, start)
        finally:
            address.callback = own

    return application


def payloads(texts: list[str]) -> list[dict[str, str]]:
    return [{"key": uuid.uuid4().hex, "category": "rubbish", "text": text} for text in texts]


def main(
    posts: Annotated[int, typer.Option(help="Posts a round.")] = 300,
    rounds: Annotated[int, typer.Option(help="Rounds; the median counts.")] = 5,
) -> None:
    """Compare the results, then the times."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LINLI_DATA": folder, "LINLI_DEMO": "1", "DJANGO_SETTINGS_MODULE": "linli.project.settings"}
        sys.path.insert(0, str(ROOT))
        sys.modules["report_issue"] = sys.modules[__name__]
        import django

        django.setup()
        from django.core.management import call_command
        from django.test import Client

        call_command("migrate", verbosity=0)
        from linli.audit.models import Event
        from linli.notify.models import Message
        from linli.project.wsgi import application as product
        from linli.walls.models import Issue, IssueEvent
        from tests import world

        world.build()
        page = (client := Client(HTTP_HOST="127.0.0.1")).get(PAGE).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        cookie = f"csrftoken={client.cookies['csrftoken'].value}"
        applications: dict[str, App] = {
            "bare": bare_application(),
            "stack": stack_application(product),
            "product": product,
        }
        texts = [f"{number}号单元的路灯坏了,晚上看不见台阶。" for number in range(posts)]
        clock: dict[str, list[float]] = {name: [] for name in applications}
        processor: dict[str, list[float]] = {name: [] for name in applications}
        for turn in range(rounds):
            for name, application in applications.items():
                sent = payloads(texts)
                begun, used = time.perf_counter(), time.process_time()
                for payload in sent:
                    send(application, payload | {"csrfmiddlewaretoken": token}, cookie)
                clock[name].append(posts / (time.perf_counter() - begun))
                processor[name].append(posts / (time.process_time() - used))
            if turn == 0:
                messages = Message.objects.order_by("pk").values_list("body", flat=True)
                shown = list(Issue.objects.order_by("pk").values_list("public_text", flat=True))
                assert list(messages.filter(audience="bare")) == list(messages.filter(audience="stack")) == texts
                assert shown == texts
                reports = Event.objects.filter(action="issue.report").count()
                told = messages.filter(audience="body:BY1").count()
                assert IssueEvent.objects.count() == reports == told == posts
        table = Table("what", "posts/s", "of the processor", "goal", "reached")
        medians = {name: (statistics.median(clock[name]), statistics.median(processor[name])) for name in clock}
        for name, (by_clock, by_processor) in medians.items():
            table.add_row(name, f"{by_clock:,.0f}", f"{by_processor:,.0f}", "", "")
        for name, goal in (("stack", ""), ("product", "≥ 0.6")):
            by_clock, by_processor = (medians[name][kind] / medians["bare"][kind] for kind in (0, 1))
            table.add_row(f"{name} / bare", f"{by_clock:.2f}", f"{by_processor:.2f}", goal, f"{by_clock:.2f}")
        Console().print(table)


if __name__ == "__main__":
    typer.run(main)
