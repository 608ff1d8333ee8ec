"""Two records of one person made one: on which days the other's rows pass over, and which facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

type Span = tuple[date, date | None]
"""From a day until, not including, another; or open."""

FACTS = ("name", "sex", "born_on", "education", "stage", "joined_on", "full_on", "probation_until", "phone")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as both records have it; what the lasting record says stands."""

    field: str
    kept: object
    other: object

    @property
    def result(self) -> object:
        """What is known after the merger."""
        return self.kept or self.other

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same: then the other's is lost."""
        return bool(self.kept and self.other and self.kept != self.other)


def facts(kept: Mapping[str, object], other: Mapping[str, object]) -> list[Fact]:
    """Return the facts of two records, in the order of the register."""
    return [Fact(field, kept[field], other[field]) for field in FACTS]


def one_person(kept: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Tell whether two records may be one person: the same name and not two birthdays, or birthday and telephone.

    A birthday alone is shared by somebody in every large register.
    """
    same = {field for field in ("name", "born_on", "phone") if kept[field] and kept[field] == other[field]}
    two_birthdays = bool(kept["born_on"] and other["born_on"]) and "born_on" not in same
    return ("name" in same and not two_birthdays) or {"born_on", "phone"} <= same


def left_free(span: Span, taken: Iterable[Span]) -> list[Span]:
    """Return the pieces of `span` on whose days none of `taken` holds, in order."""
    begin, end = span
    pieces: list[Span] = []
    for since, until in sorted(taken, key=lambda each: each[0]):
        if end is not None and since >= end:
            break
        if until is not None and until <= begin:
            continue
        if since > begin:
            pieces.append((begin, since))
        if until is None:
            return pieces
        begin = until
    return [*pieces, (begin, end)] if end is None or begin < end else pieces
