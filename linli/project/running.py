"""Commands that run the house: serve, worker, tick, verify."""

from __future__ import annotations

import json
import time
from typing import Annotated

import typer
from django.utils.translation import gettext

from linli.lib.clock import now as wall_clock
from linli.lib.clock import parse_moment
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

MINUTE, DAY = 60, 86_400


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command in (serve, worker, tick, verify):
        app.command()(command)


def serve(host: str = "127.0.0.1", port: Annotated[int, typer.Option(min=1, max=65535)] = 8000) -> None:
    """Serve the web pages."""
    from linli.project.server import run

    run(host, port)


def worker(every: Annotated[int, typer.Option(min=1, max=DAY, help="Seconds between rounds.")] = MINUTE) -> None:
    """Do all due work again and again, until stopped."""
    while True:
        _round(None)
        time.sleep(every)


def tick(now: Annotated[str, typer.Option(help="Moment to act for, ISO 8601; default: now.")] = "") -> None:
    """Do one round of all due work."""
    if not _round(now):
        raise typer.Exit(1)


def _round(moment: str | None) -> bool:
    from linli.project import timetable

    try:
        at = parse_moment(moment) if moment else wall_clock()
    except ValueError:
        raise Refusal(
            "moment",
            gettext_noop("--now %(text)s is not a moment; write it like 2026-03-18T10:00."),
            text=moment,
        ) from None
    done = timetable.tick(at)
    for job in done:
        if job.count or job.failure:
            typer.echo(f"{job.name}: {job.failure or job.count}")
    if not any(job.count or job.failure for job in done):
        typer.echo(gettext("Nothing was due."))
    return not any(job.failure for job in done)


def verify(
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,  # noqa: FBT002 -- typer
    witness: Annotated[
        list[str] | None, typer.Option(help="SIZE:ROOT or SIZE:CODE as printed on a bulletin; can be repeated.")
    ] = None,
) -> None:
    """Check every invariant on the live data; exit code 1 when one is broken."""
    from linli.audit.verify import witnessed
    from linli.project.invariants import invariants

    truths = [*invariants(), *([witnessed(witness)] if witness else [])]
    results = [(truth, truth.find()) for truth in truths]
    broken = sum(bool(lines) for _truth, lines in results)
    if as_json:
        rows = [{"code": t.code, "words": gettext(t.words), "breaches": lines} for t, lines in results]
        typer.echo(json.dumps({"broken": broken, "invariants": rows}, ensure_ascii=False, indent=2))
    else:
        for truth, lines in results:
            typer.echo(f"{'✗' if lines else '✓'} {truth.code}: {gettext(truth.words)}")
            for line in lines[:20]:
                typer.echo(f"    {line}")
        typer.echo(gettext("%(sound)d hold, %(broken)d broken.") % {"sound": len(results) - broken, "broken": broken})
    if broken:
        raise typer.Exit(1)
