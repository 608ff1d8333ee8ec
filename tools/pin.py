"""Write the exact versions of every dependency, without naming a registry.

Reads `uv export`; writes `[tool.uv] constraint-dependencies` in pyproject.toml and a hashed requirements.txt.
With `--check`, changes nothing and exits 1 where they differ.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT, REQUIREMENTS = ROOT / "pyproject.toml", ROOT / "requirements.txt"
BLOCK = re.compile(r"\nconstraint-dependencies = \[\n(?:.*\n)*?\]\n")


def exported(*options: str) -> str:
    command = ["uv", "export", "--quiet", "--no-header", "--no-annotate", "--no-emit-project", *options]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def main() -> int:
    pins = [
        line.split(" ;")[0].strip()
        for line in exported("--all-groups", "--no-hashes").splitlines()
        if re.match(r"^[A-Za-z0-9._-]+==", line)
    ]
    block = "\nconstraint-dependencies = [\n" + "".join(f'    "{pin}",\n' for pin in pins) + "]\n"
    project = PROJECT.read_text()
    if BLOCK.search(project):
        changed = BLOCK.sub(lambda _found: block, project)
    else:
        changed = project.replace("[tool.uv]\n", f"[tool.uv]{block}", 1)
    requirements = exported("--no-dev", "--all-extras")
    if "--check" in sys.argv:
        return int(changed != project or requirements != REQUIREMENTS.read_text())
    PROJECT.write_text(changed)
    REQUIREMENTS.write_text(requirements)
    return 0


if __name__ == "__main__":
    sys.exit(main())
