"""What a roster would change, shown before anything is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linli.members.policy.rows import FIELDS, RosterRow


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of a member that the roster says otherwise; `old` and `new` are values, not words."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class ChangedMember:
    """A member known before (`old`) whose row says something else (`new`)."""

    old: RosterRow
    new: RosterRow
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RosterDifference:
    """The difference between a roster and the register. `absent` members are named, never removed.

    `doubtful` are added rows with the name and birthday of a member known under another number, with that member:
    one person twice, or a new number. The caller asks before it saves them.
    """

    added: tuple[RosterRow, ...] = ()
    changed: tuple[ChangedMember, ...] = ()
    unchanged: int = 0
    absent: tuple[RosterRow, ...] = ()
    doubtful: tuple[tuple[RosterRow, RosterRow], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether saving would change nothing."""
        return not (self.added or self.changed)


def compare(
    rows: Sequence[RosterRow], existing: Iterable[RosterRow], *, fields: Sequence[str] = FIELDS
) -> RosterDifference:
    """Compare the `rows` of a roster with the `existing` members.

    A row is matched by its number; without a number by name and birthday, where just one member has them. Only
    `fields` are compared: give those of the columns that the file has, so that a missing column erases nothing.
    The number of a row without one is no change.
    """
    known = tuple(existing)
    by_number = {member.number: member for member in known if member.number}
    by_person: dict[object, list[RosterRow]] = defaultdict(list)
    for member in known:
        by_person[member.name, member.born_on].append(member)
    added, changed, doubtful, met = [], [], [], set()
    unchanged = 0
    for row in rows:
        same = by_person.get((row.name, row.born_on), []) if row.born_on else []
        old = by_number.get(row.number) if row.number else same[0] if len(same) == 1 else None
        if old is None:
            added.append(row)
            doubtful += [(row, member) for member in same]
            continue
        met.add(id(old))
        changes = _changes(old, row, fields)
        if changes:
            changed.append(ChangedMember(old, row, changes))
        else:
            unchanged += 1
    absent = tuple(member for member in known if id(member) not in met)
    return RosterDifference(tuple(added), tuple(changed), unchanged, absent, tuple(doubtful))


def _changes(old: RosterRow, new: RosterRow, fields: Sequence[str]) -> tuple[Change, ...]:
    if old == new:
        return ()
    return tuple(
        Change(name, getattr(old, name), getattr(new, name))
        for name in fields
        if getattr(old, name) != getattr(new, name) and not (name == "number" and not new.number)
    )
