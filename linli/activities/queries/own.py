"""What a member sees: what is coming, the own record, what was missed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from linli.access.decide import Actor
from linli.activities.models import Activity, Attendance
from linli.activities.policy.states import Due, Presence, State
from linli.lib.clock import local_date
from linli.lib.paths import prefixes
from linli.members.models import Member, Membership
from linli.members.policy.kinds import BRANCH_TITLES
from linli.members.queries import duplicates
from linli.organisations.models import Body
from linli.store.validity import holds_on

MISSED_WITHIN = timedelta(days=365)


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
