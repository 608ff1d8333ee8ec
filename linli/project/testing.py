"""`linli test`: the whole suite, on SQLite, or on a private PostgreSQL where its programs are found.

`linli test [--engine sqlite|postgresql] [arguments of pytest]`. Without `-n` it uses all processors.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENGINE = "--engine"
WRONG_USE = 2


def run_tests(arguments: list[str]) -> int:
    """Run pytest with `arguments`; return its exit code. Exit 2 in one sentence where it cannot run."""
    if importlib.util.find_spec("pytest") is None:
        sys.stderr.write("The test tools are not installed: run `uv sync` in a clone of the repository.\n")
        return WRONG_USE
    rest = list(arguments)
    engine = "sqlite"
    if ENGINE in rest[:-1]:
        at = rest.index(ENGINE)
        engine = rest[at + 1]
        del rest[at : at + 2]
    if not any(word.startswith("-n") for word in rest):
        rest = ["-n", str(os.cpu_count() or 1), "--dist", "worksteal", *rest]
    if engine == "sqlite":
        return _pytest(rest)
    if engine != "postgresql":
        sys.stderr.write(f"--engine {engine} is unknown: give sqlite or postgresql.\n")
        return WRONG_USE
    programs = _programs()
    if programs is None:
        sys.stderr.write("PostgreSQL is not installed (Debian package: postgresql): nothing was tested on it.\n")
        return WRONG_USE
    with _cluster(programs) as url:
        os.environ["LINLI_DATABASE_URL"] = url
        return _pytest(rest)


def _pytest(arguments: list[str]) -> int:
    import pytest

    return int(pytest.main(arguments))


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return homes[-1].parent if homes else None


@contextmanager
def _cluster(programs: Path) -> Iterator[str]:
    """Start a private cluster on a socket in a temporary folder, and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="linli-pg-"))
    data = folder / "data"
    user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        user = ["runuser", "-u", "postgres", "--"]
    settings = f"-c fsync=off -c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=60"

    def run(*command: str) -> None:
        subprocess.run([*user, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)  # noqa: S603 -- our words

    run(str(programs / "initdb"), "-D", str(data), "-U", "linli", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    control = str(programs / "pg_ctl")
    run(control, "-D", str(data), "-w", "-o", settings, "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://linli@%2F{str(folder).strip('/').replace('/', '%2F')}/postgres"
    finally:
        run(control, "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
