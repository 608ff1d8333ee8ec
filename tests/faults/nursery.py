"""A server that is born again quickly: the application is loaded once, and each server is a fork of that process.

Run as `python -m tests.faults.nursery`, with LINLI_DATA and perhaps LINLI_DATABASE_URL. It makes the small
subdistrict, prints its port and the code of a wall, and for each line that it reads forks a server of the real WSGI
application on that port and prints its process number. Whoever started it kills the servers.
"""

from __future__ import annotations

import os
import socket
import sys
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        pass


class Server(WSGIServer):
    def handle_error(self, *_about: object) -> None:
        """Say nothing of a visitor who is gone."""


def say(*words: object) -> None:
    print(*words, flush=True)


def serve(listening: socket.socket, application: object) -> None:
    """Answer requests until killed."""
    server = Server(listening.getsockname(), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket, server.server_name, server.server_port = listening, *listening.getsockname()
    server.setup_environ()
    server.set_app(application)
    server.serve_forever(poll_interval=0.01)


def main() -> None:
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from linli.project.wsgi import application
    from linli.web.catalogue import compile_messages
    from tests.world import World, build

    compile_messages()
    call_command("migrate", verbosity=0)
    build()
    wall = World().wall("BY1").code
    warm = Client(headers={"host": "localhost"}).post(f"/walls/{wall}/report/", {})
    assert warm.status_code == 422, "every part is loaded before the first fork"
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    connections.close_all()
    say(listening.getsockname()[1], wall)
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                serve(listening, application)
            finally:
                os._exit(1)
        say(child)
        os.waitpid(child, 0)


if __name__ == "__main__":
    os.environ.update(LINLI_DEMO="1", DJANGO_SETTINGS_MODULE="linli.project.settings")
    django.setup()
    main()
