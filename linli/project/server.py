"""The web server: WSGI, one thread a worker (more threads gain nothing on SQLite)."""

from __future__ import annotations

from django.conf import settings


def run(host: str, port: int) -> None:
    """Serve until stopped."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "linli.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
    ).serve()
