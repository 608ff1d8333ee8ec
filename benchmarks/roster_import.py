"""Roster of 1,017 and of 100,000 rows, every row checked: against bare reading by calamine, and openpyxl row by row.

The reference "openpyxl row by row" reads each row with openpyxl (read-only) and checks it with the same readers and
rules, one row at a time. Results are compared first. Run: uv run python benchmarks/roster_import.py [ROWS …]
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import openpyxl
from python_calamine import CalamineWorkbook

from linli.files.policy.workbook import read_tables
from linli.members.policy.columns import COLUMNS
from linli.members.policy.export import HEADER_ROW, SHEET, write_roster
from linli.members.policy.reading import BLANK, field_readers
from linli.members.policy.roster import RosterRead, read_roster
from linli.members.policy.rows import FIELDS, RosterRow
from linli.members.policy.rules import check_rows
from linli.members.policy.vocabulary import CLASSES

SIZES = [int(rows) for rows in sys.argv[1:]] or [1_017, 100_000]
ROUNDS = 5
TODAY = date(2026, 1, 1)
BODIES = {f"ZB-{number:02}": f"测试第{number}党支部" for number in range(28)}


def make_rows(count: int) -> list[RosterRow]:
    """Invented members; every thousandth joined before the 18th birthday, so that there is something to find."""
    codes, classes = list(BODIES), list(CLASSES)
    rows = []
    for number in range(count):
        born = date(1950, 1, 1) + timedelta(number * 7 % 17000)
        joined = born + timedelta(17 * 365 if number % 1000 == 0 else 19 * 365 + number % 2000)
        rows.append(
            RosterRow(
                f"DY{number:07}", "测" + chr(0x4E00 + number % 5000) + chr(0x5E00 + number // 5000),
                ("male", "female")[number % 2], born, ("college", "bachelor", "senior")[number % 3], joined,
                joined + timedelta(366), "full", classes[number % 4], codes[number % 28], f"138{number:08}", (), None,
            )
        )  # fmt: skip
    return rows


def read_bare(data: bytes) -> list[list[object]]:
    """Read the cells, no more."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def read_and_check(data: bytes) -> RosterRead:
    """Do what an import does before it saves: safety of the file, header, every cell, every rule."""
    return read_roster(read_tables(data, "roster.xlsx"), today=TODAY, organisations=BODIES)


def read_by_row(data: bytes) -> tuple[list[RosterRow], list[str]]:
    """Do the same for each row that openpyxl gives."""
    readers = field_readers(TODAY, BODIES, CLASSES, "")
    places = {SHEET: {column.field: place for place, column in enumerate(COLUMNS)}}
    rows, found = [], []
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True).active
    for line, cells in enumerate(sheet.iter_rows(min_row=HEADER_ROW + 2, values_only=True), HEADER_ROW + 2):
        row = RosterRow(*_values(cells, readers, places[SHEET]), SHEET, line)
        rows.append(row)
        found += [problem.cell for problem in check_rows([row], places, TODAY)]
    return rows, found


def _values(
    cells: tuple[object, ...], readers: dict[str, Callable[..., object]], places: dict[str, int]
) -> Iterator[object]:
    for field in FIELDS:
        cell = "" if cells[places[field]] is None else cells[places[field]]
        if field == "organisation":
            yield readers[field]((cell, cells[places["organisation_code"]] or ""))
        else:
            yield readers[field](cell) if cell != "" else BLANK.get(field, "")


def medians(works: tuple[Callable[[bytes], object], ...], data: bytes) -> list[float]:
    """Return the median wall time in seconds of each work, taken in turns, so that a busy machine slows all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for taken, work in zip(times, works, strict=True):
            start = time.perf_counter()
            work(data)
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def measure(count: int) -> None:
    """Compare the results, then print the medians."""
    rows = make_rows(count)
    data = write_roster(rows, title="花名册", organisations=BODIES)
    product, (other_rows, other_found) = read_and_check(data), read_by_row(data)
    if not (list(product.rows) == rows == other_rows and [each.cell for each in product.problems] == other_found):
        sys.exit("the results differ")
    print(f"{count:,} rows, {len(data) / 2**20:.1f} MB, {len(other_found)} problems: results equal")
    bare, ours, slow = medians((read_bare, read_and_check, read_by_row), data)
    print(f"{'bare reading, calamine':34}{bare:8.3f} s")
    print(f"{'read and check, linli':34}{ours:8.3f} s{ours / bare:8.2f} x bare (goal <= 2.5, allowed 3.5)")
    print(f"{'read and check, openpyxl by row':34}{slow:8.3f} s{slow / ours:8.2f} x linli (goal >= 10)")


def main() -> None:
    """Measure each size."""
    for count in SIZES:
        measure(count)


if __name__ == "__main__":
    main()
