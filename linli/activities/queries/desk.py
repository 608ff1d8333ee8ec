"""Reads of the desk: what a permission reaches, what waits, what can be done now."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor, allowed
from linli.activities.models import Activity, Correction, Minutes
from linli.activities.policy import codes
from linli.activities.policy.minutes import State as Circulation
from linli.activities.policy.states import NEEDS, Action, Presence, State, actions
from linli.lib.clock import local_date
from linli.organisations.queries import below

SHOWS = ("upcoming", "record", "confirm", "minutes", "past")


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
    minutes: corrections wait for an answer, or can be asked for no more; past: confirmed or cancelled, the latest
    first.
    """
    here = Count("roll", filter=Q(roll__presence=Presence.PRESENT))
    found = activities(actor, Permission.ACTIVITY_VIEW).annotate(present=here)
    if show == "record":
        return found.filter(state=State.PLANNED, starts_at__lte=now).order_by("starts_at", "pk")
    if show == "confirm":
        return found.filter(state=State.RECORDED).order_by("starts_at", "pk")
    if show == "minutes":
        return found.filter(_minutes_wait(now)).order_by("starts_at", "pk")
    if show == "past":
        return found.filter(state__in=(State.CONFIRMED, State.CANCELLED)).order_by("-starts_at", "-pk")
    return found.filter(state=State.PLANNED, ends_at__gte=now).order_by("starts_at", "pk")


def open_now(actor: Actor, now: datetime) -> list[Activity]:
    """Return the activities whose roll `actor` may record and at which one can sign in at this moment."""
    found = activities(actor, Permission.ROLL_RECORD).filter(state=State.PLANNED, ends_at__gte=now)
    return list(found.filter(starts_at__lte=now + codes.OPENS_BEFORE).order_by("starts_at", "pk"))


def waiting(actor: Actor, now: datetime) -> dict[str, int]:
    """Return how many wait: `record` for a roll (the activity is over), `confirm` for a second person, `minutes`."""
    found = activities(actor, Permission.ACTIVITY_VIEW)
    return found.aggregate(
        minutes=Count("pk", filter=_minutes_wait(now)),
        record=Count("pk", filter=Q(state=State.PLANNED, ends_at__lt=now)),
        confirm=Count("pk", filter=Q(state=State.RECORDED)),
    )


def _minutes_wait(now: datetime) -> Q:
    circulated = Minutes.objects.filter(state=Circulation.CIRCULATED)
    waiting = circulated.filter(Q(corrections_until__lt=local_date(now)) | Q(pk__in=_unanswered()))
    return Q(pk__in=waiting.values("activity")) & ~Q(state=State.CANCELLED)


def _unanswered() -> QuerySet[Correction, int]:
    return Correction.objects.filter(answer="").values_list("minutes", flat=True)


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


def may_see(actor: Actor, found: Activity) -> bool:
    """Tell whether `actor` may see the activity with its roll."""
    return allowed(actor, Permission.ACTIVITY_VIEW, found.body.path)
