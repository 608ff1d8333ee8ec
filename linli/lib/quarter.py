"""A calendar quarter, the period of feedback to a home unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_TEXT = re.compile(r"^(\d{4})-Q([1-4])$", re.ASCII)


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Year and number (1–4); ordered by time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter that contains `day`."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read `YYYY-Qn`; raises ValueError otherwise."""
        match = _TEXT.match(text)
        if match is None or not 1 <= int(match[1]) < date.max.year:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    @property
    def first(self) -> date:
        """The first day of the quarter."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def after(self) -> date:
        """The first day after the quarter."""
        return date(self.year + self.number // 4, self.number * 3 % 12 + 1, 1)

    @property
    def half(self) -> date:
        """The first day of the half-year in which the quarter lies."""
        return date(self.year, 1 if self.number < 3 else 7, 1)

    @property
    def previous(self) -> Quarter:
        """The quarter before."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"
