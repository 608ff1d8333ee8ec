"""Figures about members, exact: an average is a fraction until it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from linli.members.policy.kinds import COLLEGE_OR_ABOVE, Education


@dataclass(frozen=True, slots=True)
class CommitteeFigures:
    """The two committees: how many people, their mean age (None where no birthday is known), their education."""

    people: int = 0
    mean_age: Fraction | None = None
    ages_unknown: int = 0
    college_or_above: int = 0
    postgraduates: int = 0

    @property
    def mean_age_shown(self) -> str:
        """The mean age to one decimal, a half rounded up."""
        return one_decimal(self.mean_age) if self.mean_age is not None else ""


def full_years(born: date, day: date) -> int:
    """Return the age in completed years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def figures(people: Iterable[tuple[date | None, str]], day: date) -> CommitteeFigures:
    """Return the figures of `people`, each a birthday and an education; the unknown count for no average."""
    known = tuple(people)
    ages = [full_years(born, day) for born, _education in known if born]
    return CommitteeFigures(
        people=len(known),
        mean_age=Fraction(sum(ages), len(ages)) if ages else None,
        ages_unknown=len(known) - len(ages),
        college_or_above=sum(education in COLLEGE_OR_ABOVE for _born, education in known),
        postgraduates=sum(education == Education.POSTGRADUATE for _born, education in known),
    )


def one_decimal(value: Fraction) -> str:
    """Return a fraction of zero or more to one decimal, a half rounded up: 169/5 → 33.8."""
    tenths = (value.numerator * 20 + value.denominator) // (value.denominator * 2)
    return f"{tenths // 10}.{tenths % 10}"
