"""What is wrong in a workbook, each at its cell, as data that any language can say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the import, a warning does not; a note tells what was left out."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `cell` is an A1 address, or empty where the whole sheet is meant.

    `message` is an English msgid with named places that `values` fill; it says what is wrong and how to mend it.
    """

    sheet: str
    cell: str
    code: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> str:
        """Sheet and cell in one word, as Excel writes it."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def __str__(self) -> str:
        return f"{self.place}: {self.message % self.values if self.values else self.message}"


def worst_first(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems` with what must be mended before what is to be checked; otherwise in their order."""
    order = list(Severity)
    return sorted(problems, key=lambda problem: order.index(problem.severity))
