"""Reads of classified management: classes with their duties, who is without class or unit, rules, a reassignment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.paths import covers
from linli.lib.spans import months_after
from linli.members.models import Classification, ClassRule, Departure, Member, MemberClass, Membership, Post, Unified
from linli.members.policy.classes import Flaw, Held, flaws
from linli.members.queries.people import belongs, posts_lost
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.organisations.policy.kinds import UNITS
from linli.store.validity import holds_on


def with_duties() -> QuerySet[MemberClass]:
    """Return the classes, each with its duty set."""
    return MemberClass.objects.order_by("code").prefetch_related("duty_set")


def member_class(code: str) -> MemberClass:
    """Return the class with `code`; 404 where there is none."""
    found = with_duties().filter(code=code).first()
    if found is None:
        raise Http404
    return found


def unified() -> QuerySet[Unified]:
    """Return what is the same for every class, in order."""
    return Unified.objects.order_by("order")


def registered(day: date) -> QuerySet[Member]:
    """Return the members of the register of `day`: who has not left it (died, transferred out), or came back to it."""
    return Member.objects.filter(belongs(day))


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a member stands on a day: the units and classes that hold, and the unit that answers, or did last."""

    member: Member
    units: tuple[Body, ...]
    classes: tuple[MemberClass, ...]
    last: Body | None

    def within(self, paths: Iterable[str]) -> bool:
        """Tell whether the unit (else the last one) is at or below `paths`; who never had one is at the roots."""
        at = self.last.path if self.last else ""
        return any(covers(path, at) if at else path.count(".") == 1 for path in paths)


@dataclass(frozen=True, slots=True)
class Astray:
    """A member without exactly one class and one responsible unit, and why."""

    stand: Stand
    flaws: tuple[Flaw, ...]

    @property
    def member(self) -> Member:
        """The member."""
        return self.stand.member


def stands(found: QuerySet[Member], day: date) -> list[Stand]:
    """Return where each of `found` stands on `day`, by name; three queries."""
    begun: Any = Membership.objects.filter(valid_from__lte=day).select_related("body").order_by("-valid_from", "-pk")
    held: Any = Classification.objects.on(day).select_related("member_class")
    read = found.select_related("member_class").order_by("name_key", "number")
    units = Prefetch("memberships", begun, to_attr="units_begun")
    classes = Prefetch("classifications", held, to_attr="held_then")
    return [_stand(each, day) for each in read.prefetch_related(units, classes)]


def _stand(found: Any, day: date) -> Stand:
    rows: list[Membership] = found.units_begun
    units = tuple(row.body for row in rows if row.valid_to is None or row.valid_to > day)
    classes = tuple(row.member_class for row in found.held_then)
    return Stand(found, units, classes, rows[0].body if rows else None)


def astray(day: date) -> list[Astray]:
    """Return every registered member who does not have exactly one class and one living unit on `day`, with reasons.

    The truths of `linli verify`, the page of the desk and its count ask here.
    """
    units, held = Membership.objects.on(day), Classification.objects.on(day)
    living = units.filter(body__kind__in=[kind.value for kind in UNITS], body__in=Body.objects.on(day))
    right = held.filter(member_class=F("member__member_class"))
    fine = Q(pk__in=living.values("member")) & Q(pk__in=right.values("member"))
    doubtful = Q(pk__in=_doubled(units)) | Q(pk__in=_doubled(held))
    rows = []
    for stand in stands(registered(day).filter(~fine | doubtful), day):
        kinds = [Held(body.kind in UNITS, body.valid_to is None or body.valid_to > day) for body in stand.units]
        found = flaws(kinds, [each.pk for each in stand.classes], stand.member.member_class_id)
        rows += [Astray(stand, tuple(found))] if found else []
    return rows


def _doubled(rows: Any) -> Any:
    return rows.order_by().values("member").annotate(times=Count("pk")).filter(times__gt=1).values("member")


def astray_in_reach(actor: Actor, permission: Permission, day: date) -> list[Astray]:
    """Return those of `astray` whose unit, or last one, lies where `actor` holds `permission`."""
    reach = actor.reach(permission)
    return [each for each in astray(day) if each.stand.within(reach)] if reach else []


def stand_in_reach(actor: Actor, permission: Permission, number: str, day: date) -> Stand:
    """Return where the registered member with `number` stands; 404 where it is out of reach."""
    found = next(iter(stands(registered(day).filter(number=number), day)), None)
    if found is None or not found.within(actor.reach(permission)):
        raise Http404
    return found


# Reassignment by rule.


def rules(actor: Actor, permission: Permission) -> QuerySet[ClassRule]:
    """Return the rules of bodies at which `actor` holds `permission`, in the order in which they are read."""
    reached = ClassRule.objects.filter(organisations.below(actor.reach(permission), "body__path"))
    return reached.select_related("body", "of_class", "to_class", "to_unit").order_by("order", "pk")


