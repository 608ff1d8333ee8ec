"""Two records of one person made one: on which days the other's rows pass over, and which facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

type Span = tuple[date, date | None]
"""From a day until, not including, another; or open."""

PERSON = ("name", "born_on", "phone")
"""Who shares none of these is another person."""
FACTS = ("sex", "born_on", "education", "joined_on", "phone")
PROGRESS = ("full_on", "probation_until")
"""Facts that belong to a stage: they pass over only between records of the same stage."""


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
    fields = FACTS + (PROGRESS if kept["stage"] == other["stage"] else ())
    return [Fact(field, kept[field], other[field]) for field in fields]


def strangers(kept: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Tell whether two records share nothing by which one person is known."""
    return not any(kept[field] and kept[field] == other[field] for field in PERSON)


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
