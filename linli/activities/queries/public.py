"""What everybody sees: the calendar, its feeds, an activity named in a reference."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404

from linli.access.decide import Actor
from linli.activities.models import Activity
from linli.activities.queries.desk import may_see
from linli.activities.queries.own import for_member
from linli.lib.clock import local_date
from linli.members.queries.duplicates import persons
from linli.organisations.models import Body

SHOWN_EARLIER = timedelta(days=90)
"""How far back a subscribed calendar reaches."""


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


def shown(actor: Actor, number: int, now: datetime) -> Activity:
    """Return an activity that `actor` may know of; 404 otherwise.

    Everybody knows of public kinds; else who sees it on the desk, whom it concerns as a member, who is on its roll.
    """
    found = Activity.objects.select_related("kind", "body", "place").filter(pk=number).first()
    if found is None or not (found.kind.public or may_see(actor, found) or _concerns(actor, found, now)):
        raise Http404
    return found


def _concerns(actor: Actor, found: Activity, now: datetime) -> bool:
    if actor.member_id is None:
        return False
    mine = for_member(actor.member_id, local_date(now)).filter(pk=found.pk).exists()
    return mine or found.roll.filter(member__in=persons(actor.member_id)).exists()


def said(name: str) -> tuple[str, datetime] | None:
    """Return title and moment of the activity that a text reference names, for pages of apps below."""
    found = Activity.objects.filter(pk=int(name)).values_list("title", "starts_at") if name.isdecimal() else None
    return found.first() if found is not None else None


def roots() -> list[Body]:
    """Return the topmost bodies; the calendar of each holds everything below it."""
    return [body for body in Body.objects.filter(parents=None).order_by("path") if body.path.count(".") == 1]
