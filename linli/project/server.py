"""The web server: WSGI, one thread a worker (more threads gain nothing on SQLite)."""

from __future__ import annotations


def run(host: str, port: int) -> None:
    """Serve until stopped."""
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
