"""Reads of linked households: who answers for a door, the doors of a building, the load of members."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.grid.models import HouseholdLink
from linli.grid.policy.links import AWAY
from linli.grid.policy.rules import MEMBER_RULES, OF_MEMBERS, Load
from linli.lib.paths import covers, prefixes
from linli.lib.rulebook import Finding, broken
from linli.members import queries as members
from linli.members.models import Member, MemberStanding
from linli.members.policy.kinds import Standing
from linli.members.policy.statistics import full_years
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.places import queries as place_queries
from linli.places.models import Place
from linli.places.policy.kinds import PlaceKind
from linli.rules import queries as rules

HOLDERS = (PlaceKind.BUILDING, PlaceKind.STAIRWELL)
"""Places whose doors are linked on one page."""
NAMED = (PlaceKind.ESTATE, PlaceKind.COURTYARD, PlaceKind.BUILDING, PlaceKind.STAIRWELL)
"""Places that stand in the address of a door; a stairwell names its building itself."""
NOT_ASKED = (*AWAY, Standing.EXCUSED)


def answering(door: Place, day: date) -> Member | None:
    """Return the member who answers for `door` on `day`; None where nobody does."""
    found = HouseholdLink.objects.on(day).filter(door=door).select_related("member").first()
    return found.member if found else None


def doors(actor: Actor, permission: Permission, day: date) -> QuerySet[Place]:
    """Return the doors at which `actor` holds `permission`, in the order of the tree."""
    return organisations.places(actor, permission, day).filter(kind=PlaceKind.HOUSEHOLD)


def holder(actor: Actor, permission: Permission, code: str, day: date) -> Place:
    """Return the building or stairwell with `code` in reach; 404 where there is none."""
    found = organisations.places(actor, permission, day).filter(kind__in=HOLDERS, code=code).first()
    if found is None:
        raise Http404
    return found


def reaches(actor: Actor, permission: Permission, place: Place, day: date) -> bool:
    """Tell whether `actor` holds `permission` at `place`."""
    return any(covers(upper, place.path) for upper in organisations.place_paths(actor, permission, day))


def doors_below(place: Place) -> QuerySet[Place]:
    """Return the doors of a building or stairwell, by code."""
    return Place.objects.filter(path__startswith=place.path, kind=PlaceKind.HOUSEHOLD).order_by("code")


def addresses(places: Iterable[Place]) -> dict[str, str]:
    """Return by path how each of `places` is called from the estate down; one query."""
    given = list(places)
    doors = {place.path for place in given if place.kind == PlaceKind.HOUSEHOLD}
    steps = {step for place in given for step in prefixes(place.path)} - doors
    kinds = {path: (PlaceKind(kind), name) for path, kind, name in _lines(steps)}

    def address(place: Place) -> str:
        line = [kinds[step] for step in prefixes(place.path) if step in kinds]
        stairs = any(kind is PlaceKind.STAIRWELL for kind, _name in line)
        shown = [name for kind, name in line if not (stairs and kind is PlaceKind.BUILDING)]
        if place.kind == PlaceKind.HOUSEHOLD:
            shown.append(place.name)
        return " ".join(shown)

    return {place.path: address(place) for place in given}


def _lines(paths: Collection[str]) -> QuerySet[Place, tuple[str, str, str]]:
    rows = Place.objects.filter(path__in=paths, kind__in=[kind.value for kind in NAMED])
    return rows.values_list("path", "kind", "name")


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building with the number of its doors and of those that nobody answers for."""

    building: Place
    address: str
    doors: int
    free: int


def buildings(actor: Actor, permission: Permission, day: date) -> QuerySet[Place]:
    """Return the buildings in reach, in the order of the tree."""
    return organisations.places(actor, permission, day).filter(kind=PlaceKind.BUILDING)


def free(found: QuerySet[Place], day: date) -> QuerySet[Place]:
    """Return those of the doors `found` for which nobody answers on `day`."""
    return found.filter(~Exists(HouseholdLink.objects.on(day).filter(door=OuterRef("pk"))))


def with_free(found: QuerySet[Place], day: date) -> QuerySet[Place]:
    """Return those of the buildings `found` that have a door for which nobody answers."""
    unheld = free(Place.objects.filter(kind=PlaceKind.HOUSEHOLD), day)
    inside = unheld.filter(path__startswith=OuterRef("path"))
    return found.filter(Exists(inside))


