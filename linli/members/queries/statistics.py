"""Figures about the members in reach on any day; each is the length of a list that can be opened.

Who counts is said by `queries.due`; in which cell somebody is, by `queries.cells`, which the list asks as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.members.models import Member, Membership
from linli.members.policy.dimensions import PUBLIC_AGES, UNKNOWN, Change, Dimension, PostGroup
from linli.members.policy.statistics import CommitteeFigures, figures
from linli.members.policy.suppression import Published, published
from linli.members.queries import due, people
from linli.members.queries.cells import Cell, banded, cells_of, changed, holding, sorted_into
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.organisations.policy.kinds import UNITS, BodyKind
from linli.organisations.queries import Node

ALL = tuple(Dimension)


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit as it stood on the day, with its own members and those with the units below it."""

    node: Node
    own: int
    below: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of the members of a unit on a day, by unit and by dimension; `apart` is who does not count there."""

    total: int
    apart: int
    units: tuple[UnitCount, ...]
    by: Mapping[Dimension, tuple[tuple[Cell, int], ...]]
    committees: CommitteeFigures
    cube: Cube

    @property
    def branches(self) -> int:
        """How many of the units are branches; the others stand above them."""
        return sum(unit.node.body.kind == BodyKind.BRANCH for unit in self.units)


@dataclass(frozen=True, slots=True)
class Cube:
    """How many members there are of each unit (by its path on the day) and each cell of the six dimensions."""

    counts: Counter[tuple[str, ...]]
    cells: Mapping[Dimension, tuple[Cell, ...]]

    def by(self, dimension: Dimension, path: str = "") -> Counter[str]:
        """Return the counts by the cells of `dimension`, of the unit at `path` and those below it."""
        place, found = ALL.index(dimension) + 1, Counter[str]()
        for key, count in self.counts.items():
            if key[0].startswith(path):
                found[key[place]] += count
        return found

    def crossed(self, rows: Dimension, columns: Dimension, path: str = "") -> Counter[tuple[str, str]]:
        """Return the counts by a cell of `rows` and one of `columns`, of the unit at `path` and those below it."""
        down, across = (ALL.index(dimension) + 1 for dimension in (rows, columns))
        found = Counter[tuple[str, str]]()
        for key, count in self.counts.items():
            if key[0].startswith(path):
                found[key[down], key[across]] += count
        return found

    def filled(self, dimension: Dimension) -> list[Cell]:
        """Return the cells of `dimension`; that of the unknown only where somebody is in it."""
        unknown = self.by(dimension)[UNKNOWN]
        return [cell for cell in self.cells[dimension] if unknown or cell.value != UNKNOWN]


def counting(actor: Actor, permission: Permission, unit: Body | None, day: date) -> QuerySet[Membership]:
    """Return those of `people.memberships` that count for the size of their unit."""
    return people.memberships(actor, permission, unit, day).filter(pk__in=due.counted(day).values("pk"))


def statistics(actor: Actor, permission: Permission, unit: Body | None, day: date) -> Statistics:
    """Return the figures of `unit` (None: of all units in reach) on `day`, in as many queries whatever their number."""
    held = counting(actor, permission, unit, day)
    everybody = people.memberships(actor, permission, unit, day).count()
    found = cube(held, day)
    total = found.counts.total()
    nodes = nodes_of(actor, permission, unit, day)
    paths = organisations.paths_on(day)
    own = Counter[str]()
    for key, count in found.counts.items():
        own[key[0]] += count
    units = (
        UnitCount(
            node, own[paths[node.body.pk]], sum(n for path, n in own.items() if path.startswith(paths[node.body.pk]))
        )
        for node in nodes
    )
    by = {
        each: tuple((cell, counts[cell.value]) for cell in found.filled(each))
        for each, counts in ((each, found.by(each)) for each in ALL)
    }
    return Statistics(total, everybody - total, tuple(units), by, _committees(held, day), found)


def committee_statistics(actor: Actor, permission: Permission, day: date) -> CommitteeFigures:
    """Return the figures of those members in reach who sit in the two committees (两委) on `day`."""
    return _committees(counting(actor, permission, None, day), day)


def _committees(held: QuerySet[Membership], day: date) -> CommitteeFigures:
    seated = Member.objects.filter(people.in_committees(day), pk__in=held.values("member"))
    return figures(seated.values_list("born_on", "education"), day)


def cube(held: QuerySet[Membership], day: date) -> Cube:
    """Return the members of the memberships `held` counted by unit and by every dimension, in one query."""
    found = {each: tuple(cells_of(each, day)) for each in ALL}
    paths = organisations.paths_on(day)
    sorting = {f"in_{each.value}": sorted_into(found[each]) for each in ALL}
    rows = Member.objects.filter(memberships__in=held).annotate(unit=F("memberships__body"), **sorting).order_by()
    counts = Counter[tuple[str, ...]]()
    for unit, *values, count in rows.values_list("unit", *sorting).annotate(count=Count("pk")):
        counts[paths.get(unit, ""), *values] += count
    return Cube(counts, found)


def nodes_of(actor: Actor, permission: Permission, unit: Body | None, day: date) -> list[Node]:
    """Return the units in reach as the tree stood on `day`, from the root down: of `unit` and below, or all."""
    nodes = [node for node in organisations.tree_on(actor, permission, day) if node.body.kind in UNITS]
    if unit:
        inside = set(Body.objects.filter(organisations.below_on(unit, day)).values_list("pk", flat=True))
        nodes = [node for node in nodes if node.body.pk in inside]
    least = min((node.depth for node in nodes), default=0)
    return [Node(node.body, node.name, min(node.depth - least, 5)) for node in nodes]


@dataclass(frozen=True, slots=True)
class Annual:
    """The annual sheet: the cube, and by the path of a unit how many hold posts and what changed in the year."""

    nodes: tuple[tuple[Node, str], ...]
    cube: Cube
    posts: Mapping[PostGroup, Counter[str]]
    changes: Mapping[Change, Counter[str]]


def annual(actor: Actor, permission: Permission, unit: Body, day: date) -> Annual:
    """Return the sheet of `unit` and the units below it for the year of `day`, as things stand on `day`.

    Who left a unit that has ended since counts under its heir.
    """
    held = counting(actor, permission, unit, day)
    paths = organisations.paths_on(day)

    heirs = organisations.heirs(day)

    def by_unit(found: QuerySet[Membership]) -> Counter[str]:
        counts = Counter[str]()
        for body, count in found.order_by().values_list("body").annotate(count=Count("pk")):
            counts[paths.get(heirs[body].pk if body in heirs else body, "")] += count
        return counts

    def of(condition: Q) -> Counter[str]:
        return by_unit(held.filter(member__in=Member.objects.filter(condition)))

    gone = people.memberships(actor, permission, unit, day, left=True)
    return Annual(
        tuple((node, paths[node.body.pk]) for node in nodes_of(actor, permission, unit, day)),
        cube(held, day),
        {group: of(holding(group, day)) for group in PostGroup},
        {each: by_unit(gone) if each is Change.LEFT else of(changed(each, day)) for each in Change},
    )


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """What everybody may see: members by community and age, with whatever must be hidden hidden."""

    day: date
    names: tuple[str, ...]
    ages: tuple[Cell, ...]
    table: Published


def public(today: date) -> PublicFigures | None:
    """Return the figures for everybody as of the first of the month; None while there is no member to count.

    Only once a month, so that two looks within a month do not show who came in between.
    """
    day = today.replace(day=1)
    ages = [*banded(PUBLIC_AGES, "born_on", day), cells_of(Dimension.AGE, day)[-1]]
    held = due.counted(day)
    rows = Member.objects.filter(memberships__in=held).annotate(unit=F("memberships__body"), age=sorted_into(ages))
    paths, names = organisations.paths_on(day), organisations.names_on(day)
    tops = {paths[key]: names.get(key, "") for key in _communities(day) if key in paths}
    counts = Counter[tuple[str, str]]()
    for unit, age, count in rows.order_by().values_list("unit", "age").annotate(count=Count("pk")):
        path = paths.get(unit, "")
        counts[next((top for top in tops if path.startswith(top)), ""), age] += count
    if not counts:
        return None
    lines = [path for path in (*sorted(tops, key=tops.__getitem__), "") if path or any(not top for top, _age in counts)]
    columns = [cell for cell in ages if cell.value != UNKNOWN or any(age == UNKNOWN for _top, age in counts)]
    table = published([[counts[path, cell.value] for cell in columns] for path in lines])
    return PublicFigures(day, tuple(tops.get(path, "") for path in lines), tuple(columns), table)


def _communities(day: date) -> list[int]:
    kinds = (BodyKind.GENERAL_BRANCH,)
    return list(Body.objects.on(day).filter(kind__in=kinds).values_list("pk", flat=True))
