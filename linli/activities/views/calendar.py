"""The public calendar: a month, as a sheet and as a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from linli.activities import queries
from linli.lib.clock import CHINA, local_date, now
from linli.lib.month import Month
from linli.lib.words import gettext_noop
from linli.web.access import Need, page

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
"""The months that can be turned to."""
SHORT = (
    gettext_noop("Mo"),
    gettext_noop("Tu"),
    gettext_noop("We"),
    gettext_noop("Th"),
    gettext_noop("Fr"),
    gettext_noop("Sa"),
    gettext_noop("Su"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month sheet: its date, whether it is of the month, how much is on."""

    date: date
    inside: bool
    count: int
    today: bool


@page(Need.PUBLIC)
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the public activities of a month (`?month=YYYY-MM`), of a body and those below it (`?body=CODE`)."""
    today = local_date(now())
    month = _month(request.GET.get("month", ""), today)
    code = request.GET.get("body", "")
    body = queries.public_body(code) if code else None
    start, end = _midnight(month.first), _midnight(month.following.first)
    found = list(queries.public_between(start, end))
    bodies = {activity.body.code: activity.body for activity in found} | ({body.code: body} if body else {})
    shown = [activity for activity in found if body is None or activity.body.path.startswith(body.path)]
    days = [(local_date(activity.starts_at), activity) for activity in shown]
    context = {
        "month": month,
        "weekdays": [(_(short), WEEKDAYS[number]) for number, short in enumerate(SHORT)],
        "weeks": _weeks(month, Counter(day for day, _each in days), today),
        "past": [each for each in days if each[0] < today] if month == Month.of(today) else [],
        "days": [each for each in days if each[0] >= today or month != Month.of(today)],
        "body": body,
        "bodies": sorted(bodies.values(), key=lambda each: each.path),
        "feeds": [body] if body else queries.roots(),
        "previous": month.previous if month.first > FIRST else None,
        "following": month.following if month.first < LAST else None,
    }
    return render(request, "activities/calendar.html", context)


def _month(text: str, today: date) -> Month:
    if not text:
        return Month.of(today)
    try:
        month = Month.parse(text)
        known = FIRST <= month.first <= LAST
    except ValueError as error:
        raise Http404 from error
    if not known:
        raise Http404
    return month


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _weeks(month: Month, counts: Counter[date], today: date) -> list[list[Day]]:
    """Return the weeks from Monday to Sunday that hold the month."""
    day = month.first - timedelta(days=month.first.weekday())
    weeks = []
    while day < month.following.first:
        dates = [day + timedelta(days=step) for step in range(7)]
        weeks.append([Day(each, Month.of(each) == month, counts[each], each == today) for each in dates])
        day += timedelta(days=7)
    return weeks
