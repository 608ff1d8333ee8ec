"""Size budgets: files, functions, policy modules."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "linli"
FILES = [file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts]


def lines(file: Path) -> int:
    return len(file.read_text().splitlines())


def percentile(sizes: list[int]) -> int:
    return sorted(sizes)[int(len(sizes) * 0.95)]


def test_files_are_short():
    assert [f"{f.relative_to(PACKAGE)}: {lines(f)}" for f in FILES if lines(f) > 500] == []
    assert percentile([lines(file) for file in FILES]) <= 300


def test_policy_modules_are_short():
    policy = [file for file in FILES if "policy" in file.parts]
    assert [f"{f.relative_to(PACKAGE)}: {lines(f)}" for f in policy if lines(f) > 150] == []


def test_functions_are_short():
    sizes = [
        (node.end_lineno or 0) - node.lineno + 1
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
    ]
    assert percentile(sizes) <= 40


def test_no_drawer_names():
    drawers = {"helpers", "utils", "common", "manager", "processor", "misc"}
    assert [str(f.relative_to(PACKAGE)) for f in FILES if drawers & set(f.with_suffix("").parts)] == []
