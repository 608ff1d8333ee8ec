"""In a narrow frame each row of a table is a card: a cell after the first has to say what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LINLI = Path(__file__).resolve().parents[2] / "linli"
TABLE = re.compile(r'<div class="scroll".*?</table>', re.DOTALL)
LEFT_AS_TABLE = re.compile(r'<table class="(tight|sheet)')
ROW, CELL = re.compile(r"<tr\b.*?</tr>", re.DOTALL), re.compile(r"<t[dh]\b(?:{[%{].*?[%}]}|[^>])*>")


def tables() -> list[tuple[str, str]]:
    found = []
    for template in sorted(LINLI.rglob("templates/**/*.html")):
        text = template.read_text("utf-8")
        found += [(template.name, table) for table in TABLE.findall(text) if not LEFT_AS_TABLE.search(table)]
    return found


def unlabelled(table: str) -> list[str]:
    """Return the cells after the first without a label; what is marked as words says itself what it is."""
    body = re.sub(r"<thead.*?</thead>", "", table, flags=re.DOTALL)
    cells = [cell for row in ROW.findall(body) for cell in CELL.findall(row)[1:]]
    return [cell for cell in cells if not ("data-label" in cell or 'class="words"' in cell)]


def test_there_are_tables():
    assert len(tables()) > 10


@pytest.mark.parametrize(("name", "table"), tables(), ids=lambda each: each if each.endswith(".html") else "")
def test_cells_say_what_they_are(name: str, table: str):
    assert not unlabelled(table), f"{name}: data-label is missing"
