"""Reads of members: who may be seen, who is due, who consents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.paths import covers
from linli.members.models import Departure, Member, MemberClass, Membership, MemberStanding, Post
from linli.members.policy.kinds import BRANCH_TITLES, RESIDENTS_TITLES, Purpose
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.organisations.policy.kinds import UNITS, BodyKind
from linli.store.rows import rows
from linli.store.validity import holds_on

TWO_COMMITTEES = (BodyKind.GENERAL_BRANCH, BodyKind.RESIDENTS_COMMITTEE)
"""The two committees (两委) of a community: that of its general branch, and the residents' committee."""


def members(actor: Actor, permission: Permission, day: date) -> QuerySet[Member]:
    """Return the members whose unit on `day` lies where `actor` holds `permission`, by name."""
    units = holds_on(day, "memberships__") & organisations.below(actor.reach(permission), "memberships__body__path")
    return Member.objects.filter(units).order_by("name_key", "number")


def memberships(
    actor: Actor, permission: Permission, unit: Body | None, day: date, *, left: bool = False, own: bool = False
) -> QuerySet[Membership]:
    """Return the memberships of `day` in reach, in `unit` (None: any) and, not `own`, below it as the tree stood then.

    With `left` those with which somebody left the register from there in the year of `day`, until `day`; a unit that
    has ended since counts where its heir of `day` stands.
    """
    reach = actor.reach(permission)
    if left:
        return _left(reach, unit, day, own=own)
    held: QuerySet[Membership] = Membership.objects.on(day).filter(organisations.below(reach, "body__path"))
    if unit is None:
        return held
    return held.filter(body=unit) if own else held.filter(organisations.below_on(unit, day, "body"))


def _left(reach: tuple[str, ...], unit: Body | None, day: date, *, own: bool) -> QuerySet[Membership]:
    """Return what `memberships` says of those who left, as seen from the bodies at `reach`."""
    heirs = organisations.heirs(day)

    def taken(seen: Callable[[Body], bool]) -> Q:
        return Q(body__in=[key for key, heir in heirs.items() if seen(heir)])

    within = organisations.below(reach, "body__path") | taken(
        lambda heir: any(covers(path, heir.path) for path in reach)
    )
    held = departures(day).filter(within)
    if unit is None:
        return held
    if own:
        return held.filter(Q(body=unit) | taken(lambda heir: heir == unit))
    below = set(Body.objects.filter(organisations.below_on(unit, day)).values_list("pk", flat=True))
    return held.filter(Q(body__in=below) | taken(lambda heir: heir.pk in below))


def found(
    actor: Actor, permission: Permission, unit: Body | None, day: date, *, left: bool = False, own: bool = False
) -> QuerySet[Member]:
    """Return the members of `memberships`, by name."""
    held = memberships(actor, permission, unit, day, left=left, own=own)
    return Member.objects.filter(pk__in=held.values("member")).order_by("name_key", "number")


def departures(day: date) -> QuerySet[Membership]:
    """Return the memberships with which somebody left the register in the year of `day`, until `day`."""
    return Membership.objects.exclude(ended="").filter(valid_to__range=(date(day.year, 1, 1), day))


def member(actor: Actor, permission: Permission, number: str, day: date) -> Member:
    """Return one of `members`, with its whole history of units, posts and standings; 404 where there is none."""
    units = Membership.objects.select_related("body").order_by("-valid_from", "pk")
    posts = Post.objects.select_related("body").order_by("-valid_from", "pk")
    standings = MemberStanding.objects.order_by("-valid_from", "pk")
    reached = members(actor, permission, day).select_related("member_class", "user")
    reached = reached.prefetch_related(Prefetch("memberships", units, to_attr="all_units"), "contacts", "others")
    reached = reached.prefetch_related(Prefetch("standings", standings, to_attr="all_standings"))
    found = reached.prefetch_related(Prefetch("posts", posts, to_attr="all_posts")).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def lasting(found: Any, day: date) -> dict[str, list[Any]]:
    """Return what holds after `day` of a member that came from `member`: units, posts, standings."""
    held = {"units": found.all_units, "posts": found.all_posts, "standings": found.all_standings}
    return {name: [row for row in some if row.valid_to is None or row.valid_to > day] for name, some in held.items()}


