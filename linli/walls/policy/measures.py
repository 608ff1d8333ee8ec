"""Response figures: always counts, the percentage beside them (a local choice of ours; sources differ)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """`part` of `whole`; both are counts."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """The share rounded half up to a whole percentage; None where nothing was counted."""
        return None if self.whole == 0 else (200 * self.part + self.whole) // (2 * self.whole)


@dataclass(frozen=True, slots=True)
class Measures:
    """What the echo page shows of the issues posted in a period; the declined count nowhere.

    `accepted`: accepted in time / whose time for it is over or used. `answered`: answered in time, without
    having moved up overdue / whose deadline passed or that were answered. `solved`: solved / answered.
    `satisfied`: satisfied / valued by the reporter.
    """

    posted: int
    accepted: Measure
    answered: Measure
    solved: Measure
    satisfied: Measure
    moved_overdue: int
    moved_by_hand: int
