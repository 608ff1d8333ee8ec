"""Activities for tests and for the catalogue, made through the services."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from linli.access.decide import Actor
from linli.activities import queries, services
from linli.activities.models import Activity, Kind
from linli.activities.policy import codes
from linli.activities.policy.rolls import Line
from linli.activities.policy.states import Presence
from linli.lib import clock

RECORDER = Actor(name="recorder")
CONFIRMER = Actor(name="confirmer")

_days = itertools.cycle(range(1, 300))


def planned(
    world: Any, *, kind: str = "lesson", body: str = "BY1", begun: int = 15, lasts: int = 90, **more: Any
) -> Activity:
    """An activity that began `begun` minutes ago (by the clock, so that the browser finds it open too)."""
    starts = more.pop("starts_at", clock.now().replace(second=0, microsecond=0) - timedelta(minutes=begun))
    given = {
        "kind": Kind.objects.get(code=kind),
        "body": world.bodies[body],
        "title": f"学习 {world.key()}",
        "spot": "党群服务中心二楼",
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=lasts),
        "by": world.by,
        "now": clock.now(),
        "key": world.key(),
    }
    return services.plan(**given | more)


def lines(activity: Activity, *, absent: Sequence[str] = (), leave: Sequence[str] = ()) -> list[Line]:
    """Everybody who is due, present but for the numbers named; where nobody is due one who came."""
    due = list(queries.due_at(activity).values_list("number", flat=True))
    return [
        Line(number, Presence.ABSENT)
        if number in absent
        else Line(number, Presence.LEAVE, reason="住院")
        if number in leave
        else Line(number, Presence.PRESENT)
        for number in due or ["BY2-1"]
    ]


def recorded(world: Any, activity: Activity | None = None, **marks: Any) -> Activity:
    """An activity whose roll waits for a second person; each on a day of its own where none is given."""
    activity = activity or planned(world, begun=next(_days) * 24 * 60)
    return services.record_roll(activity, lines=lines(activity, **marks), by=RECORDER, now=clock.now(), key=world.key())


def hosted(world: Any, guest: str = "BY2-1", kind: str = "lesson", **marks: Any) -> Activity:
    """An activity of BY1 whose recorded roll has a guest of another branch."""
    activity = planned(world, kind=kind, begun=next(_days) * 24 * 60)
    roll = [*lines(activity, **marks), Line(guest, Presence.PRESENT)]
    return services.record_roll(activity, lines=roll, by=RECORDER, now=clock.now(), key=world.key())


def confirmed(world: Any, activity: Activity | None = None, by: Actor = CONFIRMER, **marks: Any) -> Activity:
    """An activity whose roll is confirmed."""
    activity = recorded(world, activity, **marks)
    services.confirm_roll(activity, seen=activity.roll_version, by=by, now=clock.now(), key=world.key())
    activity.refresh_from_db()
    return activity


def cancelled(world: Any, **more: Any) -> Activity:
    activity = planned(world, begun=-600, **more)
    return services.cancel(activity, reason="下雨改期", by=world.by, now=clock.now(), key=world.key())


def code_now(activity: Activity) -> str:
    return codes.code_of(activity.sign_in_secret, codes.step_of(clock.now()))