def lines(found: Iterable[Place], day: date) -> list[BuildingLine]:
    """Return `found` buildings with their counts; three queries whatever their number."""
    given = list(found)
    own = {building.path for building in given}
    inside = Place.objects.filter(organisations.below(tuple(own)), kind=PlaceKind.HOUSEHOLD)
    total, unheld = (
        Counter(step for path in rows for step in prefixes(path) if step in own)
        for rows in (inside.values_list("path", flat=True), free(inside, day).values_list("path", flat=True))
    )
    named = addresses(given)
    return [BuildingLine(one, named[one.path], total[one.path], unheld[one.path]) for one in given]


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A door with its link of the day, or else the last one that it had."""

    door: Place
    link: HouseholdLink | None
    last: HouseholdLink | None


def door_lines(found: QuerySet[Place], day: date) -> list[DoorLine]:
    """Return the doors `found` with who answers for each on `day`; two queries."""
    inner = found.order_by().values("pk")
    rows = HouseholdLink.objects.filter(door__in=inner, valid_from__lte=day).select_related("member")
    last = {row.door_id: row for row in rows.order_by("valid_from")}

    def line(door: Place) -> DoorLine:
        row = last.get(door.pk)
        holds = row is not None and (row.valid_to is None or row.valid_to > day)
        return DoorLine(door, row if holds else None, None if holds else row)

    return [line(door) for door in found]


def by_stairs(building: Place, day: date) -> list[tuple[Place, list[DoorLine]]]:
    """Return the doors of a building or stairwell on `day`, stairwell by stairwell."""
    stairs = Place.objects.filter(path__startswith=building.path, kind__in=HOLDERS)
    found: dict[str, list[DoorLine]] = defaultdict(list)
    for line in door_lines(doors_below(building), day):
        found[prefixes(line.door.path)[-2]].append(line)
    return [(place, found[place.path]) for place in stairs.order_by("code") if found[place.path]]


def unlinked(found: Iterable[Place], day: date) -> list[tuple[Place, str, list[DoorLine]]]:
    """Return of each of `found` buildings its address and the doors for which nobody answers on `day`."""
    given = list(found)
    inside = Place.objects.filter(
        organisations.below(tuple(one.path for one in given)), kind=PlaceKind.HOUSEHOLD
    ).order_by("code")
    by_building: dict[str, list[DoorLine]] = defaultdict(list)
    own = {one.path for one in given}
    for line in door_lines(free(inside, day), day):
        by_building[next(step for step in prefixes(line.door.path) if step in own)].append(line)
    named = addresses(given)
    return [(one, named[one.path], by_building[one.path]) for one in given if by_building[one.path]]


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A member with what the member answers for, and what the rules say of it."""

    member: Member
    unit: Body | None
    load: Load
    findings: tuple[Finding, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the rules that say something."""
        return frozenset(finding.rule.code for finding in self.findings)


def loads(actor: Actor, permission: Permission, day: date) -> list[LoadLine]:
    """Return the members in reach with their load on `day`, by name; a constant number of queries."""
    limits = rules.values(OF_MEMBERS, organisations.rule_places_of(actor, permission, day), day)
    return load_lines(members.members(actor, permission, day), limits, day)


def load_lines(found: QuerySet[Member], limits: dict[str, int], day: date) -> list[LoadLine]:
    """Return the members `found` with their load on `day`."""
    count = Counter(HouseholdLink.objects.on(day).values_list("member_id", flat=True))
    asked = [kind.value for kind in NOT_ASKED]
    away = set(MemberStanding.objects.on(day).filter(kind__in=asked).values_list("member_id", flat=True))

    def line(member: Member) -> LoadLine:
        age = full_years(member.born_on, day) if member.born_on else None
        load = Load(count[member.pk], age, member.pk in away, limits)
        return LoadLine(member, members.unit_of(member), load, broken(MEMBER_RULES, load))

    return [line(member) for member in members.listed(found, day)]


def findings(member: Member, place: Place, day: date) -> tuple[Finding, ...]:
    """Return what the rules of `place` say of the load of `member`."""
    limits = rules.values(OF_MEMBERS, place_queries.codes(place.path), day)
    return load_lines(Member.objects.filter(pk=member.pk), limits, day)[0].findings


def own_doors(member: int, day: date) -> list[tuple[str, HouseholdLink]]:
    """Return the links of a member that hold on `day`, each with the address of the door."""
    rows = list(HouseholdLink.objects.on(day).filter(member=member).select_related("door").order_by("door__code"))
    named = addresses([row.door for row in rows])
    return [(named[row.door.path], row) for row in rows]
