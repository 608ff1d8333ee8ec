"""What a list of places would change, against the places that are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linli.files.policy.problems import Problem
from linli.lib.words import gettext_noop
from linli.places.policy.kinds import PlaceKind, may_stand_below
from linli.places.policy.placelist import PlaceList, PlaceRow

OTHER_KIND = gettext_noop("%(code)s is a %(kind)s and stays one: give the new place a code of its own.")
OTHER_PARENT = gettext_noop("%(code)s stands below %(parent)s: an import does not move places; write that code here.")
UNKNOWN_PARENT = gettext_noop("There is no place %(parent)s, neither in this list nor before: mend the code or add it.")
WRONG_PARENT = gettext_noop("A %(kind)s cannot stand below a %(above)s: write the code of another place.")
CIRCLE = gettext_noop("%(code)s stands below itself: mend the codes of the places above.")


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place that is there; `parent` is the code of the place above today, empty for a root."""

    kind: PlaceKind
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class PlacePlan:
    """New rows, each after the place above it; rows that change a name; how many change nothing; problems."""

    added: tuple[PlaceRow, ...]
    renamed: tuple[PlaceRow, ...]
    unchanged: int
    problems: tuple[Problem, ...]


def codes_of(listing: PlaceList) -> set[str]:
    """Return all codes that the list names, of places and of those above."""
    return {code for row in listing.rows for code in (row.code, row.parent) if code}


def plan_places(listing: PlaceList, known: Mapping[str, KnownPlace]) -> PlacePlan:
    """Compare a list with what is `known` of the codes that it names."""
    given = listing.rows
    there = [row for row in given if row.code in known]
    fresh = {row.code: row for row in given if row.code not in known}
    problems = [problem for row in there if (problem := _conflict(row, known[row.code]))]
    sure = [row for row in fresh.values() if row.parent not in listing.faulty]
    problems += [problem for row in sure if (problem := _misplaced(row, fresh, known))]
    added, circular = _ordered(fresh)
    problems += [row.problem("parent", "places.circle", CIRCLE, code=row.code) for row in circular]
    renamed = [row for row in there if row.name != known[row.code].name]
    return PlacePlan(tuple(added), tuple(renamed), len(there) - len(renamed), tuple(problems))


def _conflict(row: PlaceRow, known: KnownPlace) -> Problem | None:
    if row.kind is not known.kind:
        return row.problem("kind", "places.other_kind", OTHER_KIND, code=row.code, kind=known.kind)
    if row.parent != known.parent:
        return row.problem("parent", "places.other_parent", OTHER_PARENT, code=row.code, parent=known.parent or "–")
    return None


def _misplaced(row: PlaceRow, fresh: Mapping[str, PlaceRow], known: Mapping[str, KnownPlace]) -> Problem | None:
    if not row.parent:
        return None
    above = fresh.get(row.parent) or known.get(row.parent)
    if above is None:
        return row.problem("parent", "places.unknown_parent", UNKNOWN_PARENT, parent=row.parent[:60])
    if not may_stand_below(row.kind, above.kind):
        return row.problem("parent", "places.wrong_parent", WRONG_PARENT, kind=row.kind, above=above.kind)
    return None


def _ordered(fresh: Mapping[str, PlaceRow]) -> tuple[list[PlaceRow], list[PlaceRow]]:
    """Return the rows with each parent before its places, and those that stand in a circle."""
    below: dict[str, list[PlaceRow]] = {}
    for row in fresh.values():
        below.setdefault(row.parent if row.parent in fresh else "", []).append(row)
    ordered: list[PlaceRow] = []
    waiting = list(below.get("", ()))
    while waiting:
        ordered += waiting
        waiting = [inner for row in waiting for inner in below.get(row.code, ())]
    done = {row.code for row in ordered}
    return ordered, [row for row in fresh.values() if row.code not in done]
