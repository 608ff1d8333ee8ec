"""Deadlines of issues: the rule values that hold at a place, and the working calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from linli.lib.clock import CHINA, local_date
from linli.lib.paths import chain
from linli.lib.workdays import Span, Unit, WorkCalendar, due
from linli.places.models import Place
from linli.rules import queries as rules
from linli.store.statements import prepared
from linli.walls.models import Wall
from linli.walls.policy.deadlines import REOPEN, accept_rule, answer_rule, in_hours
from linli.walls.policy.kinds import Clock, Level


@dataclass(frozen=True, slots=True)
class Promise:
    """Until when a wall has to accept and to answer an issue."""

    accept_due: datetime
    answer_due: datetime


class Clocks:
    """Deadlines that begin at one moment; asks the calendar and each rule value once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._day: date = local_date(now)
        self._calendar: WorkCalendar | None = None
        self._codes: dict[int, tuple[str, ...]] = {}
        self._known: dict[tuple[str, int], datetime] = {}

    def promise(self, clock: str, wall: Wall) -> Promise:
        """Return the deadlines of an issue of class `clock` that comes to `wall` now."""
        codes = (accept_rule(Clock(clock)), answer_rule(Clock(clock), Level(wall.level)))
        accept, answer = self._ends(codes, wall.place)
        return Promise(accept_due=min(accept, answer), answer_due=answer)

    def settles_at(self, wall: Wall) -> datetime:
        """Return until when the reporter may open again what `wall` answers now: the end of a calendar day."""
        days = rules.value(REOPEN, self._chain(wall.place), self._day)
        return datetime.combine(self._day + timedelta(days=days), time(23, 59, 59), CHINA)

    def _ends(self, codes: tuple[str, ...], place: Place) -> list[datetime]:
        unknown = [code for code in codes if (code, place.pk) not in self._known]
        if unknown:
            for code, value in rules.values(unknown, self._chain(place), self._day).items():
                span = Span(value, Unit.HOURS if in_hours(code) else Unit.WORKING_DAYS)
                self._known[code, place.pk] = due(self.now, span, self._working_days())
        return [self._known[code, place.pk] for code in codes]

    def _working_days(self) -> WorkCalendar:
        if self._calendar is None:
            self._calendar = rules.calendar()
        return self._calendar

    def _chain(self, place: Place) -> tuple[str, ...]:
        if place.pk not in self._codes:
            self._codes[place.pk] = tuple(_codes_downwards(chain(place.path)))
        return self._codes[place.pk]


@prepared
def _codes_downwards(keys: Sequence[int]) -> QuerySet[Place, str]:
    return Place.objects.filter(pk__in=keys).order_by("path").values_list("code", flat=True)
