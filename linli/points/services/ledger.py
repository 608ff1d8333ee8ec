"""Writes of points: sheets, the ledger, deeds that wait for a second person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.month import Month
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.points import queries
from linli.points.models import Deed, Entry, Indicator, IndicatorCap, IndicatorSheet
from linli.points.policy import default_sheet
from linli.points.policy.booking import amount, may_confirm, month_for
from linli.points.policy.errors import same_person, unknown_indicator
from linli.points.policy.kinds import DeedState


@dataclass(frozen=True, slots=True)
class Award:
    """What a member did: the indicator's code, and how often, or how many minutes."""

    member: Member
    indicator: str
    quantity: int = 1
    minutes: int = 0


def ensure_default_sheet(*, since: date, by: Actor, now: datetime, key: str) -> IndicatorSheet:
    """Make the default indicator sheet valid from `since`, unless it exists."""
    with writing("sheet.ensure", by=by, now=now, key=key) as event:
        event.about(f"sheet:{default_sheet.CODE}")
        found = IndicatorSheet.objects.filter(code=default_sheet.CODE).first()
        if found is not None:
            return found
        sheet = IndicatorSheet.objects.create(
            code=default_sheet.CODE,
            name=default_sheet.NAME,
            valid_from=since,
            base_tenths=default_sheet.BASE,
            floor_tenths=default_sheet.FLOOR,
            bonus_cap_tenths=default_sheet.BONUS_CAP,
        )
        made: dict[str, Indicator] = {}
        for order, line in enumerate(default_sheet.LINES):
            made[line.code] = Indicator.objects.create(
                sheet=sheet,
                code=line.code,
                name=line.name,
                deed_type=line.deed,
                tenths=line.tenths,
                unit=line.unit,
                evidence=line.evidence,
                confirmer=line.confirmer,
                shares_caps_of=made.get(line.shares),
                order=order,
            )
            caps = [IndicatorCap(indicator=made[line.code], period=p, tenths=t) for p, t in line.caps]
            IndicatorCap.objects.bulk_create(caps)
    return sheet


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
) -> int:
    """Book what a confirmed record says (`source`, a text reference) and return how many lines were written.

    Idempotent by member, indicator and source. The line of the confirmer's own deed waits in the queue of deeds
    for another person. A late deed goes into the first open month of the member's branch, with its date.
    Refused: recorder and confirmer the same, an unknown indicator, a deed in the future, no open month.
    """
    with writing("points.award", by=by, now=now, key=key) as event:
        if recorder == confirmer:
            raise same_person()
        known = _indicators({line.indicator for line in lines}, deed_on)
        earned = [line for line in lines if _earner(line.member) != confirmer]
        for line in lines:
            if _earner(line.member) == confirmer:
                _queue(line, known[line.indicator], deed_on, source, confirmer, now)
        months = _months([line.member for line in earned], deed_on, local_date(now))
        before = Entry.objects.filter(source=source).count()
        Entry.objects.bulk_create(
            [
                _entry(line, known[line.indicator], months[line.member.pk], deed_on, source, recorder, confirmer, now)
                for line in earned
            ],
            ignore_conflicts=True,
        )
        written = Entry.objects.filter(source=source).count() - before
        event.about(source, lines=written)
    return written


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
    """Record a deed that waits for a second person; `source` is what it is derived from (default: itself).

    A source that was recorded before is returned as it is. Refused: an unknown indicator, a future date.
    """
    with writing("deed.record", by=by, now=now, key=key) as event:
        known = _indicators({indicator}, deed_on)[indicator]
        month_for(deed_on, local_date(now), ())
        line = Award(member, indicator, quantity, minutes)
        deed = _queue(line, known, deed_on, source or f"deed:{key}", recorder, now, note)
        event.about(deed.ref)
    return deed


def confirm_deed(deed: Deed, *, by: Actor, now: datetime, key: str) -> Entry:
    """Confirm a waiting deed and write its ledger line.

    Refused: by the one who recorded it or who earns by it; a deed that was settled before.
    """
    with writing("deed.confirm", by=by, now=now, key=key) as event:
        deed = _waiting(deed)
        if not may_confirm(by.ref, recorder=deed.recorder, earner=_earner(deed.member)):
            raise same_person()
        line = Award(deed.member, deed.indicator.code, deed.quantity, deed.minutes)
        month = _months([deed.member], deed.deed_on, local_date(now))[deed.member_id]
        entry = _entry(line, deed.indicator, month, deed.deed_on, deed.source, deed.recorder, by.ref, now)
        entry.save()
        deed.state, deed.confirmer = DeedState.CONFIRMED, by.ref
        deed.save(update_fields=["state", "confirmer"])
        event.about(deed.ref, entry=entry.pk)
    return entry


def refuse_deed(deed: Deed, *, reason: str, by: Actor, now: datetime, key: str) -> Deed:
    """Refuse a waiting deed with a reason; the record stays. Refused: a deed that was settled before."""
    with writing("deed.refuse", by=by, now=now, key=key) as event:
        deed = _waiting(deed)
        deed.state, deed.confirmer, deed.refused_because = DeedState.REFUSED, by.ref, reason
        deed.save(update_fields=["state", "confirmer", "refused_because"])
        event.about(deed.ref)
    return deed


def _waiting(deed: Deed) -> Deed:
    locked = Deed.objects.select_for_update(of=("self",)).select_related("member", "indicator").get(pk=deed.pk)
    if locked.state != DeedState.WAITING:
        raise Refusal("deed-settled", gettext_noop("This deed was settled already; load the page again."))
    return locked


def _earner(member: Member) -> str:
    return f"user:{member.user_id}"


def _indicators(codes: set[str], day: date) -> dict[str, Indicator]:
    sheet = queries.sheet_on(day)
    found = {line.code: line for line in sheet.indicators.filter(code__in=codes)} if sheet else {}
    for code in sorted(codes):
        if code not in found:
            raise unknown_indicator(code)
    return found


def _months(members: Sequence[Member], deed_on: date, today: date) -> dict[int, Month]:
    units = queries.units_on([member.pk for member in members], deed_on)
    closed = queries.closed_months(set(units.values()))
    return {m.pk: month_for(deed_on, today, closed.get(units.get(m.pk, 0), set())) for m in members}


def _entry(
    line: Award,
    indicator: Indicator,
    month: Month,
    deed_on: date,
    source: str,
    recorder: str,
    confirmer: str,
    now: datetime,
) -> Entry:
    return Entry(
        member=line.member,
        indicator=indicator,
        tenths=amount(indicator.tenths, indicator.unit, quantity=line.quantity, minutes=line.minutes),
        deed_on=deed_on,
        month=month.first,
        source=source,
        recorder=recorder,
        confirmer=confirmer,
        booked_at=now.replace(microsecond=0),
    )


def _queue(
    line: Award, indicator: Indicator, deed_on: date, source: str, recorder: str, now: datetime, note: str = ""
) -> Deed:
    return Deed.objects.get_or_create(
        member=line.member,
        indicator=indicator,
        source=source,
        defaults={
            "quantity": line.quantity,
            "minutes": line.minutes,
            "deed_on": deed_on,
            "note": note,
            "recorder": recorder,
            "recorded_at": now,
        },
    )[0]
