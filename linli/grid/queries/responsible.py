"""Who was responsible for a door on a day: one question, and one answer for page, interface and paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.grid.models import CellWorker, HouseholdLink
from linli.grid.policy.responsible import Answer, Line, Part
from linli.grid.policy.workers import WorkerKind
from linli.grid.queries.cells import held
from linli.grid.queries.links import addresses, doors
from linli.members.models import Post
from linli.members.policy.kinds import Title
from linli.organisations import queries as organisations
from linli.organisations.models import BodyPlace
from linli.organisations.policy.kinds import BodyKind
from linli.places import queries as places
from linli.places.models import Cell, Place

LEADERS = {BodyKind.BUILDING_GROUP: (Title.GROUP_LEADER,)}
COMMUNITY = {BodyKind.GENERAL_BRANCH: (Title.SECRETARY,), BodyKind.RESIDENTS_COMMITTEE: (Title.DIRECTOR,)}
"""Whose posts answer for a door: the bodies that serve a place on its line."""


def door(actor: Actor, permission: Permission, code: str, today: date) -> Place:
    """Return the door with `code` at which `actor` holds `permission` today; 404 where there is none."""
    found = doors(actor, permission, today).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def responsible(door: Place, day: date) -> Answer:
    """Return who was responsible for `door` on `day`, by what held then: line of places, grid, bodies, posts, links.

    Persons are those of today's register: of two records that were made one, the lasting one.
    """
    line = places.line_on(door, day)
    parts = (*_cell(line, day), *_posts(Part.LEADER, LEADERS, line, day), _linked(door, day))
    community = _posts(Part.COMMUNITY, COMMUNITY, line, day)
    return Answer(door.code, addresses([door])[door.path], day, (*parts, *community))


def _cell(line: Sequence[Place], day: date) -> Iterator[Line]:
    """Give the smallest cell and its workers."""
    cell = next(iter(places.cells_on(line, day)), None)
    if cell is None:
        yield Line(Part.CELL)
        yield Line(Part.WORKER)
        return
    grid = cell.grid
    yield Line(Part.CELL, cell.name, cell.code, grid.place.name, since=grid.valid_from, until=grid.valid_to)
    workers = held([cell], day)[grid.place_id, cell.code]
    yield from (_worker(each, cell) for each in workers)
    if not workers:
        yield Line(Part.WORKER, of=cell.name)


def _worker(duty: CellWorker, cell: Cell) -> Line:
    number = duty.member.number if duty.member else ""
    title = WorkerKind(duty.kind).label
    return Line(Part.WORKER, duty.called, number, cell.name, title, duty.valid_from, duty.valid_to)


def _posts(
    part: Part, titles: Mapping[BodyKind, tuple[Title, ...]], line: Collection[Place], day: date
) -> tuple[Line, ...]:
    """Return the holders of the posts `titles` in the bodies that served a place of `line` on `day`."""
    kinds = {kind: [title.value for title in some] for kind, some in titles.items()}
    served = BodyPlace.objects.on(day).filter(place__in=line, body__kind__in=kinds)
    bodies = dict(served.order_by("place__path", "body__path").values_list("body", "body__kind"))
    names = organisations.names_on(day)
    rows = Post.objects.on(day).filter(body__in=bodies).select_related("member").order_by("valid_from", "pk")
    found = [row for row in rows if row.title in kinds[BodyKind(bodies[row.body_id])]]
    ranks, order = list(titles), list(bodies)
    found.sort(key=lambda row: (ranks.index(BodyKind(bodies[row.body_id])), order.index(row.body_id)))
    return tuple(
        Line(
            part,
            row.member.name,
            row.member.number,
            names.get(row.body_id, ""),
            Title(row.title).label,
            row.valid_from,
            row.valid_to,
        )
        for row in found
    ) or (Line(part),)


def _linked(door: Place, day: date) -> Line:
    row = HouseholdLink.objects.on(day).filter(door=door).select_related("member").first()
    if row is None:
        return Line(Part.MEMBER)
    return Line(Part.MEMBER, row.member.name, row.member.number, since=row.valid_from, until=row.valid_to)
