"""Taking back a departure from the register, while no bulletin has said it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.access.decide import Actor
from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.lib.words import gettext_noop
from linli.members import services as members
from linli.members.models import Departure, Member, Membership
from linli.points.models import Bulletin
from linli.points.policy.kinds import BulletinState

PUBLISHED = gettext_noop(
    "The bulletin of %(month)s was published without %(name)s; the departure stays. Enter the member again instead."
)


def take_back_departure(departure: Departure, *, by: Actor, now: datetime, key: str) -> Member:
    """Undo a departure (`members.take_back`). Refused: once the unit published a bulletin without the member."""
    with transaction.atomic():
        units = Membership.objects.filter(member=departure.member_id, valid_to=departure.on).values("body")
        months = Bulletin.objects.filter(body__in=units, month__gte=Month.of(departure.on).first)
        said = months.filter(state=BulletinState.PUBLISHED).order_by("month").first()
        if said is not None:
            values = {"month": str(Month.of(said.month)), "name": departure.member.name}
            raise Refusal("departure-published", PUBLISHED, **values)
        return members.take_back(departure, by=by, now=now, key=key)
