"""The demonstration, built once a session (all workers share it) and copied for each test that changes it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
AS_OF = "2026-03-18"
SECRET = "the-secret-of-the-demonstration-in-tests-0123456789"
"""Receipts and sign-in codes follow from it; whoever serves a copy of the folder sets LINLI_SECRET_KEY to it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "demo_template" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.demo)


def linli(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the product on a data folder, in a process of its own."""
    usual = {"LINLI_DATA": str(folder), "LINLI_DEMO": "1", "LINLI_DATABASE_URL": "", "LINLI_DEMO_PASSWORD": ""}
    usual |= {"LINLI_SECRET_KEY": SECRET}
    return subprocess.run(
        [sys.executable, "-m", "linli", *arguments],
        cwd=ROOT,
        env=os.environ | usual | environment,
        capture_output=True,
        text=True,
        timeout=600,
    )


def built(folder: Path, *arguments: str) -> Path:
    """Make a demonstration in `folder` unless another worker has made it already."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "linli.sqlite3").exists():
            done = linli(folder, "demo", "--no-serve", "--data", str(folder), *arguments)
            assert done.returncode == 0, done.stderr
    return folder


def shared(factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this session see."""
    base = factory.getbasetemp()
    return (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "demonstration"


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of one demonstration; tests only read it."""
    return built(shared(tmp_path_factory) / "one", "--as-of", AS_OF)


@pytest.fixture
def demo_database(demo_template: Path, tmp_path: Path) -> Path:
    """A data folder with the demonstration in it, for this test alone."""
    return Path(shutil.copytree(demo_template, tmp_path / "demo"))


@pytest.fixture
def rows(demo_template: Path) -> Any:
    """Ask the demonstration in SQL."""
    import sqlite3

    connection = sqlite3.connect(f"file:{demo_template / 'linli.sqlite3'}?mode=ro", uri=True)
    yield lambda sql, *values: connection.execute(sql, values).fetchall()
    connection.close()
