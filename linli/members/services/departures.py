"""Writes of departures from the register: they end what holds of the member, and can be taken back whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import CheckIn, Classification, Departure, Member, Membership, MemberStanding, Post, Transfer
from linli.members.policy.kinds import SINGLE_TITLES, Direction, Ending, Stage, TransferState
from linli.members.policy.transfers import TransferAction, after
from linli.members.queries import duplicates
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.organisations.policy.kinds import UNITS

DATED: tuple[type[Membership | Classification | Post | MemberStanding | CheckIn], ...] = (
    Membership,
    Classification,
    Post,
    MemberStanding,
    CheckIn,
)
"""What holds of a member between dates, and ends with the departure."""
SAYS = dict(duplicates.DATED)
"""The fields by which two such rows say the same."""

GONE = gettext_noop("%(name)s belongs to no unit any more; there is nothing to end.")
AHEAD = gettext_noop("%(day)s is still to come; enter a departure on or after its day.")
TOO_EARLY = gettext_noop("%(name)s belongs to %(body)s since %(since)s; give a later day, the first one without it.")
SLIP_OPEN = gettext_noop("A transfer of %(name)s is under way (slip %(number)s); take the slip back first.")
BY_SLIP = gettext_noop("Who is transferred leaves with the receipt of the slip; issue a slip instead.")
ONLY_PROBATION = gettext_noop("%(name)s is a full member; only probation can be cancelled.")
BACK_ALREADY = gettext_noop("%(name)s belongs to %(body)s again; the departure stays.")
UNIT_ENDED = gettext_noop(
    "%(body)s, to which %(name)s belonged, ended on %(day)s, and no branch took over from it; enter the member again "
    "instead."
)


def depart(
    member: Member, *, ending: Ending, on: date, by: Actor, now: datetime, key: str, document: str = ""
) -> Departure:
    """End the membership of `member` on `on`, the first day without it, with class, posts and standings.

    The register keeps the row; the ledger does not change; the account loses the rights of a member with the next
    request. Locks the member. Refused: a day to come, or not after the membership began; a transfer under way; to
    cancel the probation of a full member.
    """
    with writing("member.depart", by=by, now=now, key=key) as event:
        found = Member.objects.select_for_update().get(pk=member.pk)
        if ending is Ending.TRANSFERRED:
            raise Refusal("departure-slip", BY_SLIP, field="ending")
        if ending is Ending.CANCELLED and found.stage != Stage.PROBATIONARY:
            raise Refusal("departure-full", ONLY_PROBATION, field="ending", name=found.name)
        slip = Transfer.objects.filter(member=found, state=TransferState.ISSUED).first()
        if slip is not None:
            raise Refusal("departure-open", SLIP_OPEN, name=found.name, number=slip.number)
        departure = leave(found, ending, on, document, local_date(now))
        event.about(found.ref, ending=ending.value, on=on.isoformat(), document=document)
    return departure


def leave(member: Member, ending: Ending, on: date, document: str, today: date) -> Departure:
    """Do what `depart` says; inside a write that has locked the member."""
    held = member.memberships.filter(valid_to=None).select_related("body").first()
    if held is None:
        raise Refusal("departure-gone", GONE, name=member.name)
    if on > today:
        raise Refusal("departure-ahead", AHEAD, field="on", day=on.isoformat())
    if on <= held.valid_from:
        values = {"name": member.name, "body": held.body.name, "since": held.valid_from.isoformat()}
        raise Refusal("departure-early", TOO_EARLY, field="on", **values)
    before = {}
    for table in DATED:
        rows = table.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), member=member)
        before[table.__name__] = list(rows.values())
        rows.filter(valid_from__gte=on).delete()
        rows.update(valid_to=on)
    member.memberships.filter(pk=held.pk).update(ended=ending)
    return Departure.objects.create(member=member, ending=ending, on=on, document=document.strip(), before=before)


def take_back(departure: Departure, *, by: Actor, now: datetime, key: str) -> Member:
    """Undo a departure entered by mistake: what it ended goes on as before; a transfer is under way again.

    From the end of a unit that has ended since the member belongs to its heir. A post stays ended whose body has ended,
    or which has one holder, somebody else by now; the event names those. Locks the bodies concerned, then the member.
    Refused: somebody who belongs to a unit again, a unit that has ended and to which nobody with members is heir.
    """
    with writing("member.take_back", by=by, now=now, key=key) as event:
        bodies = _lock_bodies(departure)
        member = Member.objects.select_for_update().get(pk=departure.member_id)
        again = member.memberships.filter(Q(valid_to=None) | Q(valid_to__gt=departure.on)).select_related("body")
        held = again.first()
        if held is not None:
            raise Refusal("departure-back", BACK_ALREADY, name=member.name, body=held.body.name)
        unit = _belong_again(member, departure)
        lost = []
        for table in DATED:
            for row in departure.before.get(table.__name__, ()) if table is not Membership else ():
                body = bodies.get(row["body_id"]) if table is Post else None
                if body is not None and not _free_again(row, body, departure):
                    lost.append(f"{body.code} {row['title']}")
                else:
                    _go_on(table, row, departure, body.valid_to if body else None)
        slips = Transfer.objects.filter(
            member=member, direction=Direction.OUT, state=TransferState.RECEIVED, ended_on=departure.on
        )
        for slip in slips if departure.ending == Ending.TRANSFERRED else ():
            slip.state = after(TransferState(slip.state), TransferAction.REOPEN, slip.number)
            slip.ended_on, slip.source = None, unit
            slip.save(update_fields=["state", "ended_on", "source"])
        told = {"posts_ended": lost} if lost else {}
        event.about(member.ref, ending=departure.ending, on=departure.on.isoformat(), **told)
        departure.delete()
    return member


def _lock_bodies(departure: Departure) -> dict[int, Body]:
    """Lock the bodies of the unit and of the posts, as whoever ends them or appoints there does; return them by key."""
    units = Membership.objects.filter(member=departure.member_id, valid_to=departure.on).values_list("body", flat=True)
    posts = [row["body_id"] for row in departure.before.get(Post.__name__, ())]
    found = Body.objects.select_for_update(no_key=True).filter(pk__in=[*units, *posts]).order_by("pk")
    return {body.pk: body for body in found}


def _belong_again(member: Member, departure: Departure) -> Body:
    """Let the membership go on that ended with the departure, wherever it is by now; return the unit of today."""
    held = member.memberships.select_related("body").get(valid_to=departure.on)
    unit = held.body
    held.valid_to, held.ended = unit.valid_to, ""
    held.save(update_fields=["valid_to", "ended"])
    while unit.valid_to is not None:
        since, heir = unit.valid_to, organisations.heirs(unit.valid_to).get(unit.pk)
        if heir is None or heir.kind not in UNITS:
            raise Refusal("departure-unit", UNIT_ENDED, name=member.name, body=unit.name, day=since.isoformat())
        unit = heir
        Membership.objects.create(member=member, body=unit, valid_from=since, valid_to=unit.valid_to)
    return unit


def _free_again(row: Mapping[str, Any], body: Body, departure: Departure) -> bool:
    """Tell whether a post can be held again: its body goes on, and nobody else holds it where one does."""
    since, until = max(_day(row["valid_from"]) or departure.on, departure.on), _day(row["valid_to"])
    if body.valid_to is not None and body.valid_to <= since:
        return False
    if row["title"] not in SINGLE_TITLES:
        return True
    others = Post.objects.filter(body=body, title=row["title"]).exclude(member=departure.member_id)
    later = others.filter(Q(valid_to=None) | Q(valid_to__gt=since))
    return not (later.filter(valid_from__lt=until) if until else later).exists()


def _go_on(table: type[Any], row: Mapping[str, Any], departure: Departure, end: date | None) -> None:
    """Let a row end as it did before the departure, at the latest on `end`; one that was taken out is back.

    It is known by what it says: of somebody entered twice it has passed over to the lasting record.
    """
    on, member = departure.on, departure.member_id
    until = min((day for day in (_day(row["valid_to"]), end) if day is not None), default=None)
    if (_day(row["valid_from"]) or on) < on:
        says = {field: row[field] for field in SAYS[table]}
        table.objects.filter(member=member, valid_to=on, **says).update(valid_to=until)
    else:
        table(**{**row, "member_id": member, "valid_to": until}).save()


def _day(value: object) -> date | None:
    """Return a day of `Departure.before`, which is text once it was saved."""
    return date.fromisoformat(str(value)) if value else None