def posts_lost(member: Member, units: Iterable[Body], to: Body, day: date) -> QuerySet[Post]:
    """Return the posts that a member who moves from `units` to `to` on `day` loses: there and below, from `day` on.

    Those in `to` and below it stay; where `to` stands above, only those outside of what is left.
    """
    left = list(units)
    lost = reduce(or_, (organisations.below_on(unit, day, "body") for unit in left), Q(pk__in=()))
    held = Post.objects.filter(lost, Q(valid_to=None) | Q(valid_to__gt=day), member=member)
    if any(covers(to.path, unit.path) for unit in left):
        return held
    return held.exclude(organisations.below_on(to, day, "body"))


def post(actor: Actor, permission: Permission, pk: int) -> Post:
    """Return a post in a body at which `actor` holds `permission`; 404 where there is none."""
    reached = Post.objects.filter(organisations.below(actor.reach(permission), "body__path"), pk=pk)
    found = reached.select_related("member", "body").first()
    if found is None:
        raise Http404
    return found


def listed(found: QuerySet[Member], day: date) -> QuerySet[Member]:
    """Return `found` ready for a list: each with its class, and its unit of `day` in `unit_then` (two queries)."""
    unit = Prefetch("memberships", Membership.objects.on(day).select_related("body"), to_attr="unit_then")
    return found.select_related("member_class").prefetch_related(unit)


def unit_of(found: Any) -> Body | None:
    """Return the unit of a member that came from `listed`."""
    held: list[Membership] = found.unit_then
    return held[0].body if held else None


def called(text: str) -> Q:
    """Return the condition that a member is meant by `text`: characters of the name, pinyin, initials, or number."""
    plain = " ".join(text.casefold().split())
    if not plain.isascii():
        return Q(name__contains="".join(text.split()))
    pinyin = Q(name_key__startswith=plain) | Q(name_key__contains=f" {plain}")
    second = Member.objects.filter(number__istartswith=plain).exclude(same_as=None).values("same_as")
    return pinyin | Q(number__istartswith=plain) | Q(pk__in=second)


def in_committees(day: date) -> Q:
    """Return the condition that a member sits in one of `TWO_COMMITTEES` on `day`."""
    seats = Post.objects.on(day).filter(body__kind__in=TWO_COMMITTEES, title__in=BRANCH_TITLES | RESIDENTS_TITLES)
    return Q(pk__in=seats.values("member"))


def in_unit(path: str, day: date, *, alone: bool) -> Q:
    """Return the condition that a member's unit on `day` is the body at `path`, or (not `alone`) is below it."""
    where = {"body__path": path} if alone else {"body__path__startswith": path}
    return Q(pk__in=Membership.objects.on(day).filter(**where).values("member"))


def belongs(day: date) -> Q:
    """Return the condition that a member is on the register of `day`: has a unit, or has not left it.

    A second number of somebody is no member.
    """
    unit = Q(pk__in=Membership.objects.on(day).values("member"))
    left = Q(pk__in=Departure.objects.filter(on__lte=day).values("member"))
    return unit | ~left & Q(same_as=None)


def units(actor: Actor, permission: Permission, day: date) -> QuerySet[Body]:
    """Return the living bodies in reach that members can belong to, from the root down."""
    return organisations.bodies(actor, permission).filter(holds_on(day), kind__in=UNITS).order_by("path")


def classes() -> QuerySet[MemberClass]:
    """Return the classes of classified management."""
    return MemberClass.objects.order_by("code")


_NAMED = """SELECT m.number, p.name, c.id IS NOT NULL FROM members_member m
JOIN members_member p ON p.id = COALESCE(m.same_as_id, m.id)
LEFT JOIN members_consent c ON c.member_id = p.id AND c.purpose = %s AND c.withdrawn_at IS NULL WHERE m.number IN %s"""


def named(numbers: Iterable[str], purpose: Purpose) -> dict[str, tuple[str, bool]]:
    """Return by member number the name, and whether consent to show it for `purpose` holds today.

    Of a second number those of the person.
    """
    return {number: (name, bool(agreed)) for number, name, agreed in rows(_NAMED, purpose.value, list(numbers))}
