"""Writes of sign-in on the spot: by the code on the organiser's screen, or by the member's code that is scanned."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.access.decide import Actor
from linli.activities import queries
from linli.activities.models import Activity, Attendance, WrongCode
from linli.activities.policy import codes
from linli.activities.policy.states import Action, Presence, Way, after
from linli.activities.services.locking import locked, no_one_twice
from linli.audit.services import writing
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member


def sign_in(activity: Activity, *, member: Member, code: str, by: Actor, now: datetime, key: str) -> Attendance:
    """Sign `member` in by the code on the organiser's screen; one who is signed in already keeps that line.

    Refused: outside half an hour before the start until the end, a wrong code, a member who is elsewhere at
    the time. A wrong code is kept though the sign-in is refused: five within ten minutes make a pause, for
    this member only. Judged under the activity's lock, so that guesses sent at once are counted one by one.
    """
    with transaction.atomic():
        found = locked(activity)
        line = found.roll.filter(member=member).first()
        if line is not None and line.presence == Presence.PRESENT:
            return line
        after(found.state, Action.SIGN_IN)
        tries = WrongCode.objects.filter(activity=found, member=member)
        _may_try(found, tries.filter(at__gt=now - codes.PAUSE).count(), now)
        if codes.accepted(found.sign_in_secret, code, now):
            with writing("activity.sign_in", by=by, now=now, key=key) as event:
                event.about(found.ref)
                return _signed(found, member, Way.CODE, by, now)
        with writing("activity.wrong_code", by=by, now=now, key=f"{key}:{tries.count()}") as event:
            WrongCode.objects.create(activity=found, member=member, at=now)
            event.about(found.ref)
    raise Refusal(
        "code-wrong",
        gettext_noop("This is not the code that is shown now. Look at the screen again; it changes twice a minute."),
        field="code",
    )


def _is_open(activity: Activity, now: datetime) -> None:
    if not codes.is_open(activity.starts_at, activity.ends_at, now):
        raise Refusal(
            "code-closed",
            gettext_noop("Signing in by code is open from half an hour before the start until the end."),
        )


def _may_try(activity: Activity, wrong: int, now: datetime) -> None:
    _is_open(activity, now)
    if wrong >= codes.TRIES:
        raise Refusal(
            "code-pause",
            gettext_noop("Too many wrong codes. Wait ten minutes, or sign on the paper roll: it counts the same."),
        )


def scan(activity: Activity, *, member: Member, by: Actor, now: datetime, key: str) -> Attendance:
    """Sign `member` in whose code the organiser scanned; one who is signed in already keeps that line.

    Refused: outside half an hour before the start until the end, a member without a unit on the day, or who is
    elsewhere at the time.
    """
    with writing("activity.scan", by=by, now=now, key=key) as event:
        found = locked(activity)
        event.about(found.ref)
        line = found.roll.filter(member=member).first()
        if line is not None and line.presence == Presence.PRESENT:
            return line
        after(found.state, Action.SIGN_IN)
        _is_open(found, now)
        if not queries.guests_by_number(found, [member.number]):
            raise Refusal("scan-unit", gettext_noop("This member belongs to no branch here; ask at the desk."))
        return _signed(found, member, Way.SCAN, by, now)


def _signed(activity: Activity, member: Member, way: Way, by: Actor, now: datetime) -> Attendance:
    no_one_twice(activity, [member.pk], by)
    given = {
        "presence": Presence.PRESENT,
        "way": way,
        "due": queries.due_at(activity).filter(pk=member.pk).exists(),
        "minutes": activity.duration,
        "reason": "",
        "at": now,
    }
    line, _new = Attendance.objects.update_or_create(activity=activity, member=member, defaults=given)
    return line


def forget_wrong_codes(*, before: datetime, by: Actor, now: datetime, key: str) -> int:
    """Delete the wrong codes typed before `before`; return how many."""
    with writing("activity.forget_codes", by=by, now=now, key=key) as event:
        count, _by_table = WrongCode.objects.filter(at__lt=before).delete()
        event.about("wrong_codes", count=count)
    return count
