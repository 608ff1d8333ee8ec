"""The iCalendar feed (RFC 5545) of a body: its public activities and those of the bodies below it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from icalendar import Calendar, Event

from linli.activities import queries
from linli.activities.models import Activity
from linli.activities.policy.states import State
from linli.lib.clock import CHINA, now
from linli.web.access import Need, page

REFRESH = timedelta(hours=6)


@page(Need.PUBLIC)
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the calendar of the body `code`, to subscribe to; 404 where there is none."""
    body = queries.public_body(code)
    text = calendar_of(body.name, list(queries.public_feed(body, now())), host=request.get_host().partition(":")[0])
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{body.code}.ics"'
    response["Cache-Control"] = "public, max-age=900"
    return response


def calendar_of(name: str, found: list[Activity], *, host: str) -> bytes:
    """Return the activities as a calendar; times in China with their zone, cancelled ones marked as such."""
    calendar = Calendar()
    calendar.add("prodid", "-//Linli//Calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for activity in found:
        calendar.add_component(_event(activity, host))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(activity: Activity, host: str) -> Event:
    event = Event()
    event.add("uid", f"activity-{activity.pk}@{host}")
    event.add("dtstamp", activity.changed_at)
    event.add("last-modified", activity.changed_at)
    event.add("sequence", activity.revision)
    event.add("dtstart", _china(activity.starts_at))
    event.add("dtend", _china(activity.ends_at))
    event.add("summary", activity.title)
    event.add("location", activity.spot)
    event.add("categories", [activity.kind.name])
    cancelled = activity.state == State.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("description", "\n".join(filter(None, (activity.body.name, activity.cancel_reason if cancelled else ""))))
    return event


def _china(moment: datetime) -> datetime:
    return moment.astimezone(CHINA)
