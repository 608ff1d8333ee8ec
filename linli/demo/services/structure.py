"""Places down to the doors, and the bodies that serve them."""

from __future__ import annotations

from linli.demo.policy.changes import FORMER_NAMES, FORMER_PARENTS, MERGED
from linli.demo.policy.tree import COMMUNITIES, DISTRICT, DOORS, STAIRWELLS, SUBDISTRICT, Community, Estate
from linli.demo.policy.units import units
from linli.demo.services.build import Build
from linli.organisations import services as organisations
from linli.organisations.models import Body
from linli.organisations.policy.kinds import BodyKind as B
from linli.places import services as places
from linli.places.models import Place
from linli.places.policy.kinds import PlaceKind as P
from linli.places.services import NewPlace


def district(build: Build) -> tuple[Place, Body]:
    """Make the district above several subdistricts, and its committee."""
    code, name = DISTRICT
    since, now = build.days.founded, build.days.start
    place = places.add_place(
        kind=P.DISTRICT, code=code, name=name, parent=None, by=build.by, now=now, key=build.key(), since=since
    )
    committee = organisations.found_body(
        kind=B.DISTRICT_COMMITTEE,
        code=f"{code}W",
        name=f"{name}区委",
        parent=None,
        by=build.by,
        now=now,
        key=build.key(),
        since=since,
        serves=[place],
    )
    return place, committee


def add_places(build: Build, above: Place | None) -> None:
    """Add the subdistrict with all its places below `above`."""
    code, name = SUBDISTRICT
    rows = [NewPlace(P.SUBDISTRICT, code, f"{name}{build.prefix.removesuffix('-')}", "")]
    for community in COMMUNITIES:
        rows.append(NewPlace(P.COMMUNITY, community.code, community.name, code))
        for estate in community.estates:
            rows += _estate(f"{community.code}-{estate.code}", community.code, estate)
    parent = above.code if above else ""
    coded = [
        NewPlace(row.kind, build.code(row.code), row.name, build.code(row.parent) if row.parent else parent)
        for row in rows
    ]
    build.places = places.add_places(
        coded, by=build.by, now=build.days.start, key=build.key(), since=build.days.founded
    )


def _estate(code: str, community: str, estate: Estate) -> list[NewPlace]:
    rows = [NewPlace(P.ESTATE, code, estate.name, community)]
    if not estate.yards:
        return rows + _buildings(code, 1, estate.buildings, estate.floors)
    first = 1
    for yard in estate.yards:
        rows.append(NewPlace(P.COURTYARD, f"{code}-{yard.code}", yard.name, code))
        rows += _buildings(f"{code}-{yard.code}", first, yard.buildings, estate.floors)
        first += yard.buildings
    return rows


def _buildings(parent: str, first: int, count: int, floors: int) -> list[NewPlace]:
    rows = []
    for number in range(first, first + count):
        building = f"{parent}-{number:02d}"
        rows.append(NewPlace(P.BUILDING, building, f"{number}栋", parent))
        for stairwell in range(1, STAIRWELLS + 1):
            stairs = f"{building}-{stairwell}"
            rows.append(NewPlace(P.STAIRWELL, stairs, f"{number}栋{stairwell}单元", building))
            rows += [
                NewPlace(P.HOUSEHOLD, f"{stairs}-{floor}{door:02d}", f"{floor}{door:02d}", stairs)
                for floor in range(1, floors + 1)
                for door in range(1, DOORS + 1)
            ]
    return rows


def found_bodies(build: Build, above: Body | None) -> None:
    """Found the tree of bodies below `above`: party bodies, committees of residents and owners, companies."""
    street = SUBDISTRICT[0]
    place = build.place(street)
    build.bodies[build.code("DGW")] = _found(build, B.WORKING_COMMITTEE, "DGW", f"{place.name}党工委", above, street)
    _below(build, B.OFFICE, "BSC", f"{place.name}办事处", "DGW", street)
    for community in COMMUNITIES:
        _below(build, B.GENERAL_BRANCH, f"{community.code}-ZZ", f"{community.name}党总支", "DGW", community.code)
        _below(build, B.RESIDENTS_COMMITTEE, f"{community.code}-JWH", f"{community.name}居委会", "BSC", community.code)
        for estate in community.estates:
            _civil(build, community, estate)
    for unit in units():
        name, above_first = FORMER_NAMES.get(unit.code, unit.name), FORMER_PARENTS.get(unit.code, unit.above)
        _below(build, B.BRANCH, unit.code, name, above_first, unit.place)
    _below(build, B.BRANCH, MERGED.code, MERGED.name, MERGED.above, MERGED.place)
    for community in COMMUNITIES:
        for estate in community.estates:
            _groups(build, community, estate)


def _civil(build: Build, community: Community, estate: Estate) -> None:
    place = f"{community.code}-{estate.code}"
    committee = f"{community.code}-JWH"
    if estate.owners:
        _below(build, B.OWNERS_COMMITTEE, f"{place}-YWH", f"{estate.name}业主委员会", committee, place)
    _below(build, B.PROPERTY_COMPANY, f"{place}-WY", f"{estate.name}物业服务中心", committee, place)


def _groups(build: Build, community: Community, estate: Estate) -> None:
    """Found a building group for each building; with courtyards also a centre household for each."""
    if not estate.groups:
        return
    root = f"{community.code}-{estate.code}"
    blocks = [(f"{root}-{yard.code}", yard.buildings) for yard in estate.yards] or [(root, estate.buildings)]
    number = 0
    for block, count in blocks:
        for _ in range(count):
            number += 1
            place = f"{block}-{number:02d}"
            _below(build, B.BUILDING_GROUP, f"{place}-XZ", f"{number}栋楼栋党小组", f"{block}-ZB", place)
            if estate.yards:
                _below(build, B.CENTRE_HOUSEHOLD, f"{place}-ZXH", f"{number}栋党员中心户", f"{place}-XZ", place)


def _below(build: Build, kind: B, code: str, name: str, above: str, place: str) -> None:
    build.bodies[build.code(code)] = _found(build, kind, code, name, build.body(above), place)


def _found(build: Build, kind: B, code: str, name: str, above: Body | None, place: str) -> Body:
    return organisations.found_body(
        kind=kind,
        code=build.code(code),
        name=name,
        parent=above,
        by=build.by,
        now=build.days.start,
        key=build.key(),
        since=build.days.founded,
        serves=[build.place(place)],
    )