def rule(actor: Actor, permission: Permission, pk: int) -> ClassRule:
    """Return one of `rules`; 404 where there is none."""
    found = rules(actor, permission).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Move:
    """What is about to happen to a member: another class, another unit, posts that end with the old one, and why."""

    stand: Stand
    to_class: MemberClass | None
    to_unit: Body | None
    posts: tuple[Post, ...] = ()
    rule: ClassRule | None = None


@dataclass(frozen=True, slots=True)
class Reassignment:
    """Every move that the rules give on a day; `left`: who would move, but has left the register since."""

    day: date
    moves: tuple[Move, ...]
    left: tuple[Member, ...] = ()

    @property
    def mark(self) -> str:
        """A text that differs as soon as the moves do: what is done must be what was shown."""
        rows = [
            (
                move.stand.member.pk,
                [body.pk for body in move.stand.units],
                [each.pk for each in move.stand.classes],
                move.to_class and move.to_class.pk,
                move.to_unit and move.to_unit.pk,
                [post.pk for post in move.posts],
            )
            for move in self.moves
        ]
        return sha256(repr((self.day, rows)).encode()).hexdigest()[:16]


def reassignment(given: Iterable[ClassRule], day: date) -> Reassignment:
    """Return what the rules `given`, in order, change on `day`: for each member the first rule that changes something.

    Who has left the register since is left out, and named.
    A fixed number of queries a rule, and one for the posts of each member who changes the unit.
    """
    heirs = organisations.heirs(day)
    here_again = Membership.objects.filter(valid_to=None).values("member")
    gone = set(Departure.objects.filter(on__gt=day).exclude(member__in=here_again).values_list("member", flat=True))
    moves: dict[int, Move] = {}
    for each in given:
        for stand in stands(_meant(each, day), day):
            if stand.member.pk not in moves and stand.within([each.body.path]):
                found = move(stand, each.to_class, _target(each, stand, heirs), day, each)
                moves |= {stand.member.pk: found} if found else {}
    meant = sorted(moves.values(), key=_by_name)
    here = tuple(each for each in meant if each.stand.member.pk not in gone)
    return Reassignment(day, here, tuple(each.stand.member for each in meant if each.stand.member.pk in gone))


def move(
    stand: Stand, to_class: MemberClass | None, to_unit: Body | None, day: date, by_rule: ClassRule | None = None
) -> Move | None:
    """Return the move that gives class and unit to a member, without what is so already; None where nothing is left."""
    if to_class is not None and stand.classes == (to_class,) and stand.member.member_class_id == to_class.pk:
        to_class = None
    if to_unit is not None and stand.units == (to_unit,):
        to_unit = None
    if to_class is None and to_unit is None:
        return None
    return Move(stand, to_class, to_unit, _posts(stand, to_unit, day) if to_unit else (), by_rule)


def _by_name(found: Move) -> tuple[str, str]:
    return found.stand.member.name_key, found.stand.member.number


def _meant(found: ClassRule, day: date) -> QuerySet[Member]:
    """Return the registered members of whom the conditions of a rule hold on `day`."""
    meant, units = registered(day), Membership.objects.on(day)
    if found.flaw == Flaw.NO_UNIT:
        meant = meant.exclude(pk__in=units.values("member"))
    elif found.flaw == Flaw.UNIT_ENDED:
        meant = meant.filter(pk__in=units.exclude(body__in=Body.objects.on(day)).values("member"))
    elif found.flaw == Flaw.NO_CLASS:
        meant = meant.exclude(pk__in=Classification.objects.on(day).values("member"))
    if found.of_class_id is not None:
        held = Classification.objects.on(day).filter(member_class=found.of_class_id)
        meant = meant.filter(pk__in=held.values("member"))
    if found.age_from is not None:
        meant = meant.filter(born_on__lte=months_after(day, -12 * found.age_from))
    return meant


def _target(found: ClassRule, stand: Stand, heirs: dict[int, Body]) -> Body | None:
    if found.to_unit is not None or found.flaw != Flaw.UNIT_ENDED or stand.last is None:
        return found.to_unit
    heir = heirs.get(stand.last.pk)
    return heir if heir is not None and heir.kind in UNITS else None


def _posts(stand: Stand, to_unit: Body, day: date) -> tuple[Post, ...]:
    """Return the posts that a member loses who moves to `to_unit` on `day`."""
    if not stand.units:
        return ()
    return tuple(posts_lost(stand.member, stand.units, to_unit, day).select_related("body").order_by("pk"))


def units_on(actor: Actor, permission: Permission, day: date) -> QuerySet[Body]:
    """Return the bodies in reach that live on `day` and can have members, from the root down."""
    kinds = [kind.value for kind in UNITS]
    return organisations.bodies(actor, permission).filter(holds_on(day), kind__in=kinds).order_by("path")


def sizes(actor: Actor, permission: Permission, day: date) -> dict[int, int]:
    """Return by the key of a class how many members in reach are in it on `day`."""
    reached = Membership.objects.on(day).filter(organisations.below(actor.reach(permission), "body__path"))
    held = Classification.objects.on(day).filter(member__in=reached.values("member"))
    return dict(held.order_by().values_list("member_class").annotate(Count("pk")))
