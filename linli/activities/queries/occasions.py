"""Reads of activities: what a permission reaches, who is due, a member's own record, the public calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor, allowed
from linli.activities.models import Activity, Attendance, Kind, WrongCode
from linli.activities.policy.states import NEEDS, Action, Due, Presence, State, actions
from linli.lib.clock import local_date
from linli.lib.mask import mask_name
from linli.lib.paths import covers, prefixes
from linli.lib.rulebook import broken
from linli.members import queries as members
from linli.members.models import Member, Membership, MemberStanding
from linli.members.policy import silence
from linli.members.policy.due import EXCLUDES, Occasion
from linli.members.policy.kinds import BRANCH_TITLES
from linli.members.queries import duplicates, life
from linli.organisations.models import Body
from linli.organisations.queries import below
from linli.store.statements import prepared
from linli.store.validity import holds_on

SHOWS = ("upcoming", "record", "confirm", "past")
SHOWN_EARLIER = timedelta(days=90)
"""How far back a subscribed calendar reaches."""
MISSED_WITHIN = timedelta(days=365)


def kinds() -> QuerySet[Kind]:
    """Return all kinds in order."""
    return Kind.objects.all()


def activities(actor: Actor, permission: Permission) -> QuerySet[Activity]:
    """Return the activities of the bodies at which `actor` holds `permission`."""
    return Activity.objects.filter(below(actor.reach(permission), "body__path")).select_related("kind", "body", "place")


def activity(actor: Actor, permission: Permission, number: int) -> Activity:
    """Return the activity; 404 where `permission` does not reach it."""
    found = activities(actor, permission).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def listed(actor: Actor, show: str, now: datetime) -> QuerySet[Activity]:
    """Return the activities of a list of the desk (`show`: one of SHOWS), each with its count `present`.

    upcoming: planned and not over; record: begun without a roll; confirm: waiting for a second person;
    past: confirmed or cancelled, the latest first.
    """
    here = Count("roll", filter=Q(roll__presence=Presence.PRESENT))
    found = activities(actor, Permission.ACTIVITY_VIEW).annotate(present=here)
    if show == "record":
        return found.filter(state=State.PLANNED, starts_at__lte=now).order_by("starts_at", "pk")
    if show == "confirm":
        return found.filter(state=State.RECORDED).order_by("starts_at", "pk")
    if show == "past":
        return found.filter(state__in=(State.CONFIRMED, State.CANCELLED)).order_by("-starts_at", "-pk")
    return found.filter(state=State.PLANNED, ends_at__gte=now).order_by("starts_at", "pk")


def waiting(actor: Actor, now: datetime) -> dict[str, int]:
    """Return how many rolls wait: `record` without a roll (the activity is over), `confirm` for a second person."""
    found = activities(actor, Permission.ACTIVITY_VIEW)
    return found.aggregate(
        record=Count("pk", filter=Q(state=State.PLANNED, ends_at__lt=now)),
        confirm=Count("pk", filter=Q(state=State.RECORDED)),
    )


def possible(actor: Actor, found: Activity, now: datetime) -> tuple[Action, ...]:
    """Return what `actor` can do with the activity now: the state table, the permission, and who recorded."""
    own = found.recorded_by == actor.ref
    begun = found.starts_at <= now
    return tuple(
        action
        for action in actions(found.state)
        if action in NEEDS
        and allowed(actor, NEEDS[action], found.body.path)
        and not (action is Action.CONFIRM and own)
        and not (action is Action.RECORD and not begun)
    )


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


def may_see(actor: Actor, found: Activity) -> bool:
    """Tell whether `actor` may see the activity with its roll."""
    return allowed(actor, Permission.ACTIVITY_VIEW, found.body.path)


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


def silent(actor: Actor, permission: Permission, now: datetime) -> list[life.Matter]:
    """Return what D6 says of the members in reach: absent without reason, more than once, since last seen or on leave.

    Only confirmed rolls count; who is not due at organisational life today is left out.
    """
    day = local_date(now)
    excused = MemberStanding.objects.on(day).filter(kind__in=[kind.value for kind in EXCLUDES[Occasion.LIFE]])
    reached = members.members(actor, permission, day).exclude(pk__in=excused.values("member")).order_by()
    confirmed = Attendance.objects.filter(activity__state=State.CONFIRMED, activity__starts_at__lte=now)
    own = Q(member=OuterRef("member")) | Q(member__same_as=OuterRef("member"))
    came = confirmed.filter(own, activity__starts_at__gte=OuterRef("activity__starts_at"))
    missed = confirmed.filter(~Exists(came.exclude(presence=Presence.ABSENT)), member__in=reached)
    missed = missed.filter(presence=Presence.ABSENT, due=True)
    counted = missed.values("member").annotate(since=Min("activity__starts_at"), times=Count("pk")).filter(times__gt=1)
    given, found = life.numbers(silence.NUMBERS, actor, permission, day), []
    for row in counted:
        facts = silence.Silent(local_date(row["since"]), row["times"], day, given)
        found += [(row["member"], finding) for finding in broken(silence.RULES, facts)]
    people = Member.objects.in_bulk([pk for pk, _finding in found])
    found.sort(key=lambda pair: (people[pair[0]].name_key, people[pair[0]].number))
    return [life.Matter(finding, people[pk]) for pk, finding in found]


# What a member sees.


def my_bodies(member: int, day: date) -> tuple[Body, ...]:
    """Return the unit of the member on `day` and the bodies above it, from the root down."""
    unit = Membership.objects.on(day).filter(member=member).select_related("body").first()
    return tuple(Body.objects.filter(path__in=prefixes(unit.body.path)).order_by("path")) if unit else ()


def for_member(member: int, day: date) -> QuerySet[Activity]:
    """Return the activities that concern the member: of the own unit and above, and the public ones of all bodies.

    A committee meeting concerns only who is due at it.
    """
    posts = Q(body__posts__member=member, body__posts__title__in=BRANCH_TITLES) & holds_on(day, "body__posts__")
    committee = Q(kind__due=Due.COMMITTEE) & posts
    mine = Q(body__in=my_bodies(member, day)) & ~Q(kind__due=Due.COMMITTEE)
    found = Activity.objects.filter(mine | committee | Q(kind__public=True))
    return found.select_related("kind", "body", "place").distinct()


def my_upcoming(member: int, now: datetime, days: int = 60) -> QuerySet[Activity]:
    """Return what is planned and not over for the member within `days`; public ones only of the own line of bodies."""
    day = local_date(now)
    near = Q(state=State.PLANNED, ends_at__gte=now, starts_at__lte=now + timedelta(days=days))
    line = Q(body__in=my_bodies(member, day))
    signed = Prefetch("roll", Attendance.objects.filter(member=member), to_attr="my_lines")
    return for_member(member, day).filter(near & line).prefetch_related(signed).order_by("starts_at", "pk")


def mine(actor: Actor, number: int, now: datetime) -> Activity:
    """Return an activity that concerns the member who asks; 404 otherwise."""
    member = actor.member_id
    found = for_member(member, local_date(now)).filter(pk=number).first() if member is not None else None
    if found is None:
        raise Http404
    return found


def me(actor: Actor) -> Member:
    """Return the member who asks; 404 where the account has none."""
    found = Member.objects.filter(pk=actor.member_id or 0).first()
    if found is None:
        raise Http404
    return found


def my_line(member: int, found: Activity) -> Attendance | None:
    """Return the member's own line on the roll, where there is one."""
    return found.roll.filter(member=member).first()


