"""Reads of the organisation tree: what a permission reaches."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.paths import topmost
from linli.organisations.models import Body, BodyPlace
from linli.places import queries as place_queries
from linli.places.models import Grid, GridProposal, Place
from linli.store.validity import holds_on


def below(paths: tuple[str, ...], field: str = "path") -> Q:
    """Return the condition that `field` is at or below one of `paths`; nothing where there are none."""
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), Q(pk__in=()))


def bodies(actor: Actor, permission: Permission) -> QuerySet[Body]:
    """Return the bodies at which `actor` holds `permission`."""
    return Body.objects.filter(below(actor.reach(permission)))


def body(actor: Actor, permission: Permission, code: str) -> Body:
    """Return the body with `code`; 404 where `permission` does not reach it."""
    found = bodies(actor, permission).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def place_paths(actor: Actor, permission: Permission, today: date) -> tuple[str, ...]:
    """Return the topmost paths of the places that the reached bodies serve today."""
    reach = actor.reach(permission)
    if not reach:
        return ()
    served = BodyPlace.objects.on(today).filter(below(reach, "body__path"))
    return topmost(served.values_list("place__path", flat=True))


def places(actor: Actor, permission: Permission, today: date) -> QuerySet[Place]:
    """Return the places at which `actor` holds `permission` today, from the root down."""
    return Place.objects.filter(below(place_paths(actor, permission, today))).order_by("path")


def grids(actor: Actor, permission: Permission, today: date) -> QuerySet[Grid]:
    """Return the grids of today of the places of `places`, from the root down."""
    return place_queries.grids(today).filter(below(place_paths(actor, permission, today), "place__path"))


def proposal(actor: Actor, permission: Permission, pk: int, today: date) -> GridProposal:
    """Return the map that was sent in for one of the places of `places`; 404 where there is none."""
    reach = below(place_paths(actor, permission, today), "place__path")
    found = GridProposal.objects.filter(reach, pk=pk).select_related("place").first()
    if found is None:
        raise Http404
    return found


def living(actor: Actor, permission: Permission, today: date) -> QuerySet[Body]:
    """Return the bodies of `bodies` that live today, from the root down, with the places that they serve."""
    served = Prefetch("served", BodyPlace.objects.on(today).select_related("place"), to_attr="served_today")
    return bodies(actor, permission).filter(holds_on(today)).prefetch_related(served).order_by("path")


def nothing() -> QuerySet[Body]:
    """Return no bodies: what a form starts from before it knows the actor."""
    return Body.objects.none()


def rule_places(body: Body, day: date) -> tuple[str, ...]:
    """Return the codes of the places, root first, whose rule values hold for `body`: the line of what it serves."""
    paths = BodyPlace.objects.on(day).filter(body=body).order_by("place__path").values_list("place__path", flat=True)
    return _codes(paths.first())


def rule_places_of(actor: Actor, permission: Permission, day: date) -> tuple[str, ...]:
    """Return the codes of the places, root first, whose rule values hold for what `permission` reaches."""
    return _codes(next(iter(place_paths(actor, permission, day)), None))


def _codes(path: str | None) -> tuple[str, ...]:
    return place_queries.codes(path) if path else ()
