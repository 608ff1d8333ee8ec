"""`linli demo`: wrong use is one sentence; an interrupted load leaves nothing; other data is left alone."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time

import pytest

from linli.demo import commands
from linli.demo.policy.days import parse_day
from linli.demo.policy.logins import LOGINS, code_at
from linli.lib.errors import Refusal
from linli.project.cli import _option
from tests.demo.conftest import ROOT, linli


def refused(done) -> str:
    """The one sentence of a refusal."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize("day", ["2026-02-30", "gestern", "2026/03/18", "1999-01-01", "2100-01-01", ""])
def test_a_day_that_cannot_be(day):
    with pytest.raises(Refusal, match="--as-of"):
        parse_day(day)


@pytest.mark.parametrize("password", ["short", "1234567890", "password123"])
def test_a_password_that_is_too_weak(password):
    with pytest.raises(Refusal, match="--password"):
        commands._password(password)


@pytest.mark.parametrize("number", [0, -1, 100])
def test_a_number_of_subdistricts_that_cannot_be(number):
    with pytest.raises(Refusal, match="--subdistricts"):
        commands._count(number)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("127.0.0.1", 0), ("no.such.host.invalid", 8000)])
def test_an_address_that_cannot_be_served(host, port):
    with pytest.raises(Refusal, match="--port"):
        commands._free(host, port)


def test_a_port_that_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refusal, match=str(port)):
            commands._free("127.0.0.1", port)
    commands._free("127.0.0.1", port)


def test_wrong_use_is_one_sentence_and_exit_code_2(tmp_path):
    assert "2026-02-30" in refused(linli(tmp_path, "demo", "--no-serve", "--as-of", "2026-02-30"))
    assert "--password" in refused(linli(tmp_path, "demo", "--no-serve", LINLI_DEMO_PASSWORD="short"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    where = str(tmp_path / "file" / "data")
    assert where in refused(linli(tmp_path, "demo", "--no-serve", f"--data={where}"))


def test_the_folder_is_read_in_both_forms():
    for words in (["demo", "--data", "x"], ["demo", "--data=x"], ["demo", "--data=y", "--no-serve", "--data", "x"]):
        assert _option(words, "--data") == "x"
    assert _option(["demo", "--data"], "--data") == ""


def test_what_is_no_database_is_left_alone(tmp_path):
    (tmp_path / "linli.sqlite3").write_bytes(b"some notes of somebody" * 100)
    refused(linli(tmp_path, "demo", "--no-serve"))
    assert (tmp_path / "linli.sqlite3").read_bytes() == b"some notes of somebody" * 100


@pytest.mark.parametrize("sql", ["CREATE TABLE other (a)", ""])
def test_a_database_of_something_else_is_left_alone(tmp_path, sql):
    with sqlite3.connect(tmp_path / "linli.sqlite3") as connection:
        connection.execute(sql or "CREATE TABLE audit_event (id, action)")
    before = (tmp_path / "linli.sqlite3").read_bytes()
    assert "linli.sqlite3" in refused(linli(tmp_path, "demo", "--no-serve"))
    assert (tmp_path / "linli.sqlite3").read_bytes()[100:] == before[100:]


def test_an_interrupted_load_leaves_nothing_that_counts(tmp_path):
    environment = os.environ | {"LINLI_DATABASE_URL": "", "LINLI_DEMO_PASSWORD": ""}
    command = [sys.executable, "-m", "linli", "demo", "--no-serve", f"--data={tmp_path}"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    making = tmp_path / "linli.sqlite3.making"
    for _ in range(3600):  # a busy machine takes its time to start; a process that ended says so below
        if process.poll() is not None or (making.exists() and making.stat().st_size > 200_000):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert making.exists()
    assert not (tmp_path / "linli.sqlite3").exists()
    assert not (tmp_path / "demo.json").exists()


def test_the_code_of_the_second_factor_is_that_of_the_standard():
    # RFC 6238, appendix B: SHA-1, secret "12345678901234567890", the last six of eight digits
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [code_at(secret, at) for at in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


@pytest.mark.demo
def test_a_second_run_goes_on_with_what_is_there(demo_database):
    from tests.demo.digest import digest

    before = digest(demo_database)
    done = linli(demo_database, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert digest(demo_database) == before
    kept = json.loads((demo_database / "demo.json").read_text())
    assert kept["password"] in done.stdout
    for login in LOGINS:
        assert login.name in done.stdout
        assert (login.secret in done.stdout) is login.staff
    assert all(receipt in done.stdout for receipt in kept["receipts"].values())


@pytest.mark.demo
def test_a_wish_that_the_demonstration_does_not_meet_is_refused(demo_database):
    wishes = ["--as-of", "2026-03-19", "--subdistricts", "2", "--password", "another-long-one"]
    sentence = refused(linli(demo_database, "demo", "--no-serve", *wishes))
    assert all(option in sentence for option in wishes[::2])
    assert linli(demo_database, "demo", "--no-serve", "--as-of", "2026-03-18").returncode == 0
