"""Reads of rolls: who is due, who can be a guest, the rows of the page and of the sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.activities.models import Activity, Attendance, Kind, WrongCode
from linli.activities.policy.states import Due, Presence, State
from linli.lib.clock import local_date
from linli.lib.mask import mask_name
from linli.lib.paths import covers
from linli.members import queries as members
from linli.members.models import Member, Membership
from linli.members.policy.kinds import BRANCH_TITLES
from linli.organisations.models import Body
from linli.store.statements import prepared
from linli.store.validity import holds_on


def due_members(kind: Kind, body: Body, day: date) -> QuerySet[Member]:
    """Return who is due at an activity of `kind` held by `body` on `day`, in the order of names.

    The members of the body and of the bodies below it who are due at organisational life (`members.due_members`);
    or the committee of the body by its posts of that day; or nobody.
    """
    if kind.due == Due.MEMBERS:
        return members.due_members(body, day)
    if kind.due == Due.COMMITTEE:
        posts = Q(posts__body=body, posts__title__in=BRANCH_TITLES) & holds_on(day, "posts__")
        return Member.objects.filter(posts).distinct().order_by("name_key", "number")
    return Member.objects.none()


def due_at(found: Activity) -> QuerySet[Member]:
    """Return who is due at the activity."""
    return due_members(found.kind, found.body, local_date(found.starts_at))


def due_list(found: Activity) -> list[Member]:
    """Return what `due_at` returns as a list, fast where it is asked all day."""
    if found.kind.due == Due.MEMBERS:
        return members.due_list(found.body, local_date(found.starts_at))
    return list(due_at(found))


def guests_by_number(found: Activity, numbers: Collection[str]) -> dict[str, int]:
    """Return the keys of those of `numbers` who had a unit on the day: who can be guests on the roll.

    A second number gives the key of the person.
    """
    day = local_date(found.starts_at)
    known = dict(_with_unit(list(numbers), day)) if numbers else {}
    rest = [number for number in numbers if number not in known]
    return known | dict(_with_unit_as(rest, day)) if rest else known


@prepared
def _with_unit(numbers: Sequence[str], day: date) -> QuerySet[Membership, tuple[str, int]]:
    return Membership.objects.on(day).filter(member__number__in=numbers).values_list("member__number", "member__pk")


@prepared
def _with_unit_as(numbers: Sequence[str], day: date) -> QuerySet[Membership, tuple[str, int]]:
    found = Membership.objects.on(day).filter(member__others__number__in=numbers)
    return found.values_list("member__others__number", "member__pk")


@prepared
def present_then(
    other_than: int, earliest: datetime, starts_at: datetime, ends_at: datetime
) -> QuerySet[Attendance, tuple[int, int]]:
    """Return line and member of everybody present at another activity, not cancelled, between the two moments.

    `earliest`: no activity that began before it still lasts; it lets the index by start do the work.
    """
    near = Q(activity__starts_at__gt=earliest, activity__starts_at__lt=ends_at, activity__ends_at__gt=starts_at)
    held = Attendance.objects.filter(near).exclude(activity__pk=other_than).exclude(activity__state=State.CANCELLED)
    return held.filter(presence=Presence.PRESENT).order_by("member__name_key", "pk").values_list("pk", "member_id")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the roll page or sheet: a member, the name and unit to show, whether due, the line that stands already.

    A guest of a unit beyond the reader's reach has a masked name and no unit: a number that is typed tells no name.
    """

    member: Member
    name: str
    unit: str
    due: bool
    line: Attendance | None


def rows(found: Activity, actor: Actor, permission: Permission) -> list[Row]:
    """Return a row for each member who is due, then for each guest, with the lines that stand. Three queries.

    `permission`: what lets `actor` read this roll; a guest's unit must be within its reach to be named.
    """
    day = local_date(found.starts_at)
    units = Prefetch("memberships", Membership.objects.on(day).select_related("body"), to_attr="unit_then")
    due = list(due_at(found).prefetch_related(units))
    lines = {line.member_id: line for line in found.roll.all()}
    ids = {member.pk for member in due}
    guests = Member.objects.filter(pk__in=lines.keys() - ids).prefetch_related(units).order_by("name_key", "number")
    reach = actor.reach(permission)
    return [_row(member, lines.get(member.pk), reach, due=member.pk in ids) for member in [*due, *guests]]


def _row(member: Member, line: Attendance | None, reach: tuple[str, ...], *, due: bool) -> Row:
    held: Iterable[Membership] = getattr(member, "unit_then", ())
    unit = next((membership.body for membership in held), None)
    if due or (unit and any(covers(upper, unit.path) for upper in reach)):
        return Row(member, member.name, unit.name if unit else "", due, line)
    return Row(member, mask_name(member.name), "", due, line)


def tally(found: Activity) -> dict[str, int]:
    """Return how many lines of the roll are present, on leave, absent, and how many of the present are guests."""
    count = {presence.value: Count("pk", filter=Q(presence=presence)) for presence in Presence}
    guests = Count("pk", filter=Q(presence=Presence.PRESENT, due=False))
    return found.roll.aggregate(**count, guests=guests, lines=Count("pk"))


def wrong_codes(before: datetime) -> QuerySet[WrongCode]:
    """Return the wrong sign-in codes typed before `before`."""
    return WrongCode.objects.filter(at__lt=before)
