"""A PostgreSQL of its own that can be killed: every process at once, without a word."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path


class Cluster:
    """A cluster on a socket in a temporary folder, with fsync on; `url` is for LINLI_DATABASE_URL."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="linli-kill-"))
        self.data = self.folder / "data"
        self.user: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.folder, "postgres")
            self.user = ["runuser", "-u", "postgres", "--"]
        self._run("initdb", "-U", "linli", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.url = f"postgresql://linli@%2F{str(self.folder).strip('/').replace('/', '%2F')}/postgres"
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.user, str(self.programs / program), "-D", str(self.data), *arguments]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        settings = f"-c listen_addresses='' -c unix_socket_directories={self.folder}"
        log = self.folder / "log"
        try:
            self._run("pg_ctl", "-w", "-t", "120", "-o", settings, "-l", str(log), "start")
        except subprocess.CalledProcessError as fault:
            raise RuntimeError(log.read_text()[-1000:]) from fault

    def kill(self) -> None:
        """Kill the first process and all its children; return when none is left."""
        note = self.data / "postmaster.pid"
        first = int(note.read_text().split()[0])
        os.kill(first, signal.SIGSTOP)  # no child is born while the others are counted
        family = [first, *(pid for pid, (_state, parent) in _processes().items() if parent == first)]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while [pid for pid in family if _processes().get(pid, ("Z", 0))[0] != "Z"]:
            time.sleep(0.02)
        for left in (note, self.folder / ".s.PGSQL.5432.lock"):
            left.unlink()  # a dead process that nobody has buried yet looks alive to PostgreSQL

    def remove(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def _processes() -> dict[int, tuple[str, int]]:
    """State and parent of every process."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            found[int(stat.parent.name)] = (state, int(parent))
    return found
