"""What a roster would change, shown before anything is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

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

    @property
    def mark(self) -> str:
        """A digest of what would be saved: equal marks mean the same work, in whatever run."""
        return sha256(repr((self.added, self.changed, self.doubtful)).encode()).hexdigest()[:32]


SAYS_NOTHING = frozenset({"number", "name", "stage", "member_class", "organisation", "post_since"})
"""Facts that a member cannot be without: an empty cell of theirs changes nothing."""


def compare(
    rows: Sequence[RosterRow], existing: Iterable[RosterRow], *, fields: Mapping[str, Collection[str]] = {}
) -> RosterDifference:
    """Compare the `rows` of a roster with the `existing` members.

    A row is matched by its number; without a number by name and birthday, where just one member has them. `fields`
    are, for each sheet, those that it has a column for: only these are compared, so that a missing column erases
    nothing; a sheet not named is compared whole. An empty cell empties a fact, but for those in `SAYS_NOTHING`.
    """
    wanted = {sheet: [name for name in FIELDS if name in held] for sheet, held in fields.items()}
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
        changes = _changes(old, row, wanted.get(row.sheet, FIELDS))
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
        Change(name, before, after)
        for name, before, after in ((name, getattr(old, name), getattr(new, name)) for name in fields)
        if before != after
        and not (name in SAYS_NOTHING and not after)
        and not (name == "posts" and set(old.posts) == set(new.posts))
    )
