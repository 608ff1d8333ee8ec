"""Eight clients at once on a database of their own, copied from the small subdistrict; PostgreSQL only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from linli.lib.errors import Refusal, Repeated
from linli.project.invariants import invariants
from tests.world import NOW, World

CLIENTS = 8
HERE = Path(__file__).parent
ONE_WRITER = "SQLite has one writer at a time: run `linli test --engine postgresql`"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in Path(str(item.fspath)).parents:
            item.add_marker(pytest.mark.django_db)
            if connection.vendor != "postgresql":
                item.add_marker(pytest.mark.skip(reason=ONE_WRITER))


class Town(World):
    """The small subdistrict in a database that all threads see; what is done there stays until the test ends."""

    def at_once(self, *works: Callable[[], Any]) -> list[Any]:
        """Start all works at the same moment, each on a connection of its own; return their results in order.

        A refusal and a repeated key are results; anything else that is raised fails the test.
        """
        start = Barrier(len(works))

        def run(work: Callable[[], Any]) -> Any:
            connection.ensure_connection()
            start.wait(30)
            try:
                return work()
            except (Refusal, Repeated) as told:
                return told
            finally:
                connection.close()

        with ThreadPoolExecutor(len(works)) as pool:
            return [done.result(60) for done in [pool.submit(run, work) for work in works]]

    def eight(self, work: Callable[[int], Any]) -> list[Any]:
        """Do `work` eight times at the same moment, with the number of the client."""
        return self.at_once(*(lambda number=number: work(number) for number in range(CLIENTS)))

    def eight_posts(self, address: str, data: dict[str, Any], user: Any = None) -> list[tuple[int, str, bytes]]:
        """Send one form eight times at once; return status, target and content of each answer."""
        clients = [Client() for _ in range(CLIENTS)]
        for client in clients:
            if user:
                client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

        def send(number: int) -> tuple[int, str, bytes]:
            answer = clients[number].post(address, data)
            return answer.status_code, answer.headers.get("Location", ""), answer.content

        return self.eight(send)


def broken() -> dict[str, list[str]]:
    """What `linli verify` finds in the database."""
    return {truth.code: lines for truth in invariants() if (lines := truth.find())}


@pytest.fixture
def _django_db_helper(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Give the test a copy of the database instead of a transaction, which other threads would not see."""
    settings = connection.settings_dict
    with django_db_blocker.unblock():
        template, copy = settings["NAME"], f"{settings['NAME']}_parallel"
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
        connection.close()
        settings["NAME"] = copy
        yield
        connection.close()
        settings["NAME"] = template
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    """The small subdistrict for many threads; afterwards every invariant is looked at."""
    with time_machine.travel(NOW, tick=False):
        yield Town()
        assert broken() == {}
