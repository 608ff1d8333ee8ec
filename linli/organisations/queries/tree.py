"""Reads of the organisation tree: what a permission reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.paths import prefixes, topmost
from linli.organisations.models import Body, BodyChange, BodyName, BodyParent, BodyPlace
from linli.organisations.policy.changes import ChangeKind
from linli.places import queries as place_queries
from linli.places.models import Grid, GridProposal, Place
from linli.store.statements import prepared
from linli.store.validity import holds_on


def below(paths: tuple[str, ...], field: str = "path") -> Q:
    """Return the condition that `field` is at or below one of `paths`; nothing where there are none."""
    return place_queries.under(paths, field)


def bodies(actor: Actor, permission: Permission) -> QuerySet[Body]:
    """Return the bodies at which `actor` holds `permission`."""
    return Body.objects.filter(below(actor.reach(permission)))


def body(actor: Actor, permission: Permission, code: str) -> Body:
    """Return the body with `code`; 404 where `permission` does not reach it."""
    found = bodies(actor, permission).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def at_the_top(actor: Actor, permission: Permission) -> bool:
    """Tell whether `actor` holds `permission` at the root of the tree, and so for the whole house."""
    return any(path.count(".") == 1 for path in actor.reach(permission))


def placed(actor: Actor, permission: Permission) -> QuerySet[Body]:
    """Return the bodies at which, and at whose parent (the last they have had), `actor` holds `permission`."""
    reach = actor.reach(permission)
    return Body.objects.filter(below(reach), below(reach, "parents__parent__path"), parents__valid_to=None)


def placed_body(actor: Actor, permission: Permission, code: str) -> Body:
    """Return the body of `placed` with `code`; 404 where there is none."""
    found = placed(actor, permission).filter(code=code).first()
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


def grid(actor: Actor, permission: Permission, code: str, today: date) -> Grid:
    """Return the grid that the place with `code`, one of `places`, has today; 404 where there is none."""
    found = grids(actor, permission, today).filter(place__code=code).first()
    if found is None:
        raise Http404
    return found


def proposal(actor: Actor, permission: Permission, pk: int, today: date, *, waiting: bool = False) -> GridProposal:
    """Return the map that was sent in for one of the places of `places`; 404 where there is none.

    `waiting`: only one that can be edited: not saved yet, and drawn in coordinates that are known.
    """
    reach = below(place_paths(actor, permission, today), "place__path")
    found = GridProposal.objects.filter(reach, pk=pk).select_related("place").first()
    if found is None or (waiting and (found.grid_id is not None or found.datum_open)):
        raise Http404
    return found


def waiting_maps(actor: Actor, permission: Permission, today: date) -> QuerySet[GridProposal]:
    """Return the maps of the places of `places` that wait to be saved."""
    return place_queries.waiting_maps(below(place_paths(actor, permission, today), "place__path"))


def living(actor: Actor, permission: Permission, today: date) -> QuerySet[Body]:
    """Return the bodies of `bodies` that live today, from the root down, with the places that they serve."""
    served = Prefetch("served", BodyPlace.objects.on(today).select_related("place"), to_attr="served_today")
    return bodies(actor, permission).filter(holds_on(today)).prefetch_related(served).order_by("path")


def served_on(day: date) -> Iterable[tuple[int, str]]:
    """Return the key of each body that serves places on `day` with the name of each of them."""
    return BodyPlace.objects.on(day).order_by("place__path").values_list("body_id", "place__name")


def nothing() -> QuerySet[Body]:
    """Return no bodies: what a form starts from before it knows the actor."""
    return Body.objects.none()


def rule_places(body: Body, day: date) -> tuple[str, ...]:
    """Return the codes of the places, root first, whose rule values hold for `body`: the line of what it serves."""
    return _codes(next(iter(_first_served(body.pk, day)), None))


@prepared
def _first_served(body: int, day: date) -> QuerySet[BodyPlace, str]:
    served = BodyPlace.objects.on(day).filter(body__pk=body)
    return served.order_by("place__path").values_list("place__path", flat=True)[:1]


def rule_places_of(actor: Actor, permission: Permission, day: date) -> tuple[str, ...]:
    """Return the codes of the places, root first, whose rule values hold for what `permission` reaches."""
    return _codes(next(iter(place_paths(actor, permission, day)), None))


def rule_places_of_each(day: date) -> dict[int, tuple[str, ...]]:
    """Return what `rule_places` returns for every body, by its key, in two queries; no line where it serves nothing."""
    served = BodyPlace.objects.on(day).order_by("-place__path").values_list("body_id", "place__path")
    first = dict(served)
    codes = dict(
        Place.objects.filter(path__in={step for path in first.values() for step in prefixes(path)}).values_list(
            "path", "code"
        )
    )
    return {key: tuple(codes[step] for step in prefixes(path)) for key, path in first.items()}


def _codes(path: str | None) -> tuple[str, ...]:
    return place_queries.codes(path) if path else ()


# The tree as it was, or will be, on any day: the dated rows are walked, not the cached paths.

_BELOW = """WITH RECURSIVE below(id) AS (
  SELECT CAST(%s AS bigint)
  UNION
  SELECT link.body_id FROM organisations_bodyparent link JOIN below ON link.parent_id = below.id
  WHERE link.valid_from <= %s AND (link.valid_to IS NULL OR link.valid_to > %s)
) SELECT id FROM below"""


def below_on(body: Body | int, day: date, field: str = "pk") -> Q:
    """Return the condition that `field` (a body's key) is `body` or stood below it on `day`; one recursive query."""
    key = body.pk if isinstance(body, Body) else body
    return Q(**{f"{field}__in": RawSQL(_BELOW, [key, day, day])})  # noqa: S611 -- our text, values bound


def names_on(day: date) -> dict[int, str]:
    """Return what each body is called on `day`, by its key."""
    return dict(BodyName.objects.on(day).values_list("body_id", "name"))


def paths_on(day: date) -> dict[int, str]:
    """Return the path of each body that lives on `day`, by its key. The dated parents hold no cycle."""
    above = dict(BodyParent.objects.on(day).values_list("body_id", "parent_id"))
    paths: dict[int, str] = {}

    def path(key: int) -> str:
        if key not in paths:
            paths[key] = f"{path(above[key]) if key in above else ''}{key}."
        return paths[key]

    return {key: path(key) for key in Body.objects.on(day).values_list("pk", flat=True)}


@dataclass(frozen=True, slots=True)
class Node:
    """A body as it stood in the tree on a day; `depth` 0 is the topmost shown."""

    body: Body
    name: str
    depth: int


def tree_on(actor: Actor, permission: Permission, day: date) -> list[Node]:
    """Return the tree as it stood on `day`, from the root down, of the bodies that `actor` may see today."""
    names, paths = names_on(day), paths_on(day)
    seen = [body for body in bodies(actor, permission).filter(holds_on(day)) if body.pk in paths]
    seen.sort(key=lambda body: [int(step) for step in paths[body.pk].split(".") if step])
    least = min((paths[body.pk].count(".") for body in seen), default=0)
    return [Node(body, names.get(body.pk, body.name), paths[body.pk].count(".") - least) for body in seen]


def changes(found: Iterable[Body]) -> QuerySet[BodyChange]:
    """Return what happened to the bodies, the latest first."""
    return BodyChange.objects.filter(body__in=found).select_related("body", "other")


def heirs(day: date) -> dict[int, Body]:
    """Return, by the key of each body that has ended by `day`, who answers for what it left.

    That is the body that it was merged into, else the last one above it; followed on to one that lives on `day`.
    """
    living = {body.pk: body for body in Body.objects.on(day)}
    ended = Body.objects.filter(valid_to__lte=day)
    links = BodyParent.objects.filter(body__in=ended).order_by("valid_from").values_list("body_id", "parent_id")
    merged = BodyChange.objects.filter(body__in=ended, kind=ChangeKind.MERGE).values_list("body_id", "other_id")
    after = dict(links) | dict(merged)

    def heir(key: int) -> Body | None:
        while key not in living and key in after:
            key = after[key]
        return living.get(key)

    return {key: found for key in after if (found := heir(key)) is not None}
