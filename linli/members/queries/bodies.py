"""What the page of one body shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.rulebook import Finding, broken
from linli.members.models import Post
from linli.members.policy.due import Occasion
from linli.members.policy.kinds import Title
from linli.members.queries import structure
from linli.members.queries.due import counted, due_members
from linli.organisations import queries as organisations
from linli.organisations.models import Body, BodyChange, BodyName, BodyParent, BodyPlace
from linli.organisations.policy.changes import ChangeKind

ORDER = {title.value: place for place, title in enumerate(Title)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One body on a day."""

    parents: list[BodyParent]
    """All that it has had, the latest first."""
    names: list[BodyName]
    places: list[BodyPlace]
    children: list[Body]
    own: int
    total: int
    posts: list[Post]
    findings: tuple[Finding, ...]
    changes: list[BodyChange]
    """What happened to it, and what others did with it (merged into it, split off from it), the latest first."""


def sheet(body: Body, day: date) -> Sheet:
    """Return what there is to know of `body` on `day`."""
    posts = Post.objects.on(day).filter(body=body).select_related("member")
    facts = structure.facts_on(day).get(body.pk)
    return Sheet(
        parents=list(body.parents.select_related("parent").order_by("-valid_from")),
        names=list(body.names.order_by("-valid_from")),
        places=list(BodyPlace.objects.on(day).filter(body=body).select_related("place").order_by("place__path")),
        children=list(
            Body.objects.on(day).filter(pk__in=BodyParent.objects.on(day).filter(parent=body).values("body"))
        ),
        own=counted(day).filter(body=body).count(),
        total=due_members(body, day, Occasion.COUNT).count(),
        posts=sorted(posts, key=lambda post: (ORDER[post.title], post.valid_from)),
        findings=broken(structure.RULES, facts) if facts else (),
        changes=_history(body),
    )


def may_be_placed(actor: Actor, body: Body) -> bool:
    """Tell whether `actor` may change the tree at `body` and at the body above it: move, merge, split, dissolve it."""
    return organisations.placed(actor, Permission.ORGANISATION_EDIT).filter(pk=body.pk).exists()


def _history(body: Body) -> list[BodyChange]:
    others = Q(other=body, kind__in=[ChangeKind.MERGE.value, ChangeKind.SPLIT.value])
    return list(BodyChange.objects.filter(Q(body=body) | others).select_related("body", "other"))
