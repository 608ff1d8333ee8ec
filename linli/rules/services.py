"""Writes of rule values and of the working calendar."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.rules.models import RuleValue, SpecialDay
from linli.rules.policy import years
from linli.rules.policy.defaults import DEFAULTS


def set_value(
    code: str, *, place_code: str, value: int, since: date, source: str, by: Actor, now: datetime, key: str
) -> RuleValue:
    """Let `value` hold for the rule `code` at a place from `since` until a later value begins.

    Locks the values of the rule there. Refused: a day before today (what was promised stays), a value out of
    the bounds of the rule. Raises KeyError for an unknown code.
    """
    default = DEFAULTS[code]
    with writing("rule.set", by=by, now=now, key=key) as event:
        if since < local_date(now):
            raise Refusal(
                "rule-past",
                gettext_noop("A value can hold from today at the earliest: what was promised before stays."),
                field="since",
            )
        if not default.least <= value <= default.most:
            raise Refusal(
                "rule-bounds",
                gettext_noop("The value must lie between %(least)d and %(most)d."),
                field="value",
                least=default.least,
                most=default.most,
            )
        rows = RuleValue.objects.select_for_update().filter(code=code, place_code=place_code)
        same = rows.filter(valid_from=since).first()
        if same is None:
            later = rows.filter(valid_from__gt=since).order_by("valid_from").first()
            rows.filter(Q(valid_to=None) | Q(valid_to__gt=since), valid_from__lt=since).update(valid_to=since)
            same = RuleValue(code=code, place_code=place_code, valid_from=since)
            same.valid_to = later.valid_from if later else None
        same.value, same.source = value, source
        same.save()
        event.about(f"rule:{code}", place=place_code, value=value, since=since.isoformat(), source=source)
    return same


def seed_year(year: int, *, by: Actor, now: datetime, key: str) -> int:
    """Enter the holidays and make-up days of `year`; return how many days were written.

    Days that were entered by hand for an official year stay; provisional days of the year are replaced.
    Without the official notice the days are provisional.
    """
    with writing("calendar.seed", by=by, now=now, key=key) as event:
        SpecialDay.objects.filter(day__year=year, provisional=True).delete()
        kept = set(SpecialDay.objects.filter(day__year=year).values_list("day", flat=True))
        provisional = not years.official(year) and not kept
        rows = [
            SpecialDay(day=entry.day, working=entry.working, name=entry.name, provisional=provisional)
            for entry in years.days_of(year)
            if entry.day not in kept
        ]
        SpecialDay.objects.bulk_create(rows)
        event.about(f"calendar:{year}", days=len(rows), provisional=provisional)
    return len(rows)


def confirm_year(year: int, *, by: Actor, now: datetime, key: str) -> None:
    """Say that the days of `year` agree with the official notice. Refused: a year without days."""
    with writing("calendar.confirm", by=by, now=now, key=key) as event:
        if not SpecialDay.objects.filter(day__year=year).update(provisional=False):
            raise Refusal("calendar-empty", gettext_noop("No day of %(year)d is entered yet."), year=year)
        event.about(f"calendar:{year}")


def set_day(day: date, *, working: bool | None, name: str, by: Actor, now: datetime, key: str) -> None:
    """Make `day` a working day or a holiday against the week; None: as in any week.

    The day keeps the standing of its year (provisional or official).
    """
    with writing("calendar.day", by=by, now=now, key=key) as event:
        event.about(f"calendar:{day.year}", day=day.isoformat(), working=working)
        if working is None:
            SpecialDay.objects.filter(day=day).delete()
            return
        rest = SpecialDay.objects.filter(day__year=day.year)
        provisional = not rest.exists() or rest.filter(provisional=True).exists()
        SpecialDay.objects.update_or_create(
            day=day, defaults={"working": working, "name": name, "provisional": provisional}
        )
