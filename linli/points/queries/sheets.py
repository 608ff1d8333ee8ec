"""Reads of indicator sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from linli.points.models import Indicator, IndicatorSheet
from linli.points.policy import counting
from linli.points.policy.kinds import CapPeriod, DeedType, Unit
from linli.store.rows import rows
from linli.store.statements import prepared
from linli.store.validity import holds_on

ROLL_DEEDS = (DeedType.ATTENDANCE, DeedType.ABSENCE, DeedType.BASE)
"""Deeds that come from confirmed rolls only, never by hand."""
ACTIVITY_DEEDS = (DeedType.ATTENDANCE, DeedType.MAKE_UP, DeedType.SERVICE, DeedType.EMERGENCY)
"""Deeds that an activity can be the evidence of."""


def sheet_on(day: date) -> IndicatorSheet | None:
    """Return the indicator sheet that holds on `day`."""
    return IndicatorSheet.objects.on(day).order_by("-valid_from").first()


def indicators(codes: Iterable[str], day: date) -> dict[str, Indicator]:
    """Return the indicators with `codes` of the sheet that holds on `day`, by code."""
    return {indicator.code: indicator for indicator in _indicators(list(codes), day)}


@prepared
def _indicators(codes: Sequence[str], day: date) -> QuerySet[Indicator]:
    return Indicator.objects.filter(holds_on(day, "sheet__"), code__in=codes).order_by("sheet__valid_from")


_RULES = """SELECT s.base_tenths, s.floor_tenths, s.bonus_cap_tenths, i.code, c.period, c.tenths
FROM points_indicatorsheet s LEFT JOIN points_indicator i ON i.sheet_id = s.id
LEFT JOIN points_indicatorcap c ON c.indicator_id = i.id WHERE s.id = (SELECT id FROM points_indicatorsheet
WHERE valid_from <= %s AND (valid_to IS NULL OR valid_to > %s) ORDER BY valid_from DESC LIMIT 1)"""


def counting_sheet_on(day: date) -> counting.Sheet | None:
    """Return what counting needs of the sheet that holds on `day`, None where none does."""
    found = rows(_RULES, day, day)
    if not found:
        return None
    caps: dict[str, dict[CapPeriod, int]] = defaultdict(dict)
    for _base, _floor, _cap, code, period, tenths in found:
        if period:
            caps[code][CapPeriod(period)] = tenths
    base, floor, bonus_cap = found[0][:3]
    return counting.Sheet(base, floor, bonus_cap, caps)


def indicator_choices(day: date) -> list[tuple[str, str]]:
    """Return the indicators of the sheet of `day` that are recorded by hand, as choices `CODE` or `CODE:LEVEL`."""
    sheet = sheet_on(day)
    found = sheet.indicators.exclude(deed_type__in=ROLL_DEEDS) if sheet else Indicator.objects.none()
    chosen: list[tuple[str, str]] = []
    for indicator in found:
        levels = sorted(indicator.levels.items(), key=lambda level: int(level[1]))
        chosen += [(f"{indicator.code}:{factor}", f"{indicator.name}（{words}）") for words, factor in levels]
        if not levels:
            chosen.append((indicator.code, indicator.name))
    return chosen


def activity_indicators(day: date) -> list[Indicator]:
    """Return what activities can earn by the sheet of `day`, in the order of the sheet."""
    sheet = sheet_on(day)
    return list(sheet.indicators.filter(deed_type__in=ACTIVITY_DEEDS)) if sheet else []


def hourly_codes() -> frozenset[str]:
    """Return the codes of indicators that count by the hour."""
    return frozenset(Indicator.objects.filter(unit=Unit.HOUR).values_list("code", flat=True))
