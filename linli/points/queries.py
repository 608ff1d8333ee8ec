"""Reads of points: sheets, open months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from linli.lib.month import Month
from linli.members.models import Membership
from linli.points.models import Indicator
from linli.store.validity import holds_on


@dataclass(frozen=True, slots=True)
class BookingPlace:
    """Where lines of a member are booked today: the branch, its last closed month; whether the member takes part."""

    body: int
    closed_through: Month | None
    scored: bool


def indicators(codes: Iterable[str], day: date) -> dict[str, Indicator]:
    """Return the indicators with `codes` of the sheet that holds on `day`, by code."""
    found = Indicator.objects.filter(holds_on(day, "sheet__"), code__in=codes).order_by("sheet__valid_from")
    return {line.code: line for line in found}


def booking_places(members: Iterable[int], day: date) -> dict[int, BookingPlace]:
    """Return the booking place of each member who belongs to a branch on `day`."""
    rows = (
        Membership.objects.on(day)
        .filter(member__in=members)
        .annotate(closed=Max("body__bulletins__month"))
        .values_list("member_id", "body_id", "closed", "member__member_class__scored")
    )
    return {
        member: BookingPlace(body, Month.of(closed) if closed else None, scored)
        for member, body, closed, scored in rows
    }
