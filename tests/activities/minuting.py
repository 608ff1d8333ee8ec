"""Minutes for tests and for the catalogue, made through the services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from linli.activities.models import Activity, Correction, Minutes
from linli.activities.policy.minutes import Way
from linli.activities.policy.motions import Item
from linli.activities.services import minutes as services
from linli.lib import clock
from tests.activities.making import CONFIRMER, RECORDER, confirmed

PARKING = Item("讨论院内停车", "王小一介绍情况。\n李小二建议先公示。", "同意公示五天后划线。", Way.HANDS, 4, 1, 0)


def drafted(world: Any, activity: Activity | None = None, item: Item = PARKING) -> Activity:
    """An activity with one point on its agenda; its roll is confirmed where none is given."""
    activity = activity or confirmed(world)
    services.put_item(activity, item, by=RECORDER, now=clock.now(), key=world.key())
    return activity


def circulated(world: Any, activity: Activity | None = None, *, ago: int = 0) -> Activity:
    """An activity whose minutes were sent `ago` days ago."""
    activity = drafted(world, activity)
    services.circulate(activity, by=RECORDER, now=clock.now() - timedelta(days=ago), key=world.key())
    return activity


def corrected(world: Any, activity: Activity | None = None, text: str = "第一项应为反对 2 票") -> Correction:
    """A correction asked for by the member of the world."""
    activity = activity or circulated(world)
    minutes = Minutes.objects.get(activity=activity)
    return services.correct(minutes, member=world.member, text=text, by=world.by, now=clock.now(), key=world.key())


def final(world: Any) -> Activity:
    """An activity whose minutes are final."""
    activity = circulated(world, ago=30)
    version = Minutes.objects.get(activity=activity).version
    services.close(activity, seen=version, by=CONFIRMER, now=clock.now(), key=world.key())
    return activity