def my_record(member: int, year: int) -> QuerySet[Attendance]:
    """Return the member's lines on confirmed rolls of activities of `year`, the latest first."""
    own = Attendance.objects.filter(member__in=duplicates.persons(member), activity__state=State.CONFIRMED)
    own = own.filter(activity__starts_at__year=year)
    return own.select_related("activity__kind", "activity__body").order_by("-activity__starts_at")


def missed(member: int, now: datetime) -> QuerySet[Attendance]:
    """Return what the member was due at and missed within a year, with leave or without: still to make up."""
    own = Attendance.objects.filter(member__in=duplicates.persons(member), activity__state=State.CONFIRMED)
    there = own.filter(presence=Presence.PRESENT).values("activity")
    recent = own.filter(due=True, activity__starts_at__gt=now - MISSED_WITHIN).exclude(activity__in=there)
    return recent.select_related("activity__kind", "activity__body").order_by("activity__starts_at")


# What everybody sees.


def public_body(code: str) -> Body:
    """Return the body whose calendar is asked for; 404 where there is none."""
    found = Body.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def public(body: Body | None = None) -> QuerySet[Activity]:
    """Return the activities of public kinds, of `body` and the bodies below it where one is given."""
    found = Activity.objects.filter(kind__public=True).select_related("kind", "body", "place")
    return found.filter(body__path__startswith=body.path) if body else found


def public_between(start: datetime, end: datetime, body: Body | None = None) -> QuerySet[Activity]:
    """Return the public activities that start in [start, end), in order of time, cancelled ones included."""
    return public(body).filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "pk")


def public_feed(body: Body, now: datetime) -> QuerySet[Activity]:
    """Return what a subscribed calendar of `body` holds: public activities from 90 days ago on."""
    return public(body).filter(starts_at__gte=now - SHOWN_EARLIER).order_by("starts_at", "pk")


def said(name: str) -> tuple[str, datetime] | None:
    """Return title and moment of the activity that a text reference names, for pages of apps below."""
    found = Activity.objects.filter(pk=int(name)).values_list("title", "starts_at") if name.isdecimal() else None
    return found.first() if found is not None else None


def roots() -> list[Body]:
    """Return the topmost bodies; the calendar of each holds everything below it."""
    return [body for body in Body.objects.filter(parents=None).order_by("path") if body.path.count(".") == 1]


def wrong_codes(before: datetime) -> QuerySet[WrongCode]:
    """Return the wrong sign-in codes typed before `before`."""
    return WrongCode.objects.filter(at__lt=before)
