"""Writes of indicator sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.points.models import Indicator, IndicatorCap, IndicatorSheet
from linli.points.policy import default_sheet
from linli.points.policy.default_sheet import SheetLine


def ensure_sheet(
    *,
    since: date,
    by: Actor,
    now: datetime,
    key: str,
    code: str = default_sheet.CODE,
    name: str = default_sheet.NAME,
    lines: Sequence[SheetLine] = default_sheet.LINES,
) -> IndicatorSheet:
    """Make the sheet `code` valid from `since` (the default sheet where none is named), unless it exists.

    An earlier version that is open ends on `since`. A line that shares caps stands after the line it names.
    """
    with writing("sheet.ensure", by=by, now=now, key=key) as event:
        event.about(f"sheet:{code}:{since}")
        found = IndicatorSheet.objects.filter(code=code, valid_from__gte=since).order_by("valid_from").first()
        if found is not None:
            return found
        IndicatorSheet.objects.filter(code=code, valid_to=None).update(valid_to=since)
        sheet = IndicatorSheet.objects.create(
            code=code,
            name=name,
            valid_from=since,
            base_tenths=default_sheet.BASE,
            floor_tenths=default_sheet.FLOOR,
            bonus_cap_tenths=default_sheet.BONUS_CAP,
        )
        _fill(sheet, lines)
    return sheet


def ensure_default_sheet(*, since: date, by: Actor, now: datetime, key: str) -> IndicatorSheet:
    """Make the default sheet valid from `since`, unless it exists; as `ensure_sheet`."""
    return ensure_sheet(since=since, by=by, now=now, key=key)


def _fill(sheet: IndicatorSheet, lines: Sequence[SheetLine]) -> None:
    made: dict[str, Indicator] = {}
    caps: list[IndicatorCap] = []
    for order, line in enumerate(lines):
        made[line.code] = Indicator.objects.create(
            sheet=sheet,
            code=line.code,
            name=line.name,
            deed_type=line.deed,
            tenths=line.tenths,
            unit=line.unit,
            evidence=line.evidence,
            confirmer=line.confirmer,
            shares_caps_of=made[line.shares] if line.shares else None,
            levels=dict(line.levels),
            order=order,
        )
        caps += [IndicatorCap(indicator=made[line.code], period=period, tenths=most) for period, most in line.caps]
    IndicatorCap.objects.bulk_create(caps)
