"""Writes of plans: made, changed, cancelled, handed over to the heir of a body."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from linli.access.decide import SYSTEM, Actor
from linli.activities.models import Activity, Attendance, Kind
from linli.activities.policy import rolls
from linli.activities.policy.states import ON_THE_SPOT, Action, Presence, State, after
from linli.activities.services.locking import locked, no_one_twice
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.mask import mask_text
from linli.lib.words import gettext_noop
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.places.models import Place

BATCH = 500


def _fit_for_all(kind: Kind, **texts: str) -> None:
    """Refuse what identifies a person in the texts of a public kind: the calendar is read by everybody."""
    for field, text in texts.items():
        if kind.public and mask_text(text).found:
            raise Refusal(
                "activity-personal",
                gettext_noop(
                    "This is shown in the public calendar and seems to hold a telephone, identity or plate number; "
                    "take it out."
                ),
                field=field,
            )


def plan(
    *,
    kind: Kind,
    body: Body,
    title: str,
    spot: str,
    starts_at: datetime,
    ends_at: datetime,
    place: Place | None = None,
    by: Actor,
    now: datetime,
    key: str,
) -> Activity:
    """Plan an activity of `body`; one that is over may be entered late, for its paper roll.

    Refused: a kind that is not offered, an end before the start, more than 12 hours, more than 400 days away, the
    same thing twice (kind, body, title and start), numbers of persons where the kind is public.
    """
    with writing("activity.plan", by=by, now=now, key=key) as event:
        if not kind.offered:
            raise Refusal(
                "kind-retired",
                gettext_noop("“%(kind)s” is not offered any more; choose another kind."),
                field="kind",
                kind=kind.name,
            )
        rolls.check_times(starts_at, ends_at, now)
        _fit_for_all(kind, title=title, spot=spot)
        same = Activity.objects.filter(kind=kind, body=body, title=title, starts_at=starts_at)
        if same.exclude(state=State.CANCELLED).exists():
            raise Refusal(
                "activity-twice",
                gettext_noop("“%(title)s” is planned for this time already; look it up in the list."),
                field="title",
                title=title,
            )
        activity = Activity.objects.create(
            kind=kind,
            body=body,
            title=title,
            place=place,
            spot=spot,
            starts_at=starts_at,
            ends_at=ends_at,
            sign_in_secret=hmac.new(settings.SECRET_KEY.encode(), f"sign-in:{key}".encode(), "sha256").hexdigest(),
            planned_by=by.ref,
            changed_at=now,
        )
        event.about(activity.ref, kind=kind.code, body=body.code)
    return activity


def hand_over(*, now: datetime, key: str) -> int:
    """Give what bodies that have ended had planned for later to their heirs; return how many activities. Locks them."""
    heirs = organisations.heirs(local_date(now))
    planned = Activity.objects.filter(body__in=heirs, state=State.PLANNED, starts_at__gt=now)
    if not planned.exists():
        return 0
    with writing("activity.hand_over", by=SYSTEM, now=now, key=key) as event:
        found = list(planned.select_for_update(of=("self",)))
        for activity in found:
            activity.body = heirs[activity.body_id]
            activity.changed_at = now
            activity.revision += 1
        Activity.objects.bulk_update(found, ["body", "changed_at", "revision"])
        event.about("activity:*", activities=[activity.pk for activity in found])
    return len(found)


def change(
    activity: Activity,
    *,
    title: str,
    spot: str,
    starts_at: datetime,
    ends_at: datetime,
    place: Place | None = None,
    by: Actor,
    now: datetime,
    key: str,
) -> Activity:
    """Change what is planned; the minutes of who is present follow a new length.

    Refused: a roll that is recorded, times that cannot be or clash for who signed in, another day once somebody has
    signed in by code.
    """
    with writing("activity.change", by=by, now=now, key=key) as event:
        found = locked(activity)
        after(found.state, Action.CHANGE)
        rolls.check_times(starts_at, ends_at, now)
        _fit_for_all(found.kind, title=title, spot=spot)
        present, duration = found.roll.filter(presence=Presence.PRESENT), found.duration
        rolls.check_day(found.starts_at, starts_at, present.filter(way__in=ON_THE_SPOT).count())
        event.about(found.ref, was=f"{found.starts_at.isoformat()} {found.spot}")
        found.title, found.spot, found.place = title, spot, place
        found.starts_at, found.ends_at = starts_at, ends_at
        no_one_twice(found, list(present.values_list("member_id", flat=True)), by)
        if found.duration != duration:
            _stay(list(present), duration, found.duration)
        _changed(found, now)
        found.save()
    return found


def _stay(present: Sequence[Attendance], was: int, duration: int) -> None:
    for line in present:
        line.minutes = rolls.minutes_kept(line.minutes, was, duration)
    Attendance.objects.bulk_update(present, ["minutes"], batch_size=BATCH)


def _changed(activity: Activity, now: datetime) -> None:
    activity.changed_at = now
    activity.revision += 1


def cancel(activity: Activity, *, reason: str, by: Actor, now: datetime, key: str) -> Activity:
    """Cancel what is planned; the reason is shown in the calendar. Refused: a roll that is recorded."""
    with writing("activity.cancel", by=by, now=now, key=key) as event:
        found = locked(activity)
        found.state = after(found.state, Action.CANCEL)
        _fit_for_all(found.kind, reason=reason)
        found.cancel_reason = reason
        _changed(found, now)
        found.save(update_fields=["state", "cancel_reason", "changed_at", "revision"])
        event.about(found.ref)
    return found
