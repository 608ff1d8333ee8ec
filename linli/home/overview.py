"""What the public home and the desk show, asked of the apps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.activities import queries as activities
from linli.grid import queries as grid
from linli.lib.clock import local_date
from linli.lib.month import Month
from linli.lib.words import gettext_noop
from linli.members.queries import applicants, classified, elections, life, requests, structure, transfers
from linli.organisations.policy.institutions import level
from linli.organisations.queries import institutions
from linli.points import queries as points
from linli.walls.queries import desk as wall_desk
from linli.walls.queries import public as walls
from linli.web.templatetags.linli import month_name

SOON = timedelta(days=14)
SHOWN = 5

TOOLS: tuple[tuple[str, str, Permission], ...] = (
    ("desk-issues", gettext_noop("Issues"), Permission.ISSUE_VIEW),
    ("desk-walls", gettext_noop("Walls and posters"), Permission.WALL_MANAGE),
    ("activities", gettext_noop("Activities and rolls"), Permission.ACTIVITY_VIEW),
    ("desk-points", gettext_noop("Points and bulletins"), Permission.POINTS_VIEW),
    ("desk-deeds", gettext_noop("Deeds"), Permission.POINTS_CONFIRM),
    ("members", gettext_noop("Members"), Permission.MEMBER_VIEW),
    ("classes", gettext_noop("Classes of members"), Permission.MEMBER_VIEW),
    ("check-ins", gettext_noop("In-service members"), Permission.MEMBER_EDIT),
    ("applicants", gettext_noop("Applicants and probation"), Permission.MEMBER_EDIT),
    ("transfers", gettext_noop("Transfers"), Permission.MEMBER_EDIT),
    ("data-requests", gettext_noop("Requests about data"), Permission.MEMBER_EDIT),
    ("doors", gettext_noop("Linked households"), Permission.MEMBER_VIEW),
    ("doors-cells", gettext_noop("Cells and their workers"), Permission.MEMBER_VIEW),
    ("members-due", gettext_noop("What is due of members"), Permission.MEMBER_VIEW),
    ("elections", gettext_noop("Elections and terms"), Permission.ELECTION_HOLD),
    ("organisations", gettext_noop("Organisation tree"), Permission.ORGANISATION_VIEW),
    ("institutions", gettext_noop("Institutions and duties"), Permission.ORGANISATION_VIEW),
    ("desk-places", gettext_noop("Places"), Permission.PLACE_EDIT),
    ("desk-grids", gettext_noop("Grids"), Permission.PLACE_EDIT),
    ("accounts", gettext_noop("People and roles"), Permission.GRANT_MANAGE),
    ("settings", gettext_noop("Rules and holidays"), Permission.RULE_EDIT),
    ("log", gettext_noop("Log of what was done"), Permission.AUDIT_VIEW),
)
"""The rooms of the desk: name of the address, words, what it needs."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that waits for this reader: words with the count, how pressing (red, amber, not at all), where."""

    count: int
    words: str
    level: str
    address: str


def due(actor: Actor, now: datetime) -> list[Due]:
    """Return what waits for `actor`, the red first; nothing that is at zero."""
    found = [line for line in _due(actor, now) if line.count]
    return sorted(found, key=lambda line: ("red", "amber", "").index(line.level))


def _due(actor: Actor, now: datetime) -> Iterator[Due]:
    if actor.may(Permission.ISSUE_HANDLE):
        yield from _issues(actor, now)
    if actor.may(Permission.ACTIVITY_VIEW):
        yield from _rolls(actor, now)
    if actor.may(Permission.POINTS_CONFIRM):
        yield from _points(actor, now)
    if actor.may(Permission.INSTITUTION_EDIT):
        yield from _duties(actor, now)
    if actor.may(Permission.MEMBER_EDIT):
        yield from _members(actor, now)
        yield from _structure(actor, now)
    if actor.may(Permission.ELECTION_HOLD):
        yield from _terms(actor, now)
    if actor.may(Permission.GRID_STAFF):
        yield from _cells(actor, now)
    if actor.may(Permission.HOUSEHOLD_LINK):
        yield from _doors(actor, now)


def _issues(actor: Actor, now: datetime) -> Iterator[Due]:
    found = wall_desk.due_list(actor, now)
    address = reverse("desk-issues")
    late = ngettext("issue is overdue", "issues are overdue", found.late_here)
    yield Due(found.late_here, late, "red", address)
    mine = ngettext("issue waits for you", "issues wait for you", found.mine)
    yield Due(found.mine, mine, "amber", f"{address}?turn=mine")
    below = ngettext("issue waits on a wall below", "issues wait on walls below", found.below)
    yield Due(found.below, below, "", f"{address}?turn=below")


def _rolls(actor: Actor, now: datetime) -> Iterator[Due]:
    waiting = activities.waiting(actor, now)
    address = reverse("activities")
    record, confirm = waiting["record"], waiting["confirm"]
    yield Due(record, ngettext("roll to record", "rolls to record", record), "amber", f"{address}?show=record")
    yield Due(confirm, ngettext("roll to confirm", "rolls to confirm", confirm), "amber", f"{address}?show=confirm")
    minutes = waiting["minutes"]
    words = ngettext("minutes of one meeting to finish", "minutes of meetings to finish", minutes)
    yield Due(minutes, words, "amber", f"{address}?show=minutes")


