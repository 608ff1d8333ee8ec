"""Writes of transfers: a slip is issued or announced, received or taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from django.db.models import Q

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member, Membership, Transfer
from linli.members.policy.kinds import Direction, Ending, TransferState
from linli.members.policy.transfers import TransferAction, after, check_receipt
from linli.members.queries.people import posts_lost
from linli.members.services.departures import leave
from linli.members.services.register import check_unit, classify, enter, move
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.rules import queries as rules

OWN = "ZJ"
"""Begins the numbers of our slips (转接): ZJ2026-0001."""
DAYS = "member.transfer_days"

NO_UNIT = gettext_noop("%(name)s belongs to no unit today; there is nothing to transfer.")
UNDER_WAY = gettext_noop("A transfer of %(name)s is under way already (slip %(number)s); take that slip back first.")
SAME_UNIT = gettext_noop("%(name)s belongs to %(body)s already; choose another branch.")
NO_TARGET = gettext_noop("Choose one of our branches, or write the name of the organisation outside; one of the two.")
NUMBER_TAKEN = gettext_noop("The slip %(number)s was entered already; look at it on the page of transfers.")
MOVED_SINCE = gettext_noop("%(name)s belongs to %(body)s since %(since)s; the receipt cannot lie before that.")
TWO_UNITS = gettext_noop(
    "%(name)s belongs to one of our branches already, and nobody belongs to two. Ask the subdistrict, whose staff see "
    "every branch, for a slip from there."
)
TWO_NAMES = gettext_noop("The number %(number)s is not that of %(name)s; correct the number, or leave it empty.")
DATES = gettext_noop("The slip would be valid until %(until)s, before it was issued; correct the days.")


def issue(
    member: Member,
    *,
    by: Actor,
    now: datetime,
    key: str,
    target: Body | None = None,
    target_name: str = "",
    reason: str = "",
    on: date | None = None,
) -> Transfer:
    """Issue a slip for `member`, to one of our units (`target`) or to an organisation outside (`target_name`).

    It is valid for the days of the rule `member.transfer_days`; the member stays until it is received. Locks the
    member. Refused: somebody without unit or with a slip under way, the own unit, a body that cannot have members.
    """
    day = on or local_date(now)
    with writing("transfer.issue", by=by, now=now, key=key) as event:
        Body.objects.select_for_update(no_key=True).order_by("pk").first()  # so that each number is given once
        found = Member.objects.select_for_update().get(pk=member.pk)
        unit = _unit(found)
        _nothing_open(found)
        if (target is None) is not bool(target_name.strip()):
            raise Refusal("transfer-target", NO_TARGET, field="target")
        if target is not None:
            check_unit(target)
            if target == unit:
                raise Refusal("transfer-same", SAME_UNIT, field="target", name=found.name, body=unit.name)
        valid = rules.value(DAYS, organisations.rule_places(unit, day), day)
        transfer = Transfer.objects.create(
            number=_next_number(day.year),
            member=found,
            name=found.name,
            direction=Direction.INSIDE if target else Direction.OUT,
            source=unit,
            source_name=unit.name,
            target=target,
            target_name=target.name if target else target_name.strip(),
            state=TransferState.ISSUED,
            issued_on=day,
            valid_until=day + timedelta(days=valid),
            reason=reason.strip(),
        )
        event.about(transfer.ref, member=found.number, source=unit.code, target=target.code if target else "")
    return transfer


def announce(
    *,
    number: str,
    name: str,
    source_name: str,
    target: Body,
    issued_on: date,
    valid_until: date,
    by: Actor,
    now: datetime,
    key: str,
) -> Transfer:
    """Enter a slip from an organisation outside with which somebody comes to `target`; received, it enrols.

    Refused: a number that was entered already, an end before the beginning, a body that cannot have members.
    """
    with writing("transfer.announce", by=by, now=now, key=key) as event:
        check_unit(target)
        if Transfer.objects.filter(number=number).exists():
            raise Refusal("transfer-number", NUMBER_TAKEN, field="number", number=number)
        if valid_until < issued_on:
            raise Refusal("transfer-dates", DATES, field="valid_until", until=valid_until.isoformat())
        transfer = Transfer.objects.create(
            number=number,
            name=name.strip(),
            direction=Direction.IN,
            source_name=source_name.strip(),
            target=target,
            target_name=target.name,
            state=TransferState.ISSUED,
            issued_on=issued_on,
            valid_until=valid_until,
        )
        event.about(transfer.ref, target=target.code)
    return transfer


def receive(
    transfer: Transfer, *, on: date, by: Actor, now: datetime, key: str, person: Member | None = None
) -> Transfer:
    """Receive a slip on `on`; one transaction does what follows from it.

    Inside: the membership moves on that day, posts in the old unit end. Out (the receipt came back): the member leaves
    the register. In: `person` (unsaved) is enrolled, or taken up again where the number is known.
    Locks the member, then the slip, as whoever moves members does. Refused: a slip that is not open or has lapsed, a
    day that cannot be, somebody who would belong to two units.
    """
    with writing("transfer.receive", by=by, now=now, key=key) as event:
        member = Member.objects.select_for_update(of=("self",)).filter(transfers=transfer).first()
        found = Transfer.objects.select_for_update().get(pk=transfer.pk)
        found.state = after(TransferState(found.state), TransferAction.RECEIVE, found.number)
        check_receipt(found.number, found.issued_on, found.valid_until, on, local_date(now))
        if member is None:
            found.member = _take_up(found, person, on)
        elif found.direction == Direction.OUT:
            leave(member, Ending.TRANSFERRED, on, found.number, local_date(now))
        else:
            _hand_over(member, found, on)
        found.ended_on = on
        found.save(update_fields=["state", "ended_on", "member"])
        event.about(found.ref, member=found.member.number if found.member else "", on=on.isoformat())
    return found


def withdraw(transfer: Transfer, *, reason: str, by: Actor, now: datetime, key: str) -> Transfer:
    """Take a slip back; the member stays where the member is. Refused: one that is not open."""
    with writing("transfer.withdraw", by=by, now=now, key=key) as event:
        found = Transfer.objects.select_for_update().get(pk=transfer.pk)
        found.state = after(TransferState(found.state), TransferAction.WITHDRAW, found.number)
        found.ended_on = local_date(now)
        found.reason = reason.strip()
        found.save(update_fields=["state", "ended_on", "reason"])
        event.about(found.ref)
    return found


def _hand_over(member: Member, transfer: Transfer, on: date) -> None:
    """Move the member from the unit of the slip to its target on `on`, and end the posts held only there."""
    held = member.memberships.filter(valid_to=None).select_related("body").first()
    if held is None or transfer.target is None or transfer.source is None:
        raise Refusal("transfer-unit", NO_UNIT, name=member.name)
    if on < held.valid_from:
        values = {"name": member.name, "body": held.body.name, "since": held.valid_from.isoformat()}
        raise Refusal("transfer-moved", MOVED_SINCE, field="on", **values)
    move({member.pk: transfer.target}, on)
    posts = posts_lost(member, [transfer.source], transfer.target, on)
    posts.filter(valid_from__gte=on).delete()
    posts.update(valid_to=on)


def _take_up(transfer: Transfer, person: Member | None, on: date) -> Member:
    """Enrol who comes from outside, or take up again who left. What is refused says nothing that was not typed."""
    if person is None or transfer.target is None:
        raise LookupError(transfer.number)
    meant = Q(number=person.number, same_as=None) | Q(others__number=person.number)
    known = Member.objects.select_for_update(of=("self",)).filter(meant).first() if person.number else None
    if known is not None and known.name != person.name:
        raise Refusal("transfer-names", TWO_NAMES, field="number", number=person.number, name=person.name)
    _in_no_unit(person, known, on)
    if known is None:
        enter(person, transfer.target, on)
        return person
    Membership.objects.create(member=known, body=transfer.target, valid_from=on)
    classify({known: person.member_class}, on)
    return known


def _in_no_unit(person: Member, known: Member | None, on: date) -> None:
    """Refuse somebody who belongs to a unit on `on` or later: the same number, or the same name and birthday."""
    same = Q(member__name=person.name, member__born_on=person.born_on, member__born_on__isnull=False)
    meant = Q(member=known) if known else same
    if Membership.objects.filter(meant, Q(valid_to=None) | Q(valid_to__gt=on)).exists():
        raise Refusal("transfer-two", TWO_UNITS, field="number", name=person.name)


def _unit(member: Member) -> Body:
    held = member.memberships.filter(valid_to=None).select_related("body").first()
    if held is None:
        raise Refusal("transfer-unit", NO_UNIT, name=member.name)
    return held.body


def _nothing_open(member: Member) -> None:
    slip = Transfer.objects.filter(member=member, state=TransferState.ISSUED).first()
    if slip is not None:
        raise Refusal("transfer-open", UNDER_WAY, name=member.name, number=slip.number)


def _next_number(year: int) -> str:
    """Return the next number of our slips of `year`; call it with the root of the tree locked.

    Slips from outside whose numbers look like ours are passed over.
    """
    start = f"{OWN}{year}-"
    alike = Transfer.objects.filter(number__startswith=start).values_list("number", "direction")
    taken = dict(alike)
    ours = [number.removeprefix(start) for number, direction in alike if direction != Direction.IN]
    first = max((int(number) for number in ours), default=0) + 1
    return next(number for number in (f"{start}{place:04}" for place in count(first)) if number not in taken)
