"""What a merger, a split or a dissolution would do to members, posts and the bodies below: shown before it is done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Q, QuerySet

from linli.members.models import Member, Membership, Post
from linli.organisations.models import Body, BodyParent


@dataclass(frozen=True, slots=True)
class Plan:
    """What is about to happen: memberships that move, posts that end, bodies that move along."""

    memberships: tuple[Membership, ...]
    posts: tuple[Post, ...]
    bodies: tuple[Body, ...] = ()

    @property
    def mark(self) -> str:
        """A text that differs as soon as the plan does: what is done must be what was shown."""
        rows = (self.memberships, self.posts, self.bodies)
        return sha256(repr([[row.pk for row in each] for each in rows]).encode()).hexdigest()[:16]


def lasting(day: date) -> Q:
    """Return the condition that a dated row holds on `day` or begins later."""
    return Q(valid_to=None) | Q(valid_to__gt=day)


def end_plan(body: Body, day: date) -> Plan:
    """Return what ending `body` on `day` concerns; a merger moves its members and bodies, else they forbid the end."""
    return Plan(tuple(_memberships(body, day)), tuple(_posts(body, day)), tuple(_below(body, day)))


def split_plan(body: Body, members: Collection[Member], day: date) -> Plan:
    """Return what splitting `members` off from `body` on `day` does: their posts in it end."""
    leaving = Q(member__in=members)
    return Plan(tuple(_memberships(body, day).filter(leaving)), tuple(_posts(body, day).filter(leaving)))


def belonging(body: Body, day: date) -> QuerySet[Member]:
    """Return the members whose unit on `day` is `body` itself, by name."""
    return Member.objects.filter(pk__in=Membership.objects.on(day).filter(body=body).values("member"))


def _memberships(body: Body, day: date) -> QuerySet[Membership]:
    found = Membership.objects.filter(lasting(day), body=body).select_related("member")
    return found.order_by("member__name_key", "member__number", "valid_from")


def _posts(body: Body, day: date) -> QuerySet[Post]:
    return Post.objects.filter(lasting(day), body=body).select_related("member").order_by("valid_from", "pk")


def _below(body: Body, day: date) -> QuerySet[Body]:
    links = BodyParent.objects.filter(lasting(day), parent=body)
    return Body.objects.filter(pk__in=links.values("body")).order_by("code")
