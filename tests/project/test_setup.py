from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from linli.access.roles import Role
from linli.accounts import services as accounts
from linli.accounts.models import RoleGrant
from linli.lib.errors import Refusal
from linli.members.models import MemberClass
from linli.organisations.models import Body
from linli.places.models import Place
from linli.project import checks, setup


def linli(folder, *arguments, **env):
    base = {k: v for k, v in os.environ.items() if not k.startswith(("LINLI_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "linli", *arguments],
        env=base | {"LINLI_DATA": str(folder)} | env,
        capture_output=True,
        text=True,
    )


def test_an_installation_with_bodies_is_left_alone(world):
    bodies = Body.objects.count()
    with pytest.raises(Refusal) as refused:
        setup.begin("望江街道", "WJ", "op")
    assert refused.value.code == "init-again"
    assert Body.objects.count() == bodies


@pytest.mark.parametrize(
    "given",
    [
        ("", "WJ", "op"),
        ("望江街道", "望江", "op"),
        ("望江街道", "WJ", "o p"),
        ("望江街道", "", "op"),
        ("望" * 61, "WJ", "op"),
        ("望江街道", "w" * 41, "op"),
        ("望江街道", "WJ", "o" * 151),
    ],
)
def test_what_is_refused(world, given, monkeypatch):
    monkeypatch.setattr(Body.objects, "exists", lambda: False)
    with pytest.raises(Refusal):
        setup.begin(*given)


def test_the_operator_can_begin(world, monkeypatch):
    monkeypatch.setattr(Body.objects, "exists", lambda: False)
    slip = setup.begin("望江街道", "WJ", "op")
    grant = RoleGrant.objects.get(user=slip.user)
    assert (grant.role, grant.body.code) == (Role.OPERATOR, "WJ")
    assert Place.objects.get(code="WJ").kind == "subdistrict"
    assert MemberClass.objects.count() == 5, "without classes no roster could be read"
    user = accounts.use_invitation(code=slip.code, password="x" * 12, by=world.by, now=world.now, key=world.key())
    assert user.username == "op"


def test_all_or_nothing(world, monkeypatch):
    monkeypatch.setattr(Body.objects, "exists", lambda: False)
    with pytest.raises(Refusal):
        setup.begin("望江街道", "WJ", "member")
    assert not Place.objects.filter(code="WJ").exists()


@pytest.mark.slow
def test_from_nothing_to_a_printed_code(tmp_path):
    env = {"LINLI_SECRET_KEY": "k" * 60, "LINLI_DATABASE_URL": ""}
    first = linli(tmp_path / "new", "init", "--name", "望江街道", "--code", "WJ", "--operator", "op", **env)
    assert first.returncode == 0, first.stderr
    again = linli(tmp_path / "new", "init", "--name", "望江街道", "--code", "WJ", "--operator", "op", **env)
    assert again.returncode == 2
    assert len(again.stderr.splitlines()) == 1
    ready = linli(tmp_path / "new", "check", LINLI_ALLOWED_HOSTS="linli.example", **env)
    assert ready.returncode == 0, ready.stdout
    with closing(sqlite3.connect(tmp_path / "new" / "linli.sqlite3")) as base:
        for table in ("members_memberclass", "activities_kind", "points_indicator", "rules_specialday"):
            assert base.execute(f"SELECT count(*) FROM {table}").fetchone()[0], f"{table} is empty: work cannot begin"


@pytest.mark.parametrize("command", ["serve", "worker", "init"])
def test_without_a_secret_one_line_is_said(tmp_path, command):
    done = linli(tmp_path, command)
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["缺少 LINLI_SECRET_KEY：请设成 50 个以上的随机字符。"]


def test_check_names_what_is_missing(tmp_path):
    done = linli(tmp_path / "new", "check", LINLI_DATABASE_URL="sqlite:////proc/nothing/db.sqlite3")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    wrong = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert len(wrong) == 3
    assert "LINLI_SECRET_KEY" in wrong[0]
    assert "LINLI_ALLOWED_HOSTS" in wrong[1]
    assert "LINLI_DATABASE_URL" in wrong[2]


def test_pending_migrations_are_counted(db, monkeypatch):
    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", lambda *_: [1, 2])
    assert any("2" in finding.words and not finding.fine for finding in checks._database())


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert str(blocked / "data") in checks._folder(blocked / "data").words
    assert not checks._folder(blocked / "data").fine
