"""A calendar month, the period of bulletins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_TEXT = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$", re.ASCII)


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """Year and month (1–12); ordered by time."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month that contains `day`."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `YYYY-MM`; raises ValueError otherwise, and where there is no month before or after."""
        match = _TEXT.match(text)
        if match is None or not date.min.year < int(match[1]) < date.max.year:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def following(self) -> Month:
        """The next month."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)

    @property
    def quarter(self) -> int:
        """The calendar quarter, 1–4."""
        return (self.month + 2) // 3

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