def _terms(actor: Actor, now: datetime) -> Iterator[Due]:
    found = elections.waiting(actor, local_date(now))
    address = reverse("elections")
    late, ending, approve = found["late"], found["ending"], found["approve"]
    yield Due(
        late, ngettext("term has ended without election", "terms have ended without election", late), "red", address
    )
    words = ngettext("committee whose term ends within a year", "committees whose terms end within a year", ending)
    yield Due(ending, words, "amber", address)
    words = ngettext("election to approve", "elections to approve", approve)
    yield Due(approve, words, "amber", address)


def _points(actor: Actor, now: datetime) -> Iterator[Due]:
    today = local_date(now)
    deeds = points.confirmable_deeds(actor, today).count()
    words = ngettext("deed to confirm", "deeds to confirm", deeds)
    yield Due(deeds, words, "amber", reverse("desk-deeds"))
    month = Month.of(today).previous
    close_day = points.close_day(actor, today)
    open_ones = sum(row.due for row in points.months_of_branches(actor, now, month, close_day))
    words = ngettext("bulletin of %(month)s to finish", "bulletins of %(month)s to finish", open_ones)
    yield Due(open_ones, words % {"month": month_name(month)}, "amber", reverse("desk-points"))


def _duties(actor: Actor, now: datetime) -> Iterator[Due]:
    today = local_date(now)
    levels = [level(day, today) for day in institutions.open_duties(actor).values_list("due_on", flat=True)]
    address = reverse("institutions")
    late, soon = levels.count("red"), levels.count("amber")
    yield Due(late, ngettext("duty is overdue", "duties are overdue", late), "red", address)
    yield Due(soon, ngettext("duty ends within a fortnight", "duties end within a fortnight", soon), "amber", address)


def _members(actor: Actor, now: datetime) -> Iterator[Due]:
    count = len(matters(actor, Permission.MEMBER_EDIT, now))
    words = ngettext("matter of a member is due", "matters of members are due", count)
    yield Due(count, words, "amber", reverse("members-due"))
    lost = len(classified.astray_in_reach(actor, Permission.MEMBER_EDIT, local_date(now)))
    words = ngettext("member without exactly one class and unit", "members without exactly one class and unit", lost)
    yield Due(lost, words, "red", reverse("members-astray"))
    slips = transfers.waiting(actor, local_date(now))
    receive, old = slips["receive"], slips["lapsed"]
    yield Due(receive, ngettext("slip to receive", "slips to receive", receive), "amber", reverse("transfers"))
    asked = requests.waiting(actor, local_date(now)).count()
    words = ngettext("request about data to answer", "requests about data to answer", asked)
    yield Due(asked, words, "amber", reverse("data-requests"))
    yield Due(old, ngettext("slip has lapsed", "slips have lapsed", old), "red", reverse("transfers"))


def matters(actor: Actor, permission: Permission, now: datetime) -> list[life.Matter]:
    """Return what is due of the members in reach: on the way in, living elsewhere, out of touch, staying away."""
    day = local_date(now)
    found = applicants.matters(actor, permission, day) + life.matters(actor, permission, day)
    return found + activities.silent(actor, permission, now)


def _doors(actor: Actor, now: datetime) -> Iterator[Due]:
    today = local_date(now)
    free = grid.free(grid.doors(actor, Permission.HOUSEHOLD_LINK, today), today).count()
    yield Due(free, ngettext("door without a member", "doors without a member", free), "", reverse("doors-free"))


def _cells(actor: Actor, now: datetime) -> Iterator[Due]:
    empty = grid.vacant(actor, Permission.GRID_STAFF, local_date(now))
    words = ngettext("cell without a grid worker", "cells without a grid worker", empty)
    yield Due(empty, words, "red", f"{reverse('doors-cells')}?show=vacant")


def _structure(actor: Actor, now: datetime) -> Iterator[Due]:
    failed, unusual = structure.counts(actor, Permission.MEMBER_EDIT, local_date(now))
    address = reverse("body-rules")
    yield Due(failed, ngettext("body fails a structure rule", "bodies fail a structure rule", failed), "red", address)
    words = ngettext("body has a warning of a structure rule", "bodies have a warning of a structure rule", unusual)
    yield Due(unusual, words, "amber", address)


def tools(actor: Actor) -> list[tuple[str, str]]:
    """Return the rooms of the desk that `actor` may enter, as (address, words)."""
    return [(reverse(name), gettext(words)) for name, words, need in TOOLS if actor.may(need)]


def front(now: datetime) -> dict[str, Any]:
    """Return what the public home shows: figures of the walls, newest answers, what is on soon, bulletins."""
    echo = walls.echo(now)
    return {
        "measures": echo.measures,
        "answers": echo.lines[:SHOWN],
        "soon": activities.public_between(now, now + SOON)[:SHOWN],
        "bulletins": points.published()[:SHOWN],
    }
