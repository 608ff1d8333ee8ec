"""Writes of departures from the register: they end what holds of the member, and can be taken back whole."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import CheckIn, Classification, Departure, Member, Membership, MemberStanding, Post, Transfer
from linli.members.policy.kinds import Direction, Ending, Stage, TransferState
from linli.members.policy.transfers import TransferAction, after

DATED: tuple[type[Membership | Classification | Post | MemberStanding | CheckIn], ...] = (
    Membership,
    Classification,
    Post,
    MemberStanding,
    CheckIn,
)
"""What holds of a member between dates, and ends with the departure."""

GONE = gettext_noop("%(name)s belongs to no unit any more; there is nothing to end.")
AHEAD = gettext_noop("%(day)s is still to come; enter a departure on or after its day.")
TOO_EARLY = gettext_noop("%(name)s belongs to %(body)s since %(since)s; give a later day, the first one without it.")
SLIP_OPEN = gettext_noop("A transfer of %(name)s is under way (slip %(number)s); take the slip back first.")
BY_SLIP = gettext_noop("Who is transferred leaves with the receipt of the slip; issue a slip instead.")
ONLY_PROBATION = gettext_noop("%(name)s is a full member; only probation can be cancelled.")
BACK_ALREADY = gettext_noop("%(name)s belongs to %(body)s again; the departure stays.")


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
    """Undo a departure entered by mistake: every row is again as it was before; a transfer is under way again.

    Locks the member. Refused: somebody who belongs to a unit again.
    """
    with writing("member.take_back", by=by, now=now, key=key) as event:
        member = Member.objects.select_for_update().get(pk=departure.member_id)
        again = member.memberships.filter(Q(valid_to=None) | Q(valid_to__gt=departure.on)).select_related("body")
        held = again.first()
        if held is not None:
            raise Refusal("departure-back", BACK_ALREADY, name=member.name, body=held.body.name)
        for table in DATED:
            for row in departure.before.get(table.__name__, ()):
                table(**row).save()
        slips = Transfer.objects.filter(
            member=member, direction=Direction.OUT, state=TransferState.RECEIVED, ended_on=departure.on
        )
        for slip in slips if departure.ending == Ending.TRANSFERRED else ():
            slip.state = after(TransferState(slip.state), TransferAction.REOPEN, slip.number)
            slip.ended_on = None
            slip.save(update_fields=["state", "ended_on"])
        event.about(member.ref, ending=departure.ending, on=departure.on.isoformat())
        departure.delete()
    return member
