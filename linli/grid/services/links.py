"""Writes of links between doors and members."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Max, Min, Q

from linli.access.decide import SYSTEM, Actor
from linli.audit.services import writing
from linli.grid.models import CellWorker, HouseholdLink
from linli.grid.policy.links import AWAY, LinkEnd
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member, Membership, MemberStanding
from linli.places.models import Place
from linli.places.policy.kinds import PlaceKind

NONE_CHOSEN = gettext_noop("No door is chosen; tick at least one.")
NO_DOOR = gettext_noop("%(name)s is not the door of a household; choose doors only.")
AHEAD = gettext_noop("%(day)s is still to come; give today or a day before.")
NO_UNIT = gettext_noop("%(name)s belongs to no unit on %(day)s and cannot answer for a door; choose another member.")
ELSEWHERE = gettext_noop(
    "%(name)s lives elsewhere or is out of touch on %(day)s and cannot answer for a door; choose another member."
)
LATER = gettext_noop("Door %(door)s has a link from %(since)s on; give a day from %(since)s on.")
NOT_LINKED = gettext_noop("Door %(door)s has no link that holds on %(day)s; take it out of the list.")


def link(
    doors: Collection[Place], *, member: Member, since: date, by: Actor, now: datetime, key: str
) -> list[HouseholdLink]:
    """Let `member` answer for `doors` from `since` on; whoever did before does so no more from that day.

    A link of another member that began on `since` itself was a slip and goes. Doors that the member has already
    stay as they are. Locks the doors and their links. Refused: no doors, what is no door, a day to come, a day before
    a link that the door has, a member who on the day belongs to no unit or lives elsewhere. Too many doors are not
    refused: the rules warn.
    """
    with writing("household.link", by=by, now=now, key=key) as event:
        found = _locked(doors)
        _refuse_day(since, now)
        _refuse_member(member, since)
        held = {row.door_id: row for row in _lasting(found, since)}
        fresh = []
        for door in found:
            row = held.get(door.pk)
            if row is not None and (row.valid_from > since or row.valid_to is not None):
                raise _later(door, row)
            if row is not None and row.member_id == member.pk:
                continue
            if row is not None:
                _end(row, since, LinkEnd.PASSED_ON)
            fresh.append(HouseholdLink(door=door, member=member, valid_from=since))
        HouseholdLink.objects.bulk_create(fresh)
        event.about(member.ref, doors=[one.door.code for one in fresh], since=since.isoformat())
    return fresh


def unlink(doors: Collection[Place], *, on: date, by: Actor, now: datetime, key: str) -> int:
    """End the links of `doors` on `on`, the first day without; return how many. Locks the doors and their links.

    A link ended on its first day is taken back. Refused: no doors, a day to come, a door without an open link on it.
    """
    with writing("household.unlink", by=by, now=now, key=key) as event:
        found = _locked(doors)
        _refuse_day(on, now)
        held = {row.door_id: row for row in _lasting(found, on)}
        for door in found:
            row = held.get(door.pk)
            if row is None or row.valid_from > on or row.valid_to is not None:
                raise Refusal("link-none", NOT_LINKED, field="doors", door=door.name, day=on.isoformat())
            _end(row, on, LinkEnd.BY_HAND)
        event.about("household:*", doors=[door.code for door in found], on=on.isoformat())
    return len(found)


def end_departed(*, now: datetime, key: str) -> int:
    """End the open links of members who left the register or live elsewhere; return how many.

    A link ends on the first day without the unit, or of living elsewhere; one that began later never held and goes.
    """
    today = local_date(now)
    units = Membership.objects.on(today).values("member")
    away = MemberStanding.objects.on(today).filter(kind__in=[kind.value for kind in AWAY])
    due = HouseholdLink.objects.filter(~Q(member__in=units) | Q(member__in=away.values("member")), valid_to=None)
    if not due.exists():
        return 0
    with writing("household.end_departed", by=SYSTEM, now=now, key=key) as event:
        rows = list(due.select_for_update().order_by("pk"))
        people = {row.member_id for row in rows}
        gone = Membership.objects.filter(member__in=people).exclude(member__in=units).values("member")
        left = dict(gone.annotate(last=Max("valid_to")).values_list("member", "last"))
        moved = dict(away.order_by().values("member").annotate(first=Min("valid_from")).values_list("member", "first"))
        for row in rows:
            if row.member_id in left:
                _end(row, left[row.member_id], LinkEnd.LEFT)
            else:
                _end(row, moved.get(row.member_id, today), LinkEnd.AWAY)
        event.about("household:*", links=[row.pk for row in rows])
    return len(rows)


def pass_on(other: Member, *, into: Member, by: Actor, now: datetime, key: str) -> int:
    """Give every link and duty of `other`, past ones too, to the lasting record; return how many links."""
    with writing("household.pass_on", by=by, now=now, key=key) as event:
        count = HouseholdLink.objects.filter(member=other).update(member=into)
        duties = CellWorker.objects.filter(member=other).update(member=into)
        event.about(into.ref, other=other.number, links=count, duties=duties)
    return count


def _end(row: HouseholdLink, on: date, why: LinkEnd) -> None:
    if on <= row.valid_from:
        HouseholdLink.objects.filter(pk=row.pk).delete()
        return
    row.valid_to, row.ended = on, why
    row.save(update_fields=["valid_to", "ended"])


def _locked(doors: Collection[Place]) -> list[Place]:
    found = list(Place.objects.select_for_update().filter(pk__in=[door.pk for door in doors]).order_by("path"))
    if not found:
        raise Refusal("link-no-doors", NONE_CHOSEN, field="doors")
    for each in found:
        if each.kind != PlaceKind.HOUSEHOLD:
            raise Refusal("link-no-door", NO_DOOR, field="doors", name=each.name)
    return found


def _lasting(doors: Collection[Place], day: date) -> list[HouseholdLink]:
    """Return the links of `doors` that hold on `day` or begin later, locked, the last of a door at the end."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=day)
    found = HouseholdLink.objects.select_for_update().filter(lasting, door__in=doors).order_by("pk")
    return sorted(found, key=lambda row: row.valid_from)


def _refuse_day(day: date, now: datetime) -> None:
    if day > local_date(now):
        raise Refusal("link-ahead", AHEAD, field="day", day=day.isoformat())


def _refuse_member(member: Member, day: date) -> None:
    if not Membership.objects.on(day).filter(member=member).exists():
        raise Refusal("link-no-unit", NO_UNIT, field="member", name=member.name, day=day.isoformat())
    away = MemberStanding.objects.on(day).filter(member=member, kind__in=[kind.value for kind in AWAY])
    if away.exists():
        raise Refusal("link-away", ELSEWHERE, field="member", name=member.name, day=day.isoformat())


def _later(door: Place, row: HouseholdLink) -> Refusal:
    since = row.valid_to or row.valid_from
    return Refusal("link-later", LATER, field="day", door=door.name, since=since.isoformat())
