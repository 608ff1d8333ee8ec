"""Writes of the ledger: what confirmed records earn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.sql import CLOSED
from linli.members.models import Member
from linli.points import queries
from linli.points.models import Deed, Entry, Indicator
from linli.points.policy.booking import amount, month_for
from linli.points.policy.errors import closed_meanwhile, no_sheet, same_person, unknown_indicator, without_unit
from linli.store.statements import insert_all


@dataclass(frozen=True, slots=True)
class Award:
    """What a member did: the indicator's code, and how often, or (by the hour) how many minutes."""

    member: Member
    indicator: str
    quantity: int = 1
    minutes: int = 0


def award(
    *,
    lines: Sequence[Award],
    recorder: str,
    confirmer: str,
    source: str,
    deed_on: date,
    by: Actor,
    now: datetime,
    key: str,
    within: str = "",
    note: str = "",
) -> int:
    """Book what a confirmed record says (`source`, a text reference); return how many lines were written.

    One insert for all. A member earns once by an indicator and a source, however often it is sent. Two lines
    wait in the queue of deeds for another person instead, with `note` as their words: that of the confirmer's
    own deed, and one that belongs to a branch outside `within`, the path of the body for which the confirmer
    spoke (default: all). Members of classes that take no part in points are passed over. A late deed goes into
    the first open month of the member's branch, with its date.
    Refused: recorder and confirmer the same, an unknown indicator, a deed in the future.
    """
    with writing("points.award", by=by, now=now, key=key) as event:
        if recorder == confirmer:
            raise same_person()
        known = indicators({line.indicator for line in lines}, deed_on)
        places = booking_places([line.member.pk for line in lines], deed_on, now)
        taken = {*queries.earned([*places], [indicator.pk for indicator in known.values()], source)}
        fresh: dict[tuple[int, int], Entry] = {}
        waiting: list[Award] = []
        for line in lines:
            indicator, place = known[line.indicator], places.get(line.member.pk)
            if (line.member.pk, indicator.pk) in taken or (place is not None and not place.scored):
                continue
            if earner(line.member) == confirmer or (place is not None and not place.path.startswith(within)):
                waiting.append(line)
                continue
            fresh[line.member.pk, indicator.pk] = book(
                line, indicator, place, deed_on=deed_on, source=source, recorder=recorder, confirmer=confirmer, now=now
            )
        with month_open():
            insert_all(fresh.values(), unless_there=True)
        for line in waiting:
            queue(line, known[line.indicator], deed_on=deed_on, source=source, recorder=recorder, now=now, note=note)
        event.about(source, lines=len(fresh), waiting=len(waiting))
    return len(fresh)


@contextmanager
def month_open() -> Iterator[None]:
    """Write lines within. Refused: a month that was closed between reading it and writing (the trigger saw it)."""
    try:
        yield
    except IntegrityError as fault:
        if CLOSED not in str(fault):
            raise
        raise closed_meanwhile() from fault


def earner(member: Member) -> str:
    """Return the reference that `member`, under whatever number, has as an actor; no actor's without an account."""
    return f"user:{(member.same_as or member).user_id}"


def booking_places(members: Sequence[int], deed_on: date, now: datetime) -> dict[int, queries.BookingPlace]:
    """Return where lines of each member are booked: the branch of today, for one who has left that of the deed."""
    found = queries.booking_places(members, local_date(now))
    gone = [member for member in members if member not in found]
    return {**queries.booking_places(gone, deed_on), **found} if gone else found


def indicators(codes: set[str], day: date) -> dict[str, Indicator]:
    """Return the indicators with `codes` of the sheet that holds on `day`. Refused: a code that it lacks."""
    found = queries.indicators(codes, day)
    for code in sorted(codes):
        if code not in found:
            raise unknown_indicator(code) if queries.sheet_on(day) else no_sheet(day)
    return found


def book(
    line: Award,
    indicator: Indicator,
    place: queries.BookingPlace | None,
    *,
    deed_on: date,
    source: str,
    recorder: str,
    confirmer: str,
    now: datetime,
) -> Entry:
    """Return the ledger line, unsaved. Refused: a member without a branch, a deed in the future, the quantity."""
    if place is None:
        raise without_unit(line.member.name)
    levels: Mapping[str, int] = indicator.levels
    return Entry(
        member_id=line.member.pk,
        indicator=indicator,
        body_id=place.body,
        tenths=amount(
            indicator.tenths,
            indicator.unit,
            quantity=line.quantity,
            minutes=line.minutes,
            levels=levels.values(),
        ),
        deed_on=deed_on,
        month=month_for(deed_on, local_date(now), place.closed_through).first,
        source=source,
        recorder=recorder,
        confirmer=confirmer,
        booked_at=now,
    )


def queue(
    line: Award,
    indicator: Indicator,
    *,
    deed_on: date,
    source: str,
    recorder: str,
    now: datetime,
    note: str = "",
    reverses: Entry | None = None,
) -> Deed:
    """Put a deed into the queue for a second person; one from the same source is returned as it is."""
    return Deed.objects.get_or_create(
        member=line.member,
        indicator=indicator,
        source=source,
        defaults={
            "quantity": line.quantity,
            "minutes": line.minutes,
            "deed_on": deed_on,
            "note": note,
            "reverses": reverses,
            "recorder": recorder,
            "recorded_at": now,
        },
    )[0]
