"""Rolls that name a person who was entered twice."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import Actor
from linli.activities.models import Activity, Attendance
from linli.activities.policy.states import Presence, State
from linli.activities.services.locking import no_one_twice
from linli.audit.services import writing
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member

WAITS = gettext_noop("The roll of “%(title)s” names %(number)s and waits for a second person; have it confirmed first.")


def pass_on(other: Member, *, into: Member, by: Actor, now: datetime, key: str) -> int:
    """Let the lines of `other` on rolls still open be those of the lasting record; return how many passed.

    Where both have a line, that of who was there stands. Confirmed rolls keep the number that they were confirmed with.
    Locks the activities. Refused: a roll that waits for a second person, who has seen the names on it; presence at two
    activities at one time.
    """
    with writing("activity.pass_on", by=by, now=now, key=key) as event:
        found = Activity.objects.select_for_update(of=("self",)).filter(roll__member=other).order_by("pk")
        open_ones = list(found.filter(state__in=[State.PLANNED, State.RECORDED]))
        for activity in open_ones:
            if activity.state == State.RECORDED:
                raise Refusal("join-roll", WAITS, field="number", title=activity.title, number=other.number)
        lines = Attendance.objects.filter(activity__in=open_ones)
        there = lines.filter(presence=Presence.PRESENT)
        lines.filter(member=other, activity__in=there.filter(member=into).values("activity")).delete()
        lines.filter(member=into, activity__in=there.filter(member=other).values("activity")).delete()
        lines.filter(member=other, activity__roll__member=into).delete()
        count = lines.filter(member=other).update(member=into)
        for activity in open_ones if count else ():
            if there.filter(member=into, activity=activity).exists():
                no_one_twice(activity, [into.pk], by)
        event.about(into.ref, other=other.number, lines=count)
    return count
