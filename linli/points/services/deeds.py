"""Writes of deeds: recorded by one person, confirmed or refused by another."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.points import queries
from linli.points.models import Deed, Entry
from linli.points.policy.booking import amount, may_confirm, month_for
from linli.points.policy.errors import not_scored, same_person, settled, without_unit
from linli.points.policy.kinds import DeedState
from linli.points.policy.words import digest
from linli.points.services.ledger import Award, book, booking_places, earner, indicators, month_open, queue
from linli.store.statements import insert

WAITS = gettext_noop("A record of %(number)s waits for a second person; confirm or refuse it first.")


def record_deed(
    *,
    member: Member,
    indicator: str,
    deed_on: date,
    note: str,
    recorder: str,
    by: Actor,
    now: datetime,
    key: str,
    source: str | None = None,
    quantity: int = 1,
    minutes: int = 0,
) -> Deed:
    """Record what `member` did; it waits for a second person. As `record_deeds`, for one."""
    lines = [Award(member, indicator, quantity, minutes)]
    return record_deeds(
        lines=lines, deed_on=deed_on, note=note, recorder=recorder, source=source, by=by, now=now, key=key
    )[0]


def record_deeds(
    *,
    lines: Sequence[Award],
    deed_on: date,
    note: str,
    recorder: str,
    by: Actor,
    now: datetime,
    key: str,
    source: str | None = None,
) -> list[Deed]:
    """Record deeds of one day; they wait for a second person. `source`: what they are derived from.

    A deed of the same member, indicator and source is returned as it is. Refused: an unknown indicator, a future
    date, a quantity that cannot be, a member who takes no part in points.
    """
    with writing("deed.record", by=by, now=now, key=key) as event:
        today = local_date(now)
        known = indicators({line.indicator for line in lines}, deed_on)
        places = booking_places([line.member.pk for line in lines], deed_on, now)
        deeds = []
        for line in lines:
            indicator, place = known[line.indicator], places.get(line.member.pk)
            if place is None:
                raise without_unit(line.member.name)
            if not place.scored:
                raise not_scored(line.member.name)
            month_for(deed_on, today, place.closed_through)
            amount(
                indicator.tenths,
                indicator.unit,
                quantity=line.quantity,
                minutes=line.minutes,
                levels=indicator.levels.values(),
            )
            own = source or f"record:{key}"
            deeds.append(queue(line, indicator, deed_on=deed_on, source=own, recorder=recorder, now=now, note=note))
        event.about(deeds[0].ref if deeds else "", deeds=[deed.pk for deed in deeds])
    return deeds


def confirm_deed(deed: Deed, *, by: Actor, now: datetime, key: str) -> Entry:
    """Confirm a waiting deed and write its ledger line. As `confirm_deeds`, for one."""
    return confirm_deeds([deed], by=by, now=now, key=key)[0]


def confirm_deeds(deeds: Sequence[Deed], *, by: Actor, now: datetime, key: str) -> list[Entry]:
    """Confirm waiting deeds and write their ledger lines, all or none. The deeds are locked.

    Refused: by one who recorded or earns any of them; a deed that was settled before.
    """
    with writing("deed.confirm", by=by, now=now, key=key) as event:
        locked = _waiting([deed.pk for deed in deeds])
        places = queries.booking_places([deed.member_id for deed in locked], local_date(now))
        entries = []
        for deed in locked:
            if not may_confirm(by.ref, recorder=deed.recorder, earner=earner(deed.member)):
                raise same_person()
            entries.append(_entry(deed, places.get(deed.member_id) or _past_place(deed), by, now))
        with month_open():
            for entry in entries:
                insert(entry)
        Deed.objects.filter(pk__in=[deed.pk for deed in locked]).update(state=DeedState.CONFIRMED, confirmer=by.ref)
        event.about(locked[0].ref if locked else "", entries=[entry.pk for entry in entries])
    return entries


def refuse_deed(deed: Deed, *, reason: str, by: Actor, now: datetime, key: str) -> Deed:
    """Refuse a waiting deed with a reason; the record stays.

    Refused: a deed that was settled before; by the one who recorded it or earns by it.
    """
    with writing("deed.refuse", by=by, now=now, key=key) as event:
        (locked,) = _waiting([deed.pk])
        if not may_confirm(by.ref, recorder=locked.recorder, earner=earner(locked.member)):
            raise same_person()
        locked.state, locked.confirmer, locked.refused_because = DeedState.REFUSED, by.ref, reason
        locked.save(update_fields=["state", "confirmer", "refused_because"])
        event.about(locked.ref)
    return locked


def reverse(entry: Entry, *, reason: str, recorder: str, by: Actor, now: datetime, key: str) -> Deed:
    """Ask that a ledger line be taken back, with a reason; a second person confirms or refuses it as a deed.

    Confirmed, it becomes a line of the opposite amount in the first open month, never before that of the line; the
    line itself stays. It is dated today; for a member who has left every unit, on the last day in one, whose branch
    it goes to; where there is none, it goes to that of the line. The reason stays with the deed: the ledger, which
    nobody can erase, holds its digest.
    Locks the line. Refused: a reversing line, a line that is reversed or about to be.
    """
    with writing("entry.reverse", by=by, now=now, key=key) as event:
        Entry.objects.select_for_update().get(pk=entry.pk)
        asked = Deed.objects.filter(reverses=entry).exclude(state=DeedState.REFUSED)
        if entry.reverses_id is not None or asked.exists():
            raise Refusal(
                "entry-reversed",
                gettext_noop("This line is a reversal, or is taken back already; record a right deed anew."),
            )
        levels = entry.indicator.levels.values()
        deed = queue(
            Award(entry.member, entry.indicator.code, next(iter(levels), 1)),
            entry.indicator,
            deed_on=queries.last_day_in_unit(entry.member_id, local_date(now)),
            source=f"reversal:{entry.pk}:{key}",
            recorder=recorder,
            now=now,
            note=reason,
            reverses=entry,
        )
        event.about(deed.ref, entry=entry.pk)
    return deed


def _waiting(keys: Sequence[int]) -> list[Deed]:
    """Return the deeds locked, in order. Refused: one that does not wait any more."""
    found = list(
        Deed.objects.select_for_update(of=("self",))
        .select_related("member", "indicator", "reverses")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    if len(found) != len(set(keys)) or any(deed.state != DeedState.WAITING for deed in found):
        raise settled()
    return found


def _past_place(deed: Deed) -> queries.BookingPlace | None:
    """Return the branch of the day of the deed; without one a reversal goes where its line stands."""
    found = queries.booking_places([deed.member_id], deed.deed_on).get(deed.member_id)
    return found or (queries.place_of(deed.reverses) if deed.reverses else None)


def _entry(deed: Deed, place: queries.BookingPlace | None, by: Actor, now: datetime) -> Entry:
    undone = deed.reverses
    entry = book(
        Award(deed.member, deed.indicator.code, deed.quantity, deed.minutes),
        deed.indicator,
        place,
        deed_on=deed.deed_on,
        source=deed.source,
        recorder=deed.recorder,
        confirmer=by.ref,
        now=now,
    )
    if undone is not None:
        deed.salt = secrets.token_hex(16)
        deed.save(update_fields=["salt"])
        entry.tenths, entry.reverses, entry.reason_digest = -undone.tenths, undone, digest(deed.note, deed.salt)
        entry.month = max(entry.month, undone.month)  # what is taken back is counted first
    return entry


def none_waits(member: Member) -> None:
    """Refuse where a deed of `member` waits for a second person: who becomes one with another leaves none behind."""
    if Deed.objects.filter(member=member, state=DeedState.WAITING).exists():
        raise Refusal("join-deed", WAITS, field="number", number=member.number)
