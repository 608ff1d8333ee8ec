"""kill -9 in a loop: what was acknowledged is kept, what was not is there whole or not at all, a retry has one effect.

A server is killed at a moment of chance, a hundred times, while a visitor sends reports one after the other; on
PostgreSQL all processes of the database die with every tenth server. A report counts as acknowledged when its answer
arrived. What this does not show: the loss of power, where the disk itself may have told an untruth.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from linli.project.testing import _programs
from tests.faults.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 100
AHEAD = 3
"""Reports that a server can take in at most, about, before it is killed."""
TOKEN = "t" * 32
FACTS = """
import json
from linli.audit.models import Event
from linli.walls.models import Issue, Posting
print(json.dumps({"texts": list(Issue.objects.values_list("text", flat=True)),
                  "refs": [issue.ref for issue in Issue.objects.all()],
                  "events": list(Event.objects.filter(action="issue.report").values_list("ref", flat=True)),
                  "postings": Posting.objects.count()}))
"""


class Town:
    """The nursery, the server that is alive, and the visitor's notes."""

    def __init__(self, data: Path, url: str) -> None:
        self.env = os.environ | {"LINLI_DATA": str(data), "LINLI_DEMO": "1", "LINLI_DATABASE_URL": url}
        pipe = subprocess.PIPE
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"], cwd=ROOT, env=self.env, stdin=pipe, stdout=pipe, text=True
        )
        port, self.wall = self._heard().split()
        self.port = int(port)
        self.acknowledged: list[str] = []
        self.open: list[str] = []
        self.server, self.dead = 0, True
        self.client = http.client.HTTPConnection("127.0.0.1", self.port)

    def _heard(self) -> str:
        assert self.nursery.stdout
        heard = self.nursery.stdout.readline()
        assert heard, "the nursery died; its words stand above"
        return heard

    def born(self) -> None:
        assert self.nursery.stdin
        self.nursery.stdin.write("\n")
        self.nursery.stdin.flush()
        self.server, self.dead = int(self._heard()), False

    def killed(self) -> None:
        """Kill the server; the visitor, whose connection waits at the door for the next one, is told."""
        os.kill(self.server, signal.SIGKILL)
        self.dead = True
        with contextlib.suppress(OSError, AttributeError):
            self.client.sock.shutdown(socket.SHUT_RDWR)

    def send(self, key: str) -> bool:
        """Send the report `key`; tell whether it was acknowledged."""
        form = {"category": "rubbish", "text": f"灯坏了 {key}", "key": key, "csrfmiddlewaretoken": TOKEN}
        headers = {"Cookie": f"csrftoken={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
        self.client = client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            client.connect()
            if self.dead:
                return False
            client.request("POST", f"/walls/{self.wall}/report/", urllib.parse.urlencode(form), headers)
            answer = client.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            client.close()
        assert answer.status in {302, 500}, f"{answer.status}: neither received nor failed"
        return answer.status == 302

    def send_until_it_dies(self, keys: Iterator[str]) -> None:
        """Send what is open, then new reports, until one is not acknowledged; that one stays open."""
        while True:
            key = self.open[0] if self.open else next(keys)
            if not self.send(key):
                self.open = [key]
                return
            self.acknowledged.append(key)
            self.open = []

    def linli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "linli", *arguments], cwd=ROOT, env=self.env, capture_output=True, text=True
        )

    def end(self) -> None:
        if not self.dead:
            self.killed()
        self.nursery.kill()
        self.nursery.wait()


def rounds(town: Town, die: Callable[[int], None]) -> None:
    """Let a hundred servers be born and die at a moment of chance."""
    chance, keys = (
        random.Random("kill -9"),
        ("report-" + "".join(letters) for letters in itertools.product("abcdefghij", repeat=16)),
    )
    begun = time.monotonic()
    town.born()
    for key in itertools.islice(keys, AHEAD):
        assert town.send(key), "the first server answers"
        town.acknowledged.append(key)
    longest = time.monotonic() - begun
    town.killed()
    for number in range(ROUNDS):
        if len(town.acknowledged) < AHEAD + number * 0.7:  # others use the machine: it takes longer to be born
            longest *= 1.2
        town.born()

        def kill(number: int = number) -> None:
            try:
                if number % 10 == 9:
                    die(number)
            finally:
                town.killed()

        clock = threading.Timer(chance.uniform(0, longest), kill)
        clock.start()
        town.send_until_it_dies(keys)
        clock.join()
    town.born()
    for key in town.open:
        assert town.send(key), "the last server answers"
        town.acknowledged.append(key)
    town.killed()


def judge(town: Town) -> None:
    told = town.linli("shell", "--no-imports", "-c", FACTS)
    facts: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    kept, acknowledged = [text.split()[-1] for text in facts["texts"]], town.acknowledged
    print(f"{ROUNDS} rounds, {len(acknowledged)} acknowledged, {len(set(acknowledged) - set(kept))} lost")
    assert len(acknowledged) > ROUNDS // 2, "the servers lived long enough to receive something"
    assert len(set(acknowledged)) == len(acknowledged)
    assert set(acknowledged) - set(kept) == set(), "acknowledged and lost"
    assert len(kept) == len(set(kept)), "a report twice"
    assert sorted(facts["events"]) == sorted(facts["refs"]), "half a report"
    assert facts["postings"] == len(kept), "half a report"
    verified = town.linli("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the run on SQLite does this one")
def test_a_hundred_deaths_of_the_server_on_sqlite(tmp_path: Path):
    town = Town(tmp_path, "")
    try:
        rounds(town, lambda _number: None)
        judge(town)
    finally:
        town.end()


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the run on PostgreSQL does this one")
def test_a_hundred_deaths_of_the_server_and_ten_of_the_database_on_postgresql(tmp_path: Path):
    programs = _programs()
    assert programs
    cluster = Cluster(programs)
    try:
        town = Town(tmp_path, cluster.url)
        try:

            def die(_number: int) -> None:
                cluster.kill()
                cluster.start()

            rounds(town, die)
            judge(town)
        finally:
            town.end()
    finally:
        cluster.remove()
